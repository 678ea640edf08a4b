"""Which file of answers, and what for."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField
from wtforms.validators import InputRequired

from engage.core.forms import Form, LineField, Written, options
from engage.core.i18n import lazy_gettext as _l

KINDS = {
    "csv": _l("Plain table (CSV)"),
    "json": _l("For a program (JSON)"),
    "sav": _l("For the program SPSS (.sav)"),
}


class AnswersForm(Form):
    """Answers one by one leave only for a reason."""

    kind = RadioField(
        _l("Which file?"),
        [InputRequired(_l("Choose a kind of file."))],
        choices=options(KINDS.items()),
        default="csv",
    )
    reason = LineField(
        _l("What for?"),
        [Written(_l("Say what you need the answers for."))],
        description=_l("Kept in the journal. Example: a student works on the answers with us."),
    )

    @property
    def values(self) -> dict[str, Any]:
        return {"kind": self.kind.data, "reason": self.reason.data or ""}
