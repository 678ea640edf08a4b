"""Our Markdown without its marks: what is read, and where each letter of it stands in the source."""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?:\{[\w-]+\}\s*)?")
ITEM = re.compile(r"\s*(?:[-*+•–]|\d{1,2}[.)])\s+(?:\{[\w-]+\}\s*)?")
# In the short text a line may begin with its pictogram.
PICTURED = re.compile(r"\s*\{[\w-]+\}\s*")
# In « appeler » these lines are fields of a card, not prose.
CONTACT = re.compile(r"\s*[-*]\s+(?:téléphone|bouton|date)\s*:\s*", re.I)
FENCE = re.compile(r"\s*:{3,}\s*(?P<name>[\w-]*)[^\S\n]*(?P<words>[^\n]*)")
INLINE = re.compile(
    r"!\[(?P<alt>[^\]\n]{0,400})\]\((?P<picture>[^)\n]{0,400})\)"
    r"|\[(?P<words>[^\]\n]{1,400})\]\((?P<address>[^)\n]{0,400})\)"
    r"|<?https?://[^\s>]+>?"
    r"|\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=[\w.!?…])[*_](?!\w)"
)


class Kind(StrEnum):
    HEADING = "heading"
    ITEM = "item"
    TEXT = "text"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines that belong together, by their place in the plain words; `block` is the name of that around."""

    kind: Kind
    block: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Target:
    """A picture or a link: its words, where it points, and its place in the source."""

    words: str
    address: str
    start: int
    end: int


@dataclass
class Source:
    """The source, its words alone, and what stands between them."""

    text: str
    plain: str = ""
    at: "array[int]" = field(default_factory=lambda: array("l"))
    segments: list[Segment] = field(default_factory=list)
    pictures: list[Target] = field(default_factory=list)
    links: list[Target] = field(default_factory=list)
    blocks: list[Target] = field(default_factory=list)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the source of a span of the plain words."""
        return self.at[start], self.at[end - 1] + 1


def read(text: str) -> Source:
    """Take the marks out of `text`; every word that a reader sees stays, in its order."""
    source = Source(text)
    pieces: list[str] = []
    length, block, before = 0, "", Kind.HEADING
    for start, line in _lines(text):
        fence = FENCE.match(line)
        if fence:
            source.blocks.append(Target(fence["words"].strip(), fence["name"], start, start + fence.end()))
            block, before = fence["name"], Kind.HEADING
            continue
        kind, mark = _kind(line, block, before)
        kept = list(_kept(source, text, start + mark, start + len(line)))
        added = sum(end - begin for begin, end in kept)
        for begin, end in kept:
            pieces.append(text[begin:end])
            source.at.extend(range(begin, end))
        _add(source.segments, Segment(kind, block, length, length + added), goes_on=not mark)
        length += added
        before = kind if line.strip() else Kind.HEADING
    source.plain = "".join(pieces)
    return source


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield at, line
        at += len(line)


def _kind(line: str, block: str, before: Kind) -> tuple[Kind, int]:
    """What a line is, and how long its mark; a line without one goes on with the paragraph or item before."""
    if mark := HEADING.match(line):
        return Kind.HEADING, mark.end()
    if block == "appeler" and (mark := CONTACT.match(line)):
        return Kind.CONTACT, mark.end()
    if mark := ITEM.match(line):
        return Kind.ITEM, mark.end()
    if mark := PICTURED.match(line):
        return Kind.TEXT, mark.end()
    return (Kind.ITEM if before is Kind.ITEM else Kind.TEXT), 0


def _add(segments: list[Segment], found: Segment, *, goes_on: bool) -> None:
    last = segments[-1] if segments else None
    joins = last and goes_on and last.kind is found.kind and last.block == found.block
    if last and joins and last.end == found.start:
        segments[-1] = Segment(last.kind, last.block, last.start, found.end)
    else:
        segments.append(found)


def _kept(source: Source, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a line that are read."""
    at = start
    for found in INLINE.finditer(text, start, end):
        yield at, found.start()
        at = found.end()
        if found["picture"] is not None:
            source.pictures.append(Target(found["alt"], found["picture"], *found.span()))
        elif found["words"] is not None:
            source.links.append(Target(found["words"], found["address"], *found.span()))
            yield from _kept(source, text, *found.span("words"))
    yield at, end
