"""What people say of a date, and what the team keeps of it."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from engage.commitments.models import Commitment
from engage.core.forms import AreaField, Form, LineField, OnceForm, PublicForm, Written, options
from engage.core.i18n import lazy_gettext as _l
from engage.events.after.models import Face
from engage.events.after.words import FACES
from engage.uploads.forms import PhotoField

MINUTES_LENGTH = 8000


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


class MinutesForm(Form):
    """The minutes, with the mark of those that were on the page."""

    words = AreaField(_l("What was said and decided"), [Optional()], max_length=MINUTES_LENGTH)
    seen = HiddenField()


class PhotoForm(OnceForm):
    """A picture, and the word of whoever adds it that each person on it agreed."""

    photo = PhotoField(_l("Photo"), [InputRequired(_l("Choose a picture."))])
    alt = LineField(
        _l("What the photo shows, for who cannot see it"), [Written(_l("Say in a few words what it shows."))]
    )
    everybody = BooleanField(
        _l("Every person on this picture agreed to be shown here"),
        [InputRequired(_l("Ask each person on it first. Without their agreement, the picture stays out."))],
    )


class CommitmentForm(Form):
    """Which of the open commitments follows from a date."""

    commitment = SelectField(_l("Commitment"), [InputRequired(_l("Choose one."))])

    def offer(self, held: Iterable[Commitment]) -> None:
        self.commitment.choices = options([("", _l("Choose one.")), *((one.code, one.title) for one in held)])
