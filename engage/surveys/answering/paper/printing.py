"""The questionnaire on paper: the words, digits and rules that its template prints."""

from __future__ import annotations

from typing import Any

from engage.centre import queries as centre_queries
from engage.core.i18n import gettext as _
from engage.core.render import day
from engage.surveys.answering.doors.printing import promise
from engage.surveys.answering.models import Wave
from engage.surveys.answering.paper.lines import Line, lines
from engage.surveys.answering.taking import places
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.questionnaire.document import Document, Question, words
from engage.surveys.questionnaire.kinds import ChoiceKind, Type
from engage.surveys.questionnaire.telling import tell

SIZES = ("standard", "large")
RULED_SHORT, RULED_LONG = 1, 3


def form(wave: Wave, *, size: str, spoken: str) -> dict[str, object]:
    """The sheet of a wave in one of its languages; `size` is one of SIZES."""
    document = questionnaires.document(wave.version)
    numbered = {line.key: line for line in lines(document)}
    return {
        **_frame(wave),
        "large": size == "large",
        "language": spoken,
        "lead": document.aim.get(spoken) or next(iter(document.aim.values()), ""),
        "pages": [
            {
                "title": words(page.title, spoken),
                "items": [_item(one, numbered.get(one.key), document, spoken) for one in page.questions],
            }
            for page in document.pages
        ],
    }


def _frame(wave: Wave) -> dict[str, object]:
    """What stands around the questions."""
    closes = day(wave.closes_at)
    return {
        "paper": "a4",
        "centre": centre_queries.centre().name,
        "title": wave.title,
        "purpose": wave.purpose,
        "promise": promise(wave),
        "how": _("Tick the boxes. You may leave out any question. Please write no name."),
        "sheet_label": _("Sheet no."),
        "emergency": _("No emergencies here. Emergency: 15 or 112. Deaf: text 114. Suicide: 3114."),
        "not_kept": _("What you write by hand stays on this paper: the team only notes that you wrote."),
        "end": _("Fold this sheet and put it into the box at reception, before %(day)s.", day=closes),
        "thanks": _("Thank you. You will read the results here and on our site."),
    }


def _item(question: Question, line: Line | None, document: Document, spoken: str) -> dict[str, Any]:
    return {
        "number": str(line.number) if line else "",
        "text": words(question.text, spoken),
        "help": words(question.help, spoken) if question.help else "",
        "rule": _rule(question, document, spoken),
        "how": _how(question),
        "choices": [
            {"digit": digit, "text": words(one.text, spoken), "other": one.kind is ChoiceKind.OTHER}
            for digit, one in (line.digits.items() if line else ())
        ],
        "scale": question.type.is_scale,
        "prefer_not": _("I would rather not say") if question.prefer_not else "",
        "blank": _blank(question),
        "ruled": _ruled(question),
    }


def _rule(question: Question, document: Document, spoken: str) -> str:
    if question.show_if is None:
        return ""
    return _("Only if %(condition)s. Otherwise go on.", condition=tell(question.show_if, document, spoken))


def _how(question: Question) -> str:
    if question.type is Type.SEVERAL and not question.help:
        return _("Several answers are possible.")
    if question.type is Type.RANKING:
        return _(
            "Write 1 for the first, 2 for the second, and so on: %(most)d at most.", most=places(question)
        )
    return ""


def _blank(question: Question) -> str:
    """What stands beside the line of a number or of a month."""
    if question.type is Type.NUMBER:
        return str(question.settings.get("unit", ""))
    return _("month / year") if question.type is Type.MONTH else ""


def _ruled(question: Question) -> int:
    if question.type in {Type.NUMBER, Type.MONTH}:
        return -1
    if not question.type.is_text:
        return 0
    return RULED_SHORT if question.type is Type.SHORT_TEXT else RULED_LONG
