"""What the browser of somebody who answers holds until it closes: four words, when they began, and how."""

from __future__ import annotations

from datetime import datetime

from flask import request, session

from engage.core import keys
from engage.surveys.answering import starts
from engage.surveys.answering.facts import Facts
from engage.surveys.answering.steps import writing
from engage.surveys.answering.steps.writing import Writing
from engage.surveys.questionnaire.kinds import Variant

WORDS, START, DONE, CALM, SHORT, NOTED = (
    "survey", "survey_start", "survey_done", "survey_calm", "survey_short", "survey_noted",
)  # fmt: skip
ASIDE = "survey_aside"  # words that were noted: a tablet that wipes itself leaves their draft alone
TO_SHOW, SEEN = "show", "seen"


def enter(words: str, start: str) -> None:
    session[WORDS], session[START] = words, start
    for name in (ASIDE, DONE, CALM, NOTED):
        session.pop(name, None)


def leave() -> None:
    for name in (WORDS, ASIDE, START, CALM, NOTED):
        session.pop(name, None)


def finish(code: str) -> None:
    """It was sent: this browser may see the thanks, and no more."""
    leave()
    session[DONE] = code


def is_done(code: str) -> bool:
    return bool(session.get(DONE) == code)


def words() -> str:
    said: str = session.get(WORDS) or session.get(ASIDE) or ""
    return said


def set_aside() -> None:
    """The words are on paper now."""
    session[ASIDE] = words()
    session.pop(WORDS, None)


def found(facts: Facts, *, alone: bool = False) -> Writing | None:
    """What this browser is answering in this wave."""
    held = writing.find(words(), alone=alone)
    return held if held and held.code == facts.code else None


def start() -> str:
    """The token that this form, or else this browser, brings."""
    token: str = request.form.get("begun", "") or session.get(START, "")
    return token


def begun_at(facts: Facts) -> datetime | None:
    return starts.begun(start(), facts.code)


def may_go_on(facts: Facts) -> bool:
    return facts.takes(begun_at(facts))


def variant() -> Variant:
    return Variant.SHORT if session.get(SHORT) else Variant.STANDARD


def turn_words() -> None:
    """Short words instead of the usual ones, or back."""
    session[SHORT] = not session.get(SHORT)


def is_new_notice(contact: str) -> bool:
    """Whether this browser did not just leave the same one: a second press changes nothing."""
    digest = keys.digest("survey notice", contact)
    is_new = bool(session.get(NOTED) != digest)
    session[NOTED] = digest
    return is_new


def calm_is_due(is_distress: bool) -> bool:
    """Whether the numbers that answer are to be shown now: once, and only this browser knows."""
    return is_distress and session.get(CALM) != SEEN


def show_calm_next() -> None:
    session[CALM] = TO_SHOW


def takes_calm() -> bool:
    """Whether the page asked for now is the one that shows them."""
    if session.get(CALM) != TO_SHOW:
        return False
    session[CALM] = SEEN
    return True
