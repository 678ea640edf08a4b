"""A place in plain data that is being read: what stands there, where it is, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from engage.core.i18n import gettext as _
from engage.core.words import clean
from engage.core.yamltext import Fault, Loaded, Path

Kind = TypeVar("Kind", bound=StrEnum)
CODE = re.compile(r"[a-z0-9-]{2,40}\Z")
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
CONCEPT = re.compile(r"[a-z][a-z0-9_.-]{0,59}\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?\Z")
MOST_WORDS = 2000
LARGEST = 1_000_000


def whole(number: float) -> float:
    """The same number, as an int where it is one."""
    return int(number) if number == int(number) else number


@dataclass
class Spot:
    """Reading never stops at a fault: it is noted, and something harmless stands in."""

    value: Any
    loaded: Loaded
    faults: list[Fault] = field(default_factory=list)
    path: Path = ()
    names: tuple[str, ...] = ()

    def fail(self, sentence: str) -> None:
        path = self.path
        while path not in self.loaded.lines and path:
            path = path[:-1]
        self.faults.append(Fault(sentence, ", ".join(self.names), self.loaded.lines.get(path)))

    def below(self, name: str | int, value: Any, said: str = "") -> Spot:
        names = (*self.names, said or str(name))
        return Spot(value, self.loaded, self.faults, (*self.path, name), names)

    def fields(self, known: Mapping[str, bool]) -> dict[str, Spot]:
        """What stands under each known name that is there; `known` says which must be."""
        if not isinstance(self.value, dict):
            self.fail(_("Names with a colon are expected here."))
            return {}
        for name in self.value.keys() - known.keys():
            self.below(name, None).fail(_("“%(name)s” is not known here.", name=name))
        for name, needed in known.items():
            if needed and name not in self.value:
                self.fail(_("“%(name)s” is missing here.", name=name))
        return {name: self.below(name, self.value[name]) for name in known if name in self.value}

    def items(self, most: int, named: str = "") -> list[Spot]:
        """Each item of a list; `named` is the field that says which it is."""
        if not isinstance(self.value, list):
            self.fail(_("A list is expected here."))
            return []
        if len(self.value) > most:
            self.fail(_("%(most)d at most here.", most=most))
        return [
            self.below(place, item, str(item[named]) if isinstance(item, dict) and item.get(named) else "")
            for place, item in enumerate(self.value[:most])
        ]

    def name(self, pattern: re.Pattern[str] = KEY) -> str:
        if isinstance(self.value, str) and pattern.match(self.value):
            return self.value
        self.fail(_("Small letters and digits are expected here, without spaces or accents."))
        return ""

    def words(self, most: int = MOST_WORDS, *, blank: bool = False) -> str:
        found = "" if self.value is None else self.value
        if isinstance(found, int | float) and not isinstance(found, bool):
            found = str(found)
        if not isinstance(found, str) or len(found) > most or not (blank or clean(found)):
            self.fail(_("A text of %(most)d characters at most is expected here.", most=most))
            return ""
        return clean(found)

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.fail(_("Write true or false here."))
        return self.value is True

    def number(self) -> float:
        """Whole where it can be: 5.0 and 5 are written alike."""
        found = self.value
        if isinstance(found, bool) or not isinstance(found, int | float) or abs(found) > LARGEST:
            self.fail(_("A number is expected here."))
            return 0
        return whole(round(found, 3))

    def one_of(self, kind: type[Kind]) -> Kind:
        members = {member.value: member for member in kind}
        if isinstance(self.value, str) and self.value in members:
            return members[self.value]
        self.fail(_("One of these is expected here: %(names)s.", names=", ".join(members)))
        return next(iter(kind))
