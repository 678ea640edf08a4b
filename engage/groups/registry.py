"""What higher floors bring to a group's pages: its subjects, its commitments, hours given elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from engage.accounts.models import Account
from engage.groups.models import Group


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


Subjects = Callable[[Group], list[Subject]]
Given = Callable[[Account, int], list[Hours]]
_subjects: dict[str, Subjects] = {}
_hours: dict[str, Given] = {}


def brings_subjects(find: Subjects) -> None:
    """A feature says what a group took up from it. Called when its pages are loaded."""
    _subjects[find.__module__] = find


def subjects(group: Group) -> list[Subject]:
    return [subject for find in _subjects.values() for subject in find(group)]


def brings_hours(find: Given) -> None:
    """A feature says which hours a person gave in a year."""
    _hours[find.__module__] = find


def hours(account: Account, year: int) -> list[Hours]:
    return sorted(found for find in _hours.values() for found in find(account, year))
