"""What may not stand in a text, said by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engage.core.i18n import gettext as _
from engage.pages.markup.blocks import (
    FENCE,
    FIELD,
    HEADING,
    IMAGE,
    LINK,
    PHONE,
    PICTURED,
    Block,
    block,
    field_name,
)
from engage.pages.markup.icons import icons
from engage.pages.markup.outline import split
from engage.pages.markup.parsing import allowed

MOST_BYTES = 100_000
HTML = re.compile(r"<(?=[a-zA-Z/!?])")


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` counts from 1, as writers do."""

    line: int
    sentence: str


def problems(text: str) -> list[Problem]:
    """Everything that must be mended before this text is kept; in the language of the page."""
    if len(text.encode()) > MOST_BYTES:
        most = MOST_BYTES // 1000
        return [Problem(1, _("This text is too long: %(most)s kB at most. Make two pages of it.", most=most))]
    lines = split(text)
    found = [Problem(number, said) for number, line in enumerate(lines, 1) for said in _in_line(line)]
    found += _blocks(lines)
    return sorted(found, key=lambda problem: problem.line)


def _in_line(line: str) -> Iterator[str]:
    if HTML.search(line):
        yield _("This looks like HTML. Write words only, with our few marks.")
    for mark in LINK.finditer(line):
        yield from _picture(mark) if mark["picture"] else _link(mark)
    drawn = HEADING.match(line) or PICTURED.match(line)
    if drawn and drawn["icon"] and drawn["icon"] not in icons():
        yield _("There is no pictogram “%(name)s”.", name=drawn["icon"])


def _picture(mark: re.Match[str]) -> Iterator[str]:
    if not mark["words"].strip():
        yield _("This picture says nothing to those who cannot see it. Write what it shows.")
    if not IMAGE.fullmatch(mark["address"].strip()):
        yield _("Pictures come from this page: write image: and the name of the picture.")


def _link(mark: re.Match[str]) -> Iterator[str]:
    if not mark["words"].strip():
        yield _("This link has no words. Say where it leads.")
    if not allowed(mark["address"].strip()):
        yield _(
            "This link leads nowhere safe: “%(address)s”. It begins with https:, mailto:, tel: or /.",
            address=mark["address"][:60],
        )


def _blocks(lines: list[str]) -> Iterator[Problem]:
    opened, kind = 0, None
    for number, line in enumerate(lines, 1):
        fence = FENCE.match(line)
        if fence is None:
            if kind is Block.CALL and (field := FIELD.match(line)) and (said := _field(field)):
                yield Problem(number, said)
        elif not fence["name"]:
            if not opened:
                yield Problem(number, _("This line closes a block, but none is open."))
            opened, kind = 0, None
        else:
            if opened:
                yield Problem(opened, _not_closed())
            opened, kind = number, block(fence["name"])
            yield from _opening(number, fence, kind)
    if opened:
        yield Problem(opened, _not_closed())


def _not_closed() -> str:
    return _("This block is not closed. Write ::: on a line of its own after it.")


def _opening(number: int, fence: re.Match[str], kind: Block | None) -> Iterator[Problem]:
    if kind is None:
        said = _(
            "There is no block “%(name)s”. The blocks are: %(all)s.", name=fence["name"], all=", ".join(Block)
        )
        yield Problem(number, said)
    elif kind is Block.WORD and not fence["words"].strip():
        yield Problem(number, _("Say which word this block explains: ::: mot WORD"))


def _field(field: re.Match[str]) -> str:
    name, words = field_name(field["field"]), field["words"]
    if name == "phone" and not PHONE.search(words):
        return _("This line holds no phone number.")
    if name == "button" and not LINK.search(words):
        return _("This button leads nowhere. Write [words](address).")
    return ""
