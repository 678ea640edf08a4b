"""The guide as one plain value: questions, choices, and the pages on which each way ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

MOST_QUESTIONS = 3  # that one reader answers


class Source(StrEnum):
    """Whose number it is: written here, or always the one of the settings."""

    OWN = "own"
    CENTRE = "centre"
    REFERENT = "referent"


@dataclass(frozen=True)
class Contact:
    """`who` names a human: a role, or a person. Phone, hours and place are those of its source."""

    who: str
    source: Source = Source.OWN
    phone: str = ""
    hours: str = ""
    place: str = ""


@dataclass(frozen=True)
class Choice:
    words: str
    to: str
    icon: str = ""


@dataclass(frozen=True)
class Question:
    key: str
    ask: str
    help: str = ""
    choices: tuple[Choice, ...] = ()

    @property
    def title(self) -> str:
        return self.ask


@dataclass(frozen=True)
class End:
    """`does` says who helps, in one plain sentence; `steps` what the reader can do; `page` is a slug."""

    key: str
    title: str
    icon: str = ""
    does: str = ""
    steps: tuple[str, ...] = ()
    page: str = ""
    contacts: tuple[Contact, ...] = ()


Node = Question | End


@dataclass(frozen=True)
class Tree:
    """`danger` are the signs after which one calls 15 at once; `first` is the key of the first question."""

    title: str
    lead: str
    danger: tuple[str, ...]
    first: str
    questions: tuple[Question, ...] = ()
    ends: tuple[End, ...] = ()

    @property
    def nodes(self) -> tuple[Node, ...]:
        return (*self.questions, *self.ends)

    def node(self, key: str) -> Node | None:
        return next((node for node in self.nodes if node.key == key), None)

    def above(self, key: str) -> Question | None:
        """The first question that leads there."""
        return next((one for one in self.questions if any(c.to == key for c in one.choices)), None)

    def walk(self) -> Iterator[tuple[int, Node]]:
        """All that can be reached, each once, with the questions answered before; no circle holds it."""
        seen: set[str] = set()
        waiting = [(0, self.first)]
        while waiting:
            depth, key = waiting.pop()
            node = self.node(key)
            if node is None or key in seen:
                continue
            seen.add(key)
            yield depth, node
            if isinstance(node, Question):
                waiting += [(depth + 1, choice.to) for choice in reversed(node.choices)]

    @property
    def reached(self) -> list[End]:
        return [node for _depth, node in self.walk() if isinstance(node, End)]


def plain(tree: Tree) -> dict[str, Any]:
    """What the database and files keep."""
    kept: dict[str, Any] = _lists(asdict(tree))
    return kept


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _lists(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [_lists(part) for part in value]
    return str(value) if isinstance(value, StrEnum) else value
