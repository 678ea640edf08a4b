"""What somebody said in rounds of reading, in plain types for their copy."""

from __future__ import annotations

from typing import Any

from engage.accounts.models import Account
from engage.pages.rounds import queries
from engage.pages.rounds.models import RoundReader


def record(account: Account) -> list[dict[str, Any]]:
    return [_reading(reader) for reader in queries.of_account(account)]


def _reading(reader: RoundReader) -> dict[str, Any]:
    words = {line.number: line.words for line in queries.lines(reader.round)}
    return {
        "page": reader.round.version.title,
        "version": reader.round.version.number,
        "invited_at": reader.invited_at.isoformat(),
        "finished_at": reader.finished_at.isoformat() if reader.finished_at else None,
        "kind": str(reader.kind) if reader.kind else None,
        "overall": reader.overall,
        "lines": [
            {"line": words.get(number, ""), "mark": str(one.mark), "remark": one.remark}
            for number, one in sorted(queries.marks(reader).items())
        ],
    }
