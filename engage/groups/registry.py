"""What higher floors bring to a group's pages, and what they do when it closes or somebody goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from engage.accounts.models import Account
from engage.core.cache import remember
from engage.core.i18n import language
from engage.groups.models import Group, Membership


class Subject(NamedTuple):
    """Something a group took up; `kind` and `ref` name it in an agenda. `status` in words."""

    kind: str
    ref: str
    title: str
    url: str
    status: str


class Hours(NamedTuple):
    """Time that somebody gave outside of meetings and missions."""

    day: date
    title: str
    minutes: int


Moves = Callable[[Membership, Membership], None]
Stops = Callable[[Group, Account], None]
Subjects = Callable[[Group], list[Subject]]
Given = Callable[[Account, date, date], list[Hours]]
_subjects: dict[str, Subjects] = {}
_hours: dict[str, Given] = {}
_moves: dict[str, Moves] = {}
_stops: dict[str, Stops] = {}


def brings_subjects(find: Subjects) -> None:
    """A feature says what a group took up from it. Called when its pages are loaded."""
    _subjects[find.__module__] = find


def subjects(group: Group) -> list[Subject]:
    return [subject for find in _subjects.values() for subject in find(group)]


def subjects_now(group: Group) -> list[Subject]:
    """The same for all who may open a page of the group: looked for again after some seconds."""
    return remember(("group subjects", group.id, language()), lambda: subjects(group))


def moves_along(move: Moves) -> None:
    """A feature takes what hangs on a membership to the one that follows it."""
    _moves[move.__module__] = move


def followed(old: Membership, new: Membership) -> None:
    for move in _moves.values():
        move(old, new)


def stops_with(stop: Stops) -> None:
    """A feature ends what it planned with a group that closes."""
    _stops[stop.__module__] = stop


def closed(group: Group, by: Account) -> None:
    for stop in _stops.values():
        stop(group, by)


def brings_hours(find: Given) -> None:
    """A feature says which hours a person gave from one day to another."""
    _hours[find.__module__] = find


def hours(account: Account, first: date, last: date) -> list[Hours]:
    return sorted(found for find in _hours.values() for found in find(account, first, last))
