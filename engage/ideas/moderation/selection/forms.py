"""One thing to do to several ideas."""

from __future__ import annotations

from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError

from engage.core.forms import AreaField, Form, options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.ideas.moderation.forms import number_or_none, owners_by_id, themes_by_id
from engage.ideas.moderation.selection.queries import Deed

NOTHING = _l("Tick at least one idea of the list.")


class SelectionForm(Form):
    """`chosen` holds "code:version" of each idea ticked in the list."""

    chosen = SelectMultipleField(validators=[InputRequired(NOTHING)], validate_choice=False)
    deed = SelectField(_l("What to do with the ticked ideas"), coerce=Deed)
    reason = AreaField(_l("Why, if you refuse"), max_length=1000)
    theme_id = SelectField(_l("Theme, if you file them"), coerce=number_or_none)
    owner_id = SelectField(_l("Who answers, if you hand them on"), coerce=number_or_none)

    def __init__(self) -> None:
        super().__init__(prefix="many")
        self.deed.choices = options(
            [
                (str(Deed.PUBLISH), _("Publish")),
                (str(Deed.KEEP_TO_TEAM), _("Keep to the team")),
                (str(Deed.REFUSE), _("Refuse")),
                (str(Deed.THEME), _("File under a theme")),
                (str(Deed.OWNER), _("Hand on to")),
            ]
        )
        self.theme_id.choices = options([("", _("No theme")), *themes_by_id()])
        self.owner_id.choices = options([("", _("Nobody yet")), *owners_by_id()])

    def validate_reason(self, field: AreaField) -> None:
        if self.deed.data is Deed.REFUSE and not field.data:
            raise ValidationError(_("Say why: the authors will read it."))
