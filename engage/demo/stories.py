"""What becomes of ideas: each act of the story is the real one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import select, update

from engage.accounts.models import Account
from engage.accounts.queries import DEMO_DOMAIN
from engage.centre import queries as centre_queries
from engage.core.clock import local, now
from engage.core.db import db
from engage.demo import pictures
from engage.demo.boxes import Boxes
from engage.demo.past import Calendar
from engage.demo.plot import Event, Facts
from engage.ideas import actions as ideas
from engage.ideas.box.following import actions as following
from engage.ideas.models import Idea, Progress, Support
from engage.ideas.moderation import actions as moderation
from engage.ideas.moderation import queries as moderation_queries
from engage.ideas.moderation.merging import actions as merging
from engage.ideas.moderation.progress import actions as progress
from engage.ideas.moderation.publication import actions as publication
from engage.intake.models import Door, Reply
from engage.themes.models import Theme

ASKED = {"title", "text"}


class Stories:
    """The ideas told so far, by the key of their story, and the acts that tell them on."""

    def __init__(self, calendar: Calendar, people: dict[str, Account], boxes: Boxes) -> None:
        self.calendar, self.people, self.boxes = calendar, people, boxes
        self.answer_days = timedelta(days=centre_queries.centre().answer_days)
        self.ideas: dict[str, Idea] = {}
        self.themes = {theme.code: theme.id for theme in db.session.scalars(select(Theme))}
        acts = {
            "publish": self.publish, "keep": self.keep, "refuse": self.refuse, "ask": self.ask,
            "reply": self.reply, "precision": self.precision, "show_precision": self.show_precision,
            "answer": self.answer, "draft": self.draft, "move": self.move, "merge": self.merge,
            "read": self.read, "withdraw": self.withdraw, "support": self.support,
        }  # fmt: skip
        self.deeds: dict[str, Callable[[Event], object]] = {"receive": self.receive}
        self.deeds |= {name: partial(self._go_on, act) for name, act in acts.items()}

    def _go_on(self, act: Callable[[Idea, Event], object], event: Event) -> None:
        act(self.ideas[event.key], event)

    def receive(self, event: Event) -> None:
        facts, key = event.facts, f"demo-{event.key}-0123456789"
        if "batch" in facts:
            idea = self.boxes.enter(facts["batch"], submission_key=key, **self._said(facts))
        else:
            idea, _code = ideas.receive(
                account=self.people.get(facts.get("account", "")),
                entered_by=self.people.get(facts.get("entered_by", "")),
                door=Door(facts["door"]),
                submission_key=key,
                **self._said(facts),
            )
        idea.due_on = local(event.at, self.calendar.zone).date() + self.answer_days
        idea.workshop, idea.workshop_table = facts.get("workshop", ""), facts.get("table", "")
        self.ideas[event.key] = idea

    def _said(self, facts: Facts) -> Facts:
        return {
            "text": facts["text"].strip(),
            "theme_id": self.themes.get(facts.get("theme", "")),
            "wants_public": facts.get("wants_public", True),
            "reply": Reply(facts.get("reply", "none")),
            "contact": _contact(facts),
            "first_name": facts.get("first_name", ""),
            "photo": pictures.kept(facts["photo"]) if "photo" in facts else None,
            "helper_relation": facts.get("helper", ""),
            "helper_summary": facts.get("summary", "").strip(),
            "language": facts.get("language", "fr"),
        }

    def by(self, event: Event) -> Account:
        return self.people[event.facts.get("by", "chloe")]

    def words(self, event: Event) -> str:
        return self.calendar.said(event.facts.get("text", ""), event.at).strip()

    def publish(self, idea: Idea, event: Event) -> None:
        shown: Any = {name: event.facts[name].strip() for name in ASKED & event.facts.keys()}
        publication.publish(
            idea,
            version=idea.version,
            by=self.by(event),
            theme_id=idea.theme_id,
            photo_is_public=event.facts.get("photo", False),
            **shown,
        )

    def keep(self, idea: Idea, event: Event) -> None:
        publication.keep_to_team(idea, version=idea.version, by=self.by(event))

    def refuse(self, idea: Idea, event: Event) -> None:
        reason = moderation_queries.refusal_sentences()[event.facts["refusal"]].text
        publication.refuse(idea, version=idea.version, reason=reason, by=self.by(event))

    def ask(self, idea: Idea, event: Event) -> None:
        publication.ask(idea, question=self.words(event), version=idea.version, by=self.by(event))

    def reply(self, idea: Idea, event: Event) -> None:
        following.answer(idea, text=self.words(event), submission_key=f"demo-reply-{event.key}-012345")

    def precision(self, idea: Idea, event: Event) -> None:
        following.add(idea, text=self.words(event), submission_key=f"demo-more-{event.key}-0123456")

    def read(self, idea: Idea, event: Event) -> None:
        moderation.mark_read(idea, by=self.by(event))

    def show_precision(self, idea: Idea, event: Event) -> None:
        step = moderation_queries.unread_steps(idea)[-1]
        publication.show_precision(
            idea, step_id=step.id, public=True, version=idea.version, by=self.by(event)
        )

    def answer(self, idea: Idea, event: Event) -> None:
        progress.answer(idea, text=self.words(event), version=idea.version, by=self.by(event))

    def draft(self, idea: Idea, event: Event) -> None:
        progress.draft(idea, text=self.words(event), version=idea.version, by=self.by(event))

    def move(self, idea: Idea, event: Event) -> None:
        to = Progress(event.facts["progress"])
        progress.move(idea, progress=to, words=self.words(event), version=idea.version, by=self.by(event))

    def merge(self, idea: Idea, event: Event) -> None:
        merging.merge(idea, self.ideas[event.facts["into"]], version=idea.version, by=self.by(event))

    def withdraw(self, idea: Idea, _event: Event) -> None:
        following.withdraw(idea)

    def support(self, idea: Idea, event: Event) -> None:
        began, voice = now(), self.people.get(event.facts.get("fan", ""))
        ideas.support(idea, by=voice, device=event.facts.get("device", ""))
        fresh = update(Support).where(Support.idea_id == idea.id, Support.at >= began)
        db.session.execute(fresh.values(at=event.at), execution_options={"synchronize_session": False})


def _contact(facts: Facts) -> str | None:
    """What was typed; with an account, its own address."""
    if facts.get("reply") == "mail" and "account" in facts:
        return f"{facts['account']}@{DEMO_DOMAIN}"
    contact: str | None = facts.get("contact")
    return contact
