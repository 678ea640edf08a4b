"""What people say of a date, and what the team keeps of it."""

from __future__ import annotations

from wtforms import RadioField
from wtforms.validators import InputRequired, Optional

from engage.core.forms import AreaField, PublicForm, options
from engage.core.i18n import lazy_gettext as _l
from engage.events.after.models import Face
from engage.events.after.words import FACES


class FeedbackForm(PublicForm):
    """A face, and a few words if one likes. No name."""

    face = RadioField(
        _l("How was it for you?"),
        [InputRequired(_l("Choose one of the three faces."))],
        choices=options(FACES.items()),
        coerce=Face,
    )
    words = AreaField(
        _l("Do you want to say more?"),
        [Optional()],
        max_length=1000,
        description=_l("What helped, what could be better. Please name nobody."),
    )
