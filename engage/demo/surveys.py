"""Three surveys of the invented centre: one told to everybody, one closed just now, one that is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from engage.accounts.models import Account
from engage.commitments.models import Commitment
from engage.core.db import db
from engage.demo import house
from engage.demo.past import Calendar
from engage.demo.plot import Event
from engage.demo.respondents import crowd, respond
from engage.surveys.answering import actions as answering
from engage.surveys.answering import queries as waves
from engage.surveys.answering.filling import fill
from engage.surveys.answering.kinds import Anonymity, ChannelKind
from engage.surveys.answering.models import Wave
from engage.surveys.answering.taking import Raw
from engage.surveys.questionnaire import actions as questionnaires
from engage.surveys.questionnaire import bank, editing
from engage.surveys.questionnaire import queries as versions
from engage.surveys.questionnaire.document import Document
from engage.surveys.questionnaire.kinds import Change
from engage.surveys.questionnaire.models import Version
from engage.surveys.results import actions as results
from engage.surveys.results.sheet import actions as sheet
from engage.surveys.results.verbatims import actions as reading
from engage.surveys.results.verbatims import queries as voices
from engage.surveys.results.verbatims.codebook import suggestions
from engage.surveys.results.verbatims.models import Decision

Facts = dict[str, Any]
BUILT_BEFORE = timedelta(days=8)
A_MINUTE = timedelta(minutes=1)


class Surveys:
    """Built, answered and told by the coordinator, each act a part of the story."""

    def __init__(self, calendar: Calendar, by: Account, promised: dict[str, Commitment]) -> None:
        self.calendar, self.by, self.promised = calendar, by, promised
        self.waves: dict[str, Wave] = {}
        self.deeds: dict[str, Callable[[Event], object]] = {
            "survey": self.ask,
            "gather": self.gather,
            "give back": self.give_back,
        }

    def events(self) -> Iterator[Event]:
        """When each survey was prepared, when its answers were there, when its results were given back."""
        for facts in house.read("surveys"):
            opens, closes = self._span(facts)
            yield Event(opens - BUILT_BEFORE, "survey", facts["key"], facts)
            over = closes + waves.GRACE + A_MINUTE
            yield Event(min(over, self.calendar.present), "gather", facts["key"], facts)
            if told := facts.get("told"):
                on = self.calendar.day(told.pop("days"), working=True)
                yield Event(self.calendar.moment(on, "11:15"), "give back", facts["key"], told)

    def _span(self, facts: Facts) -> tuple[datetime, datetime]:
        days = (facts["opens"], "08:00"), (facts["closes"], "19:00")
        opens, closes = (self.calendar.planned(self.calendar.day(ago), hour) for ago, hour in days)
        return opens, closes

    def ask(self, event: Event) -> None:
        facts, calendar = event.facts, self.calendar
        opens, closes = self._span(facts)
        plan = answering.Plan(
            title=calendar.said(facts["title"], opens),
            purpose=facts["purpose"],
            anonymity=Anonymity(facts["anonymity"]),
            opens_at=opens,
            closes_at=closes,
            results_on=calendar.day(facts["results"]),
            retained_until=calendar.day(facts["closes"] - facts["keeps"]),
        )
        ways = [ChannelKind(way) for way in facts["ways"]]
        wave = answering.open_wave(self._version(facts), ways, by=self.by, **plan)
        db.session.flush()
        # A moment to come is one that was planned: it does not go back with the act.
        db.session.execute(update(Wave).filter_by(id=wave.id).values(closes_at=closes))
        self.waves[event.key] = wave

    def gather(self, event: Event) -> None:
        wave, facts = self.waves[event.key], event.facts
        wishes = {"tastes": facts["tastes"], "words": facts["words"], "seed": len(facts["title"])}
        people = crowd(wave, facts["responses"], **wishes)
        if wave.closes_at < self.calendar.present:
            respond(wave, people)
            wave.settled_at = event.at
        else:
            self._send(wave, list(people), facts["ways"])
        self._count_ways(wave, facts["ways"])

    def _version(self, facts: Facts) -> Version:
        """The ready questionnaire as it comes; the next version of it when something was added."""
        held = versions.by_code(facts["questionnaire"])
        if held is None:
            version = questionnaires.create(bank.ready()[facts["questionnaire"]], by=self.by)
        else:
            version = questionnaires.renew(versions.versions(held)[0], by=self.by)
            document = _with(versions.document(version), **facts["adds"])
            questionnaires.edit(version, document, revision=version.revision, by=self.by)
            said = {"change": Change(facts["change"]), "note": facts["note"]}
            questionnaires.classify(version, **said, revision=version.revision, by=self.by)
        questionnaires.freeze(version, revision=version.revision, by=self.by)
        return version

    def _send(self, wave: Wave, people: list[Raw], ways: Facts) -> None:
        """What came in so far, each through its own way, as the site takes it."""
        came = [way for way, counts in ways.items() for _one in range(counts["completed"])]
        tickets = answering.hand_out(wave, ways["slips"]["handed_out"], by=self.by)
        for number, (way, raw) in enumerate(zip(came, people, strict=True)):
            answering.send(
                wave,
                fill(wave.version, raw, on_paper=way == "paper"),
                channel=ChannelKind(way),
                submission_key=f"demo-{wave.code}-{number:04}",
                ticket=tickets[number] if way == "slips" else "",
            )
        answering.settle(wave)

    def _count_ways(self, wave: Wave, ways: Facts) -> None:
        """How many began, finished and were handed a paper, by each way."""
        db.session.flush()
        for channel in waves.channels(wave):
            for name, count in ways[channel.kind].items():
                setattr(channel, name, count)

    def give_back(self, event: Event) -> None:
        """Released, read, and told to everyone with what the centre does about it."""
        wave = self.waves[event.key]
        results.release(wave, by=self.by)
        words = voices.heard([one.id for one in voices.listed(wave, self.by)])
        for one in words:
            themes = [found.code.code for found in suggestions(one.body, voices.book())]
            may = Decision.PUBLISHABLE
            reading.decide(one, decision=may, themes=themes, hide=(), version=0, by=self.by)
        told = dict(event.facts)
        answers, quote = told.pop("answers"), told.pop("quote")
        quotes = [str(one.id) for one in words if one.body == quote]
        made = sheet.compose(wave, quotes=quotes, version=0, by=self.by, **told)
        for about, key in answers.items():
            sheet.tie(wave, self.promised[key], about=about, by=self.by)
        db.session.flush()
        sheet.publish(wave, version=made.version, by=self.by)


def _with(document: Document, *, question: str, after: str) -> Document:
    """The document with one more question of the bank, after another one."""
    added = bank.question(question)
    if added is None:
        raise LookupError(question)
    page = next(page for page in document.pages if any(one.key == after for one in page.questions))
    document = editing.add(document, bank.fitted(added, document.languages), page.key)
    while _before(document, question) != after:
        document = editing.move(document, question, up=True)
    return document


def _before(document: Document, key: str) -> str:
    keys = [question.key for question in document.questions]
    return keys[keys.index(key) - 1]
