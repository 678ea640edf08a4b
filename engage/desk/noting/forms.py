"""One idea that somebody says on the phone or at reception, on one screen."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from engage.core.forms import AreaField, PublicForm, Written, options
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.i18n import lazy_gettext as _l
from engage.ideas.box.writing.forms import ReplyForm
from engage.ideas.box.writing.queries import CONTACT
from engage.intake.models import Door, Reply
from engage.themes import queries as themes


class NoteForm(ReplyForm, PublicForm):
    """The questions of the public form, in the words one reads aloud."""

    door = RadioField(
        _l("Where is the person?"),
        [InputRequired(_l("Say where the person is."))],
        choices=options([(Door.PHONE.value, _l("On the phone")), (Door.RECEPTION.value, _l("At reception"))]),
    )
    text = AreaField(_l("The person’s own words"), [Written(_l("Write what the person says."))])
    theme = SelectField(_l("What is it about?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theme.choices = options(
            [
                ("", _("No theme")),
                *((theme.code, themes.name(theme)) for theme in themes.shown()),
            ]
        )

    @property
    def values(self) -> dict[str, Any]:
        """What `ideas.actions.receive` takes."""
        chosen = themes.by_code(self.theme.data or "")
        contact = CONTACT.get(Reply(self.reply.data))
        return {
            "text": self.text.data,
            "door": Door(self.door.data),
            "submission_key": self.submission_key.data,
            "theme_id": chosen.id if chosen else None,
            "wants_public": self.public.data == "yes",
            "reply": Reply(self.reply.data),
            "contact": self[contact].data if contact else None,
            "first_name": self.first_name.data,
            "language": language(),
        }
