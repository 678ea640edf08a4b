"""The form of a condition: a few lines, each one fact about an earlier question, perhaps denied."""

from __future__ import annotations

from dataclasses import replace
from typing import Any as Anything

from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.validators import Optional

from engage.core.forms import options
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.surveys.questionnaire.building import typed
from engage.surveys.questionnaire.conditions import Above, Below, Condition, Term
from engage.surveys.questionnaire.document import Document, Question, words
from engage.surveys.questionnaire.forms import RevisionForm

LINES = 4
HOW = {"all": _l("All of this is true"), "any": _l("One of these is true, at least")}


class ConditionForm(RevisionForm):
    """Which facts, and whether all or one must be true."""

    how = RadioField(_l("Show it when"), choices=options(HOW.items()), default="all")

    def condition(self, known: dict[str, Term]) -> Condition | None:
        found = []
        for place in range(LINES):
            term = known.get(self[f"fact{place}"].data or "")
            if term is not None:
                number = self[f"number{place}"].data or 0
                counted = replace(term, number=number) if isinstance(term, Above | Below) else term
                found.append((counted, bool(self[f"denied{place}"].data)))
        return typed.condition(self.how.data or "all", found)


def is_flat(condition: Condition | None) -> bool:
    """Whether these lines can say it."""
    said = typed.lines(condition)
    return said is not None and len(said[1]) <= LINES


def known_facts(document: Document, key: str) -> dict[str, Term]:
    return {name: term for name, _question, _what, term in typed.facts(document, key)}


def _label(question: Question, what: str, language: str) -> str:
    said = {"answered": _("has an answer"), "above": _("is above …"), "below": _("is below …")}
    choice = question.choice(what.removeprefix("is."))
    told = words(choice.text, language) if choice and what.startswith("is.") else said[what]
    return f"{words(question.text, language)} → {told}"


def condition_form(document: Document, key: str, language: str, revision: int) -> ConditionForm:
    """Filled with the condition as it is, when it can be said in lines."""
    facts = typed.facts(document, key)
    offered = [
        ("", _("Nothing more")),
        *((name, _label(one, what, language)) for name, one, what, _t in facts),
    ]
    fields: dict[str, Anything] = {}
    for place in range(LINES):
        fields[f"fact{place}"] = SelectField(_l("What must be true"), choices=options(offered))
        fields[f"number{place}"] = IntegerField(_l("The number"), [Optional()])
        fields[f"denied{place}"] = BooleanField(_l("the contrary"))
    question = document.question(key)
    data = _data(question.show_if if question else None)
    made: ConditionForm = type("ConditionFields", (ConditionForm,), fields)(
        data={**data, "revision": revision}
    )
    return made


def _data(condition: Condition | None) -> dict[str, Anything]:
    said = typed.lines(condition)
    if said is None:
        return {}
    how, lines = said
    found: dict[str, Anything] = {"how": how}
    for place, (term, denied) in enumerate(lines[:LINES]):
        found |= {f"fact{place}": _name(term), f"denied{place}": denied}
        if isinstance(term, Above | Below):
            found[f"number{place}"] = int(term.number)
    return found


def _name(term: Term) -> str:
    codes = getattr(term, "codes", None)
    what = f"is.{codes[0]}" if codes else type(term).__name__.lower()
    return f"{term.question}.{what}"
