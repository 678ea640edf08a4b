"""Sections and lines of a text, and its words without marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engage.core.words import fold
from engage.pages.markup.blocks import FENCE, FIELD, HEADING, IMAGE, ITEM, LINK, PICTURED
from engage.pages.markup.parsing import parse_line

PART = "partie-"
LONGEST_ANCHOR = 60
NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one title; what comes before the first title has neither anchor nor title."""

    anchor: str
    title: str
    icon: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is read. `number` counts every line of the text from 0, empty ones too.

    `markdown` is the line without its picture; `picture` the name of the one in it, `alt` what that shows.
    """

    number: int
    icon: str
    words: str
    markdown: str = ""
    is_title: bool = False
    picture: str = ""
    alt: str = ""


def split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def sections(text: str) -> Sequence[Section]:
    """The parts of a text by its titles (`##`), titles inside blocks aside."""
    found: list[tuple[str, str, list[str]]] = [("", "", [])]
    is_inside = False
    for line in split(text):
        if fence := FENCE.match(line):
            is_inside = bool(fence["name"])
        mark = None if is_inside else HEADING.match(line)
        if mark and len(mark["level"]) <= 2:
            found.append((words(mark["words"]), mark["icon"] or "", []))
        else:
            found[-1][2].append(line)
    return list(_anchored(found))


def _anchored(found: list[tuple[str, str, list[str]]]) -> Iterator[Section]:
    taken: Counter[str] = Counter()
    for title, icon, lines_ in found:
        markdown = "\n".join(lines_).strip("\n")
        if title:
            anchor = PART + NOT_A_WORD.sub("-", fold(title))[:LONGEST_ANCHOR].strip("-")
            taken[anchor] += 1
            if taken[anchor] > 1:
                anchor += f".{taken[anchor]}"  # no title gives a point
            yield Section(anchor, title, icon, markdown)
        elif markdown.strip():
            yield Section("", "", icon, markdown)


def words(line: str) -> str:
    """The words of one line, without marks, pictures and addresses."""
    return "".join(
        " " if token.type == "softbreak" else token.content
        for token in parse_line(line)
        if token.type in {"text", "softbreak"}
    ).strip()


def lines(text: str) -> list[Line]:
    """Every line that is read, in its order."""
    return [line for number, source in enumerate(split(text)) if (line := line_of(number, source))]


def line_of(number: int, source: str) -> Line | None:
    """None for a line that holds nothing to read."""
    if fence := FENCE.match(source):
        title = words(fence["words"])
        return Line(number, "", title, fence["words"].strip(), is_title=True) if title else None
    if mark := HEADING.match(source):
        return Line(number, mark["icon"] or "", words(mark["words"]), mark["words"], is_title=True)
    icon, rest, picture, alt = _pictured(source)
    said = words(rest)
    return Line(number, icon, said, rest, picture=picture, alt=alt) if said or picture else None


def _pictured(source: str) -> tuple[str, str, str, str]:
    """A line taken apart: pictogram, the rest of it, name of its picture, and what that shows."""
    field = FIELD.match(source)
    item = None if field else ITEM.match(source)
    rest = source.strip().lstrip("-*+• ") if field else (item["words"] if item else source).strip()
    icon = ""
    if mark := PICTURED.match(rest):
        icon, rest = mark["icon"], mark["words"]
    for found in LINK.finditer(rest):
        image = IMAGE.fullmatch(found["address"].strip())
        if found["picture"] and image:
            rest = (rest[: found.start()] + rest[found.end() :]).strip()
            return icon, rest, image["name"], found["words"].strip()
    return icon, rest, "", ""


def plain(text: str) -> str:
    """The words of a text, a line each, without marks and pictures."""
    return "\n".join(line.words for line in lines(text) if line.words)


def places(there: Sequence[Section], here: Sequence[Section]) -> list[list[str]]:
    """For each section of `here` the anchors of `there` that must lead to it, besides its own.

    So that a reader who changes from one text of a page to the other stays at the same place: a title that
    both have is the same place; any other one lies as far along the text.
    """
    own = {section.anchor for section in here}
    found: list[list[str]] = [[] for _section in here]
    for number, section in enumerate(there):
        if here and section.anchor and section.anchor not in own:
            found[(2 * number + 1) * len(here) // (2 * len(there))].append(section.anchor)
    return found
