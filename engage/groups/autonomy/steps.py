"""The five steps as writers describe them, and what each unlocks, read from the rights themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.groups.models import Autonomy, MemberKind
from engage.groups.permissions import AGENDA, DECISIONS, MINUTES, STEPS, TEAM_UNTIL
from engage.groups.words import STEPS as NAMES

FILE = Path(__file__).parent / "content" / "steps.yaml"
RIGHTS = {
    "agenda": (_l("Plan meetings and set the agenda"), AGENDA),
    "minutes": (_l("Share and publish the minutes"), MINUTES),
    "decisions": (_l("Close a decision"), DECISIONS),
}
DUTIES = {
    MemberKind.CO_CHAIR: _l("the co-chairs"),
    MemberKind.FACILITATOR: _l("the facilitators"),
    MemberKind.SECRETARY: _l("the secretary"),
}


@dataclass(frozen=True)
class Right:
    """What may be done, by whom at this step, and whether the step before said otherwise."""

    deed: str
    who: str
    is_new: bool


@dataclass(frozen=True)
class Step:
    """One step, in the words of a page."""

    step: Autonomy
    number: int
    name: str
    means: str
    signs: Sequence[str]
    rights: Sequence[Right]


@cache
def _described() -> dict[str, dict[str, Any]]:
    held: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return held


def _who(what: str, place: int) -> str:
    team = [_("the team")] if place <= TEAM_UNTIL[what] else []
    kinds = RIGHTS[what][1][place]
    return ", ".join([*team, *(str(words) for kind, words in DUTIES.items() if kind in kinds)])


def rights(step: Autonomy) -> list[Right]:
    """Who may do what at this step; `is_new` where it differs from the step before."""
    place = STEPS.index(step)
    return [
        Right(str(deed), _who(what, place), place > 0 and _who(what, place) != _who(what, place - 1))
        for what, (deed, _kinds) in RIGHTS.items()
    ]


def steps() -> list[Step]:
    """All five, the first one first."""
    return [
        Step(
            step,
            number,
            str(NAMES[step]),
            _described()[step]["means"],
            _described()[step]["signs"],
            rights(step),
        )
        for number, step in enumerate(STEPS, 1)
    ]


def may_follow(now: Autonomy, step: Autonomy) -> bool:
    """One step up, or any number down."""
    return step is not now and STEPS.index(step) <= STEPS.index(now) + 1
