"""A way in that the team sets up."""

from __future__ import annotations

from wtforms import RadioField
from wtforms.validators import InputRequired, Length

from engage.core.forms import Form, LineField, Written, options
from engage.core.i18n import lazy_gettext as _l
from engage.involvement.models import SourceKind
from engage.involvement.sources.words import KINDS

LABEL_LENGTH = 80


class SourceForm(Form):
    kind = RadioField(
        _l("What brings people here?"),
        [InputRequired(_l("Choose what brings people here."))],
        choices=options((kind.value, KINDS[kind]) for kind in SourceKind if kind is not SourceKind.RELAY),
        coerce=SourceKind,
    )
    label = LineField(
        _l("Its name"),
        [Written(_l("Give it a name that the team knows again.")), Length(max=LABEL_LENGTH)],
        description=_l("For example: poster number 12, pharmacy of the market. Only the team reads it."),
    )
