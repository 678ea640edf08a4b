"""What changed from one text to another, in words that went and words that came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, NamedTuple

from engage.core.i18n import lazy_gettext as _l

FIELDS = {
    "title": _l("Title"),
    "message": _l("Main message"),
    "simple": _l("Text for everyone"),
    "short": _l("Short text"),
    "summary": _l("In short"),
    "sources": _l("Sources"),
}
TOKEN = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
MOST_TOKENS = 2000  # beyond, two passages are shown whole: comparing them word by word takes too long


class Kind(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Part(NamedTuple):
    kind: Kind
    text: str


class Difference(NamedTuple):
    """One field that differs; `before` is its whole text."""

    title: str
    before: str
    parts: list[Part]


def between(before: Any, after: Any) -> list[Difference]:
    """The fields of two texts (drafts, versions or typed words) that differ; without `before` all is new."""
    found = []
    for name, title in FIELDS.items():
        old, new = (_text(getattr(one, name) if one else "") for one in (before, after))
        if old != new:
            found.append(Difference(str(title), old, list(parts(old, new))))
    return found


def _text(words: Any) -> str:
    return "\n".join(words) if isinstance(words, list) else str(words)


def parts(old: str, new: str) -> Iterator[Part]:
    """Line by line, then word by word in lines that changed."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for kind, start, end, begin, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[start:end]), "".join(after[begin:stop])
        if kind == "equal":
            yield Part(Kind.SAME, gone)
        else:
            yield from _words(TOKEN.findall(gone), TOKEN.findall(come))


def _words(before: list[str], after: list[str]) -> Iterator[Part]:
    if max(len(before), len(after)) > MOST_TOKENS:
        yield from _changed("".join(before), "".join(after))
        return
    for kind, start, end, begin, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[start:end]), "".join(after[begin:stop])
        if kind == "equal":
            yield Part(Kind.SAME, gone)
        else:
            yield from _changed(gone, come)


def _changed(gone: str, come: str) -> Iterator[Part]:
    if gone:
        yield Part(Kind.GONE, gone)
    if come:
        yield Part(Kind.NEW, come)
