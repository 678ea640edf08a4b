"""A questionnaire of twelve questions, asked in one wave that is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from engage.accounts import actions as accounts
from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.surveys.answering import actions as answering
from engage.surveys.answering.kinds import Anonymity, ChannelKind
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire import actions as questionnaires
from engage.surveys.questionnaire import bank, editing
from engage.surveys.questionnaire.document import Document
from engage.surveys.questionnaire.kinds import Type
from engage.surveys.questionnaire.models import Version

BASE = "rendez-vous"
MORE = ("welcome_greeting", "welcome_names", "welcome_belong")
QUESTIONS = 12
# What a client of the measurement answers.
MARKS = {
    "appointments_booking_ease": "easy",
    "appointments_delay": "days",
    "appointments_delay_fit": "good",
    "appointments_wait": "20",
    "appointments_told": "yes",
    "listening_heard": "yes",
    "listening_explained": "good",
    "listening_next": "yes",
    "listening_more": "Le docteur a pris le temps de tout expliquer.",
    "welcome_greeting": "often",
    "welcome_names": "often",
    "welcome_belong": "yes",
}


def document() -> Document:
    """The ready questionnaire about appointments without its closing screen, and three questions more."""
    whole = bank.ready()[BASE]
    for question in whole.questions:
        if question.type is Type.INFORMATION:
            whole = editing.remove(whole, question.key)
    for key in MORE:
        added = bank.question(key)
        if added is None:
            raise LookupError(key)
        whole = editing.add(whole, bank.fitted(added, whole.languages))
    if len(whole.questions) != QUESTIONS:
        raise LookupError(f"{len(whole.questions)} questions instead of {QUESTIONS}")
    return replace(whole, code="benchmark")


def coordinator() -> Account:
    account = accounts.create(
        role=Role.COORDINATOR, email="coordinator@engage.example", first_name="Chloé", last_name="Martin"
    )
    db.session.flush()
    return account


def frozen(by: Account) -> Version:
    version = questionnaires.create(document(), by=by)
    questionnaires.freeze(version, revision=version.revision, by=by)
    return version


def opened(version: Version, title: str, *, by: Account, anonymity: Anonymity = Anonymity.STRICT) -> Wave:
    """A wave that anybody may answer, for a week."""
    week = timedelta(days=7)
    plan = answering.Plan(
        title=title,
        opens_at=now() - week,
        closes_at=now() + week,
        anonymity=anonymity,
        retained_until=(now() + 52 * week).date(),
    )
    wave = answering.open_wave(version, [ChannelKind.LINK], by=by, **plan)
    db.session.flush()
    return wave
