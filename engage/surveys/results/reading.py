"""From what a release wrote down to results that a page can show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire.document import Document, Question, words
from engage.surveys.questionnaire.kinds import Type
from engage.surveys.results import bases, classes
from engage.surveys.results.disclosure.tables import ALL, Mark, Released, Value
from engage.surveys.results.models import Release
from engage.surveys.results.proportions import Promoters, Share, net_promoters
from engage.surveys.results.releasing import SILENT
from engage.surveys.results.showing import Crossed, Figure, Item, Results, Score, Segment, Silence
from engage.surveys.results.stored import Plain, released
from engage.surveys.results.tabulating import AWAY, CHOSEN, MAIN, WRITTEN, rows

Labels = Callable[[str], str]
MARKS = {classes.DETRACTORS: 0, classes.PASSIVES: 7, classes.PROMOTERS: 9}


def results(row: Release, wave: Wave, document: Document) -> Results:
    """In the language of this page."""
    kept = row.shown["items"]
    return Results(
        number=row.number,
        at=row.at,
        responses=row.responses,
        population=wave.population,
        items=tuple(
            item(question, kept[question.key], wave.population, row.responses)
            for question in document.questions
            if question.key in kept
        ),
        score=Score(**row.shown["score"]) if row.shown.get("score") else None,
    )


def item(question: Question, plain: Plain, population: int | None, responses: int) -> Item:
    tables = {name: released(one) for name, one in plain["tables"].items()}
    silent = released(plain[SILENT])
    base: Value = plain["base"] if isinstance(plain["base"], int) else Mark.HIDDEN
    side = Side(question, tables, base, population)
    bare = Item(
        question=question,
        label=words(question.text, language()),
        base=base,
        figures=tuple(side.figures()),
        silent=tuple(Silence(name, 0 if base == responses else silent.at(name)) for name in silent.rows),
        tables=tables,
        release=plain["release"],
        withheld=plain["withheld"],
    )
    if not bare.is_said:
        return bare
    return replace(bare, top=side.top(), promoters=_promoters(bare), middle=_middle(bare))


def crossed(plain: Plain, item: Item, by: Item, population: int | None) -> Crossed:
    """A crossing in the language of this page; those who named no segment last."""
    tables = {name: released(one) for name, one in plain["tables"].items()}
    columns = next(iter(tables.values())).columns
    named = {choice.code: words(choice.text, language()) for choice in by.question.choices}
    segments = []
    for column in columns:
        values = {table.at(column=column) for table in tables.values()}
        base = next((one for one in values if isinstance(one, int)), Mark.HIDDEN)
        side = Side(item.question, tables, base, population, column)
        label = named.get(column) or _("Did not say")
        segments.append(Segment(column, label, base, tuple(side.figures()), side.top()))
    return Crossed(item, by, tuple(segments))


@dataclass(frozen=True)
class Side:
    """One column of the tables of a question: all who answered it, or those of one segment."""

    question: Question
    tables: dict[str, Released]
    base: Value
    population: int | None
    column: str = ALL

    def figures(self) -> Iterator[Figure]:
        named = labels(self.question)
        away = {choice.code for choice in self.question.choices if choice.kind in AWAY}
        for code, value in self._values():
            yield Figure(code, named(code), value, self._share(value), code in away)

    def _share(self, value: Value) -> Share | None:
        if isinstance(value, int) and isinstance(self.base, int) and self.base:
            return Share(value, self.base, self.population)
        return None

    def _values(self) -> Iterator[tuple[str, Value]]:
        if self.question.type is Type.SEVERAL:
            yield from ((code, table.at(CHOSEN, self.column)) for code, table in self.tables.items())
            return
        main = self.tables[MAIN]
        if self.question.type.is_text:
            yield WRITTEN, main.at(WRITTEN, self.column)
            return
        column = "1" if self.question.type is Type.RANKING else self.column
        yield from ((code, main.at(code, column)) for code in main.rows)

    def top(self) -> Figure | None:
        """The best answers of a scale together, when the sum follows from what is shown."""
        if not is_scale(self.question):
            return None
        table, best = self.tables[MAIN], bases.top(scores(self.question))
        value, named = table.together(best, self.column), labels(self.question)
        both = _(" or ").join(_("“%(name)s”", name=named(code)) for code in table.rows if code in best)
        return Figure("top", both, value, self._share(value))


def labels(question: Question) -> Labels:
    """What people call a choice or a class."""
    if question.type.has_choices:
        named = {choice.code: words(choice.text, language()) for choice in question.choices}
        return lambda code: named[code]
    if question.type.is_text:
        return lambda _code: _("wrote something")
    if classes.is_promoters(question):
        return lambda code: code.replace("-", "–")
    return lambda code: classes.label(question, code)


def scores(question: Question) -> dict[str, float]:
    """The choices of a scale that count, with their scores."""
    kept = set(rows(question))
    return {one.code: one.score for one in question.choices if one.score is not None and one.code in kept}


def is_scale(question: Question) -> bool:
    """Whether its answers go from less to more: only then is there a top."""
    return question.type.takes_one and len(set(scores(question).values())) > 1


def _promoters(item: Item) -> Promoters | None:
    if not classes.is_promoters(item.question) or not item.is_whole:
        return None
    return net_promoters({MARKS[one.code]: one.value for one in item.figures if isinstance(one.value, int)})


def _middle(item: Item) -> str:
    """The class of the median: nothing but the numbers shown is needed for it."""
    if item.question.type not in {Type.NUMBER, Type.MONTH} or not item.is_whole or item.promoters:
        return ""
    seen = 0
    for one in item.figures:
        seen += one.value if isinstance(one.value, int) else 0
        if isinstance(item.base, int) and 2 * seen >= item.base:
            return one.label
    return ""
