"""YAML from a stranger: bounded, without aliases, tags or doubled keys; ours, always written alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from engage.core.errors import Refused
from engage.core.i18n import gettext as _

MOST_BYTES = 400_000
MOST_EVENTS = 40_000
DEEPEST = 40
Path = tuple[str | int, ...]
OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")  # YAML 1.1 would fold them like ends of lines
NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?\Z")
WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True)
class Fault:
    """What is wrong, in one sentence, and where: the line of the file, and the way down to it."""

    sentence: str
    place: str = ""
    line: int | None = None

    def __str__(self) -> str:
        line = _("line %(line)d", line=self.line) if self.line else ""
        where = ", ".join(filter(None, (line, self.place)))
        return _("%(where)s: %(what)s", where=where, what=self.sentence) if where else self.sentence


class Invalid(Refused):
    """A document that cannot be taken; `faults` says all that is wrong."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass
class Loaded:
    """Plain data, and the line on which each part of it begins."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)


def _refuse(sentence: str, mark: Any = None) -> Invalid:
    return Invalid([Fault(sentence, line=mark.line + 1 if mark else None)])


def _bounded(text: str) -> Iterator[yaml.Event]:
    """The events of the text, each allowed. Raises Invalid, YAMLError."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refuse(_("Anchors and aliases (& and *) are not taken. Write it out."), event.start_mark)
        if getattr(event, "tag", None):
            raise _refuse(_("Tags (!) are not taken."), event.start_mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST or count > MOST_EVENTS:
            raise _refuse(_("This file is too long or too deep."), event.start_mark)
        yield event


def load(raw: bytes) -> Loaded:
    """Plain data of strings, whole and decimal numbers, true, false and null. Raises Invalid.

    Bare words such as yes, no or on stay words, and dates stay text: codes must never change their kind.
    """
    if len(raw) > MOST_BYTES:
        raise _refuse(_("This file is too heavy: %(most)d kB at most.", most=MOST_BYTES // 1000))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise _refuse(_("This file is not plain text in UTF-8.")) from fault
    try:
        for _event in _bounded(text):
            pass
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        raise _refuse(_("This cannot be read as YAML. Look at spaces, quotes and colons."), mark) from fault
    loaded = Loaded()
    loaded.data = _plain(node, (), loaded.lines) if node else None
    return loaded


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, place), lines) for place, item in enumerate(node.value)]
    return _scalar(str(node.value), quoted=bool(getattr(node, "style", "")))


def _mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in node.value:
        if not isinstance(name, yaml.ScalarNode):
            raise _refuse(_("A name is expected before the colon."), name.start_mark)
        if name.value in found:
            raise _refuse(_("“%(name)s” stands twice in the same place.", name=name.value), name.start_mark)
        found[name.value] = _plain(value, (*path, name.value), lines)
    return found


def _scalar(value: str, *, quoted: bool) -> Any:
    if quoted:
        return value
    if value in WORDS:
        return WORDS[value]
    if NUMBER.match(value) and len(value) <= 15:
        return float(value) if "." in value else int(value)
    return value


class _Writer(yaml.SafeDumper):
    """Without aliases; words that our reader would take for something else are quoted."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True

    def represent_words(self, data: str) -> yaml.ScalarNode:
        bare = _scalar(data, quoted=False)
        style = '"' if not isinstance(bare, str) or OTHER_BREAKS.search(data) else None
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Writer.add_representer(str, _Writer.represent_words)


def dump(data: Any) -> str:
    """The text of plain data: the same data always gives the same text."""
    return yaml.dump(
        data, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=1_000_000, default_flow_style=False
    )
