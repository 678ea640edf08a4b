"""What the assistant says of a text, numbered and tied to its place, and what one click makes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import pairwise
from typing import Any, NamedTuple

from engage.pages import checking
from engage.pages.checking import Words
from engage.pages.models import Body
from engage.reading import Finding, Measures, Mode, Rule, Severity, gates

RANK = [Severity.AMBER, Severity.RED, Severity.BLOCKING]
ABOUT_ALL = {Rule.LONG_AVERAGE, Rule.NO_READER, Rule.NO_ACTION}
# What a writer may put better words for, which the assistant then proposes to the next one.
REPLACED = {Rule.JARGON, Rule.RARE_WORD, Rule.LONG_WORD}


class Found(NamedTuple):
    """A finding with its number in the list; `key` finds it again when the text around it has moved."""

    number: int
    key: str
    finding: Finding
    words: str

    @property
    def is_learned(self) -> bool:
        return self.finding.rule in REPLACED

    @property
    def may_stay(self) -> bool:
        return self.finding.severity is not Severity.BLOCKING


class Piece(NamedTuple):
    """A part of the text: how grave what is found in it is, and the findings that end with it."""

    text: str
    severity: Severity | None
    ends: list[Found]


class Reread(NamedTuple):
    """One body as the assistant reads it."""

    body: Body
    found: list[Found]
    pieces: list[Piece]
    measures: Measures
    short_of: list[str]
    mode: Mode

    @property
    def blocking(self) -> int:
        return sum(not one.may_stay for one in self.found)


def reread(words: Words, plain: Iterable[tuple[str, str]]) -> list[Reread]:
    """Both bodies; the short one only where there is one."""
    known = tuple(plain)
    return [_read(words, body, known) for body in Body if body is Body.SIMPLE or words.short.strip()]


def _read(words: Words, body: Body, plain: tuple[tuple[str, str], ...]) -> Reread:
    text = checking.whole(words, body)
    report = checking.report(words, body, plain)
    found = list(_numbered(body, text, report.findings))
    pieces = list(_pieces(text, found))
    return Reread(body, found, pieces, report.measures, gates(report.measures, body.value), report.mode)


def _numbered(body: Body, text: str, findings: Iterable[Finding]) -> Iterator[Found]:
    """What stops publication first, then what is too hard; each in the order of the text."""
    seen: Counter[tuple[Rule, str]] = Counter()
    for number, one in enumerate(sorted(findings, key=lambda one: -RANK.index(one.severity)), 1):
        said = text[one.start : one.end]
        seen[one.rule, said] += 1
        digest = blake2b(said.encode(), digest_size=4).hexdigest()
        yield Found(number, f"{body}.{one.rule}.{digest}.{seen[one.rule, said]}", one, said)


def _pieces(text: str, found: list[Found]) -> Iterator[Piece]:
    """The text cut wherever a finding begins or ends; what is said of all of it underlines nothing."""
    marked = [one for one in found if one.finding.rule not in ABOUT_ALL]
    cuts = {0, len(text)} | {cut for one in marked for cut in (one.finding.start, one.finding.end)}
    places = sorted(cuts)
    for start, end in pairwise(places):
        here = [one.finding for one in marked if one.finding.start <= start and end <= one.finding.end]
        gravest = max((one.severity for one in here), key=RANK.index, default=None)
        yield Piece(text[start:end], gravest, [one for one in marked if one.finding.end == end])


def find(words: Words, key: str, plain: Iterable[tuple[str, str]]) -> Found | None:
    """The finding of this key, where the text still says so."""
    return next((one for read in reread(words, plain) for one in read.found if one.key == key), None)


def replaced(words: Words, found: Found, replacement: str) -> dict[str, Any]:
    """The field that holds the finding, with other words in its place."""
    start, end = found.finding.start, found.finding.end
    said = _as_before(found.words, replacement)
    if found.words.endswith(("’", "'")) and not said.endswith(("’", "'")):
        said += " "  # "afin d’aider" becomes "pour aider"
    if found.key.startswith(f"{Body.SHORT}."):
        return {"short": _put(words.short, start, end, said)}
    before = len(checking.whole(words, Body.SIMPLE)) - len(words.simple)
    if start < before:
        return {"message": _put(words.message, start, end, said)}
    return {"simple": _put(words.simple, start - before, end - before, said)}


def _put(text: str, start: int, end: int, said: str) -> str:
    return text[:start] + said + text[end:]


def _as_before(before: str, said: str) -> str:
    """With a capital where the words had one; initials stay as they are."""
    opens = before[:1].isupper() and not before[1:2].isupper()
    return said[:1].upper() + said[1:] if opens else said
