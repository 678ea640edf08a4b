"""Makes the crossings of a release: one when asked for, with those that must stand before it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.questionnaire.document import Document, Question
from engage.surveys.results import counting, crossing, queries
from engage.surveys.results.crossing import Pair
from engage.surveys.results.disclosure.tables import Released
from engage.surveys.results.models import Crossing, Release
from engage.surveys.results.releasing import History
from engage.surveys.results.stored import Plain, released
from engage.surveys.results.tabulating import MAIN


@dataclass
class Crosser:
    """All that was shown of a wave so far. `made`: what was crossed anew."""

    wave: Wave
    document: Document
    release: Release
    history: History
    crossings: list[tuple[Crossing, int]]
    made: list[Crossing] = field(default_factory=list)

    @classmethod
    def of(cls, wave: Wave) -> Crosser:
        """Raises Refused when nothing is released, or when answers came since."""
        release = queries.last(wave)
        if release is None:
            raise Refused(_("Release the results first: then they can be crossed."))
        if wave.erased_at is not None or counting.responses(wave) != release.responses:
            raise Refused(_("The answers have changed since these results: they can no longer be crossed."))
        document = questionnaires.document(wave.version)
        return cls(wave, document, release, queries.history(wave), list(queries.crossings(wave)))

    def get(self, key: str, by: str) -> Crossing:
        """The crossing of the last release. Raises Refused."""
        question, segment = self.document.question(key), self.document.question(by)
        if question is None or segment is None or not self._may(question, segment):
            raise Refused(_("These two questions cannot be crossed."))
        if any((one.question, one.segment) == (by, key) for one, _number in self.crossings):
            raise Refused(_("These two questions are crossed already, the other way round. Read it there."))
        for one, number in self.crossings:
            if (one.question, one.segment, number) == (key, by, self.release.number):
                return one
        return self._make(question, segment)

    def _may(self, question: Question, segment: Question) -> bool:
        return (
            question.key != segment.key
            and crossing.can_be_crossed(question)
            and crossing.can_be_segment(segment)
            and all(self._is_fresh(one) for one in (question, segment))
            and self._parts(segment) > 1
        )

    def _parts(self, segment: Question) -> int:
        """How many segments may be told apart: where one answer is all that is said, there is no crossing."""
        table = released(self.release.shown["items"][segment.key]["tables"][MAIN])
        return sum(isinstance(row[0], int) and row[0] > 0 for row in table.grid[:-1])

    def _is_fresh(self, question: Question) -> bool:
        """Whether the last release said something new of it."""
        held = self.release.shown["items"][question.key]
        return bool(held["release"] == self.release.number and isinstance(held["base"], int))

    def _make(self, question: Question, segment: Question) -> Crossing:
        pair = Pair(
            question,
            segment,
            self._asked(question, segment),
            [self._tables(plain, question) for plain in self._told(question)],
        )
        former = [
            (one.shown, json.loads(one.counted or "{}"))
            for one, _number in self.crossings
            if (one.question, one.segment) == (question.key, segment.key)
        ]
        met = counting.crossed(self.wave, question, segment)
        shown, counted = crossing.cross(pair, met, former, queries.rules(self.wave))
        row = Crossing(release_id=self.release.id, question=question.key, segment=segment.key, at=now())
        row.shown, row.counted = shown, json.dumps(counted)
        db.session.add(row)
        db.session.flush()
        self.crossings.append((row, self.release.number))
        self.made.append(row)
        return row

    def _told(self, question: Question) -> list[tuple[int, Plain]]:
        """How many responded and what was said, by each release that counted this question anew."""
        return [
            (counted["responses"], shown["items"][question.key])
            for number, shown, counted in self.history
            if shown["items"][question.key]["release"] == number
        ]

    @staticmethod
    def _tables(told: tuple[int, Plain], question: Question) -> dict[str, Released]:
        return {name: released(plain) for name, plain in told[1]["tables"].items()}

    def _asked(self, question: Question, segment: Question) -> Sequence[Released]:
        """How many of each segment were asked this question, as other tables of each release tell it."""
        if question.show_if is None:
            return [
                crossing.asked_of_all(segment, self._tables(told, segment)[MAIN], told[0])
                for told in self._told(segment)
            ]
        opened = crossing.opener(question, self.document)
        if opened is None:
            raise Refused(_("These two questions cannot be crossed."))
        earlier, codes = opened
        if earlier.key == segment.key:
            return [
                crossing.asked_inside(segment, self._tables(told, segment)[MAIN], codes)
                for told in self._told(segment)
            ]
        self.get(earlier.key, segment.key)
        return [
            crossing.asked_after(one.shown, earlier, codes)
            for one, _number in self.crossings
            if (one.question, one.segment) == (earlier.key, segment.key)
        ]
