"""What somebody needs to take part, and who was there."""

from __future__ import annotations

from wtforms import SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from engage.core.forms import Form, LineField, options
from engage.core.i18n import lazy_gettext as _l
from engage.groups.meeting.attending.words import NEEDS


class TicksField(SelectMultipleField):
    """Boxes to tick; none is fine."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NeedsForm(Form):
    needs = TicksField(_l("To take part, I need"), choices=options(NEEDS.items()))
    needs_words = LineField(_l("Something else"), [Optional()])


class CameForm(Form):
    came = TicksField(_l("Who was there"))
