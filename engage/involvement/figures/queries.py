"""Who came by which door and what became of them, over a year: nobody's name is read for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from statistics import median

from sqlalchemy import func, select

from engage.core.clock import ago
from engage.core.db import db
from engage.core.tenths import of_ten
from engage.intake.models import Door
from engage.involvement.models import Person, Source, Stage, StageChange
from engage.involvement.queries import ORDER

YEAR_DAYS = 365
ENOUGH = 5  # people: fewer say nothing of what works
SECONDS_A_DAY = 86_400
ACTED = Stage.FIRST_ACT


@dataclass
class Came:
    """One person: door, way in, whether they said "not now", and when each stage was first reached."""

    door: Door
    source_id: int | None
    has_declined: bool
    first: dict[Stage, datetime] = field(default_factory=dict)

    @property
    def furthest(self) -> int:
        return max(map(ORDER.index, self.first))


@dataclass(frozen=True)
class Line:
    """How many came by one way, and how many of them reached each stage or went beyond it."""

    label: str
    came: int
    reached: dict[Stage, int]
    declined: int

    @property
    def acted(self) -> tuple[int, int]:
        """How many did a first thing, and of how many: of ten where that says no more than we know."""
        return of_ten(self.reached[ACTED], self.came)


@dataclass(frozen=True)
class Delay:
    """From the stage before, whichever it was, to this one: the median of days, and of how many people."""

    stage: Stage
    people: int
    days: float


def came() -> list[Came]:
    """Everyone who came within a year: one query, some plain values for each."""
    first = func.min(StageChange.at)
    asked = (Person.id, Person.door, Person.source_id, Person.declined_at, StageChange.stage)
    rows = select(*asked, first).join(StageChange, StageChange.person_id == Person.id)
    found: dict[int, Came] = {}
    since = Person.created_at >= ago(days=YEAR_DAYS)
    for number, door, source_id, declined, stage, at in db.session.execute(
        rows.where(since).group_by(*asked)
    ):
        one = found.setdefault(number, Came(door, source_id, declined is not None))
        one.first[stage] = at
    return list(found.values())


def line(label: str, people: Sequence[Came]) -> Line:
    reached = {stage: sum(one.furthest >= place for one in people) for place, stage in enumerate(ORDER)}
    return Line(label, len(people), reached, sum(one.has_declined for one in people))


def lines(people: Iterable[Came], by: Callable[[Came], str]) -> list[Line]:
    """One line for each of what `by` tells apart, the one by which most came first."""
    groups: dict[str, list[Came]] = defaultdict(list)
    for one in people:
        groups[by(one)].append(one)
    made = [line(label, some) for label, some in groups.items()]
    return sorted(made, key=lambda one: (-one.came, one.label))


def delays(people: Iterable[Came]) -> list[Delay]:
    """How long people stay before each stage, for the stages that somebody reached from another one."""
    spans: dict[Stage, list[float]] = defaultdict(list)
    for one in people:
        ladder = [(stage, one.first[stage]) for stage in ORDER if stage in one.first]
        for (_before, begun), (stage, at) in pairwise(ladder):
            if at >= begun:
                spans[stage].append((at - begun).total_seconds() / SECONDS_A_DAY)
    return [Delay(stage, len(spans[stage]), median(spans[stage])) for stage in ORDER if spans[stage]]


def works(made: Iterable[Line]) -> list[Line]:
    """The ways by which enough people came, the one where most of them did a first thing first."""
    return sorted((one for one in made if one.came >= ENOUGH), key=lambda one: -one.reached[ACTED] / one.came)


def labels() -> dict[int, str]:
    """What the ways in are called."""
    return {number: label for number, label in db.session.execute(select(Source.id, Source.label))}  # noqa: C416
