"""One verbatim on its page: its words, what may be hidden, and the themes it suggests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.i18n import lazy_gettext as _l
from engage.intake import queries as intake
from engage.intake import screening
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.questionnaire.document import words
from engage.surveys.questionnaire.names import THEMES
from engage.surveys.results.verbatims import codebook, masking, queries
from engage.surveys.results.verbatims.codebook import Code
from engage.surveys.results.verbatims.models import Decision
from engage.surveys.results.verbatims.queries import Heard

MOST_SUGGESTED = 4
DECISIONS = {
    Decision.PUBLISHABLE: _l("Can be published"),
    Decision.TEAM: _l("For the team"),
    Decision.DELETED: _l("Deleted"),
}
MARKS = {Decision.PUBLISHABLE: "done", Decision.TEAM: "way", Decision.DELETED: "no"}


def questions(wave: Wave) -> dict[str, str]:
    """The words of each question by key."""
    document = questionnaires.document(wave.version)
    return {one.key: words(one.text, language()) for one in document.questions}


def few(count: int) -> str:
    """A number as it may be said: below five it could point to somebody."""
    if not count:
        return _("none")
    return str(count) if count >= queries.FEW else _("a few")


def headings(codes: list[Code]) -> list[tuple[str, list[Code]]]:
    """The codes under the name of their theme."""
    return [(str(THEMES[theme]), list(some)) for theme, some in groupby(codes, lambda one: one.theme)]


def facts(wave: Wave, heard: Heard) -> dict[str, Any]:
    """What the page of these words shows; on the first reading, what is proposed is ticked."""
    findings = intake.findings(heard.body)
    book = queries.book()
    suggested = codebook.suggestions(heard.body, book)[:MOST_SUGGESTED]
    hidden, filed = heard.masked, queries.tags(heard.id)
    if not heard.version:
        hidden, filed = masking.proposed(findings), [one.code.code for one in suggested]
    offered = [one.code for one in suggested]
    return {
        "heard": heard,
        "question": questions(wave).get(heard.question, ""),
        "pieces": masking.pieces(heard.body, hidden, findings),
        "reasons": {one.kind: screening.reason(one.kind) for one in findings},
        "suggested": suggested,
        "filed": set(filed),
        "others": headings([one for one in book if one not in offered]),
    }


def last_done(done: str, present: UUID | None = None) -> list[UUID]:
    """The verbatim that was decided just before, named in the address; nonsense names none."""
    try:
        last = UUID(done)
    except ValueError:
        return []
    return [last] if last != present else []


def theme_counts(filed: Mapping[UUID, list[str]]) -> dict[str, int]:
    """How many verbatims stand under each code."""
    return Counter(code for codes in filed.values() for code in codes)
