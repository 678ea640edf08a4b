"""Fills an empty database with a small invented health centre: its people, their ideas, a year of answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Account
from engage.centre.models import Centre
from engage.core import cache
from engage.core.clock import now
from engage.core.db import db
from engage.demo import house, plot, post
from engage.demo.boxes import Boxes
from engage.demo.events import Events
from engage.demo.groups import Groups
from engage.demo.minutes import Minutes
from engage.demo.past import Calendar, happening
from engage.demo.promises import Promises
from engage.demo.stories import Stories
from engage.demo.surveys import Surveys
from engage.demo.ways import Ways
from engage.intake import actions as intake

PEOPLE = [
    ("amina", "Amina", "a patient with an account"),
    ("benoit", "Benoît", "a partner patient"),
    ("chloe", "Chloé", "the coordinator, who answers"),
    ("admin", "Dominique", "the administrator"),
]
OPENED = timedelta(days=352)
A_WEEK = timedelta(days=7)
BOUNCED = "marion@demo.engage.example"


class NotEmpty(RuntimeError):
    """There is a centre here already: the demo is never mixed with anything."""


def fill(_app: Flask) -> None:
    """Write the whole story and commit it; needs the application's context. Raises NotEmpty."""
    if db.session.scalars(select(Centre.id)).first() is not None:
        raise NotEmpty("this database holds a centre already")
    told = house.read("centre")
    calendar = Calendar(now(), told["facts"]["zone"])
    people = _open(told, calendar)
    stories = Stories(calendar, people, Boxes(people["yann"]))
    promises = Promises(stories, people["chloe"])
    surveys = Surveys(calendar, people["chloe"], promises.commitments)
    deeds = stories.boxes.deeds | stories.deeds | promises.deeds | surveys.deeds
    deeds["call"] = lambda _event: post.tell_waiting(by=people["yann"])
    deeds["act"] = lambda event: event.facts["do"]()
    groups = Groups(calendar, people, stories.ideas)
    theirs = [*groups.events(), *Minutes(groups).events(), *Ways(calendar, people, groups.groups).events()]
    events = [*plot.events(calendar, *house.story()), *surveys.events(), *theirs]
    for event in sorted(events, key=lambda event: event.at):
        with happening(event.at):
            deeds[event.deed](event)
    Events(calendar, people).fill()
    _complain(told["complaint"], calendar)
    post.deliver(calendar.present, BOUNCED)
    db.session.commit()
    cache.forget()


def _open(told: dict[str, Any], calendar: Calendar) -> dict[str, Account]:
    with happening(calendar.present - OPENED):
        house.found(told["facts"])
    people = house.welcome(calendar)
    with happening(calendar.present - OPENED + A_WEEK):
        house.furnish(calendar, people, told)
    return people


def _complain(facts: dict[str, Any], calendar: Calendar) -> None:
    """A private message that nobody has read yet."""
    with happening(calendar.moment(calendar.day(facts.pop("days")), "18:05")):
        intake.send_complaint(**facts, submission_key="demo-complaint-0123456789")
