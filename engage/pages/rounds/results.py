"""What readers made of each line, for those who write the page: the worst first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from engage.pages.markup import Line
from engage.pages.rounds import queries
from engage.pages.rounds.models import CONCERNED, LineMark, ReadingRound, RoundReader, Understanding

WEIGHT = {Understanding.NO: 2, Understanding.UNSURE: 1, Understanding.YES: 0}


class Heard(NamedTuple):
    """One line, how many said what of it, and their remarks."""

    line: Line
    said: Counter[Understanding]
    remarks: list[str]

    @property
    def trouble(self) -> int:
        """Not understood weighs twice not sure: it only puts lines in order, and decides nothing."""
        return sum(WEIGHT[mark] * times for mark, times in self.said.items())


def heard(round_: ReadingRound, marks: Sequence[LineMark]) -> list[Heard]:
    """Every line, also of those who have not finished."""
    said: dict[int, Counter[Understanding]] = defaultdict(Counter)
    remarks: dict[int, list[str]] = defaultdict(list)
    for one in marks:
        said[one.line][one.mark] += 1
        if one.remark:
            remarks[one.line].append(one.remark)
    found = [Heard(line, said[line.number], remarks[line.number]) for line in queries.lines(round_)]
    return sorted(found, key=lambda one: (-one.trouble, one.line.number))


def read(marks: Sequence[LineMark]) -> Counter[int]:
    """How many lines each reader has answered, by the row of the reader."""
    return Counter(one.reader_id for one in marks)


def concerned(readers: Sequence[RoundReader]) -> int:
    """How many readers concerned have read to the end."""
    return sum(one.finished_at is not None and one.kind in CONCERNED for one in readers)
