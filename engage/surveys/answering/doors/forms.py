"""How many slips to print, to cancel, or sheets that were handed out."""

from __future__ import annotations

from typing import Any

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from engage.core.forms import Form, PublicForm
from engage.core.i18n import lazy_gettext as _l

MOST_SLIPS, MOST_SHEETS = 500, 100_000


def _count(label: Any, least: int, most: int, **kwargs: Any) -> IntegerField:
    words = _l("A number between %(least)d and %(most)d.", least=least, most=most)
    checks = [InputRequired(words), NumberRange(least, most, words)]
    return IntegerField(
        label, checks, render_kw={"inputmode": "numeric", "min": least, "max": most}, **kwargs
    )


class SlipsForm(PublicForm):
    number = _count(_l("How many slips to print?"), 1, MOST_SLIPS, default=50)


class CancelForm(Form):
    given = _count(_l("How many of these were already given to somebody?"), 0, MOST_SHEETS)


class PaperForm(Form):
    handed_out = _count(_l("How many paper sheets were handed out?"), 1, MOST_SHEETS)
