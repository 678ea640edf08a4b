"""What a person said, wished and added around meetings, in plain types for their copy."""

from __future__ import annotations

from typing import Any

from engage.accounts.models import Account
from engage.groups.meeting.agenda import queries as agenda
from engage.groups.meeting.attending import queries as attending
from engage.groups.meeting.papers import queries as papers


def record(account: Account) -> dict[str, Any]:
    return {
        "attendance": [
            {
                "day": meeting.day.isoformat(),
                "coming": str(said.coming),
                "is_remote": said.is_remote,
                "needs": said.needs,
                "needs_words": said.needs_words,
                "said_at": said.said_at.isoformat(),
            }
            for said, meeting in attending.of_account(account)
        ],
        "wishes": [
            {"text": item.text, "proposed_at": item.proposed_at.isoformat()}
            for item in agenda.of_account(account)
        ],
        "papers": [
            {"title": paper.title, "added_at": paper.added_at.isoformat()}
            for paper in papers.of_account(account)
        ],
    }
