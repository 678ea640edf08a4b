"""The tables of a release as rows of a file: every number that is shown on the desk, and no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engage.core.i18n import gettext as _
from engage.core.sheets import Cell
from engage.surveys.results import saying
from engage.surveys.results.disclosure.tables import Mark, Value
from engage.surveys.results.proportions import Share
from engage.surveys.results.showing import Crossed, Figure, Item, Results

COLUMNS = (
    "release", "question", "concept", "type", "wording", "segment_question", "segment", "kind", "answer",
    "answer_wording", "people", "base", "share", "low", "high",
)  # fmt: skip
SHARE, SILENCE, PLACE, TOP = "share", "not_counted", "place", "top"
DIGITS = 4
Row = tuple[Cell, ...]


def rows(results: Results, crossings: Sequence[Crossed]) -> Iterator[Row]:
    """Item by item, then crossing by crossing."""
    for item in results.items:
        yield from _of_item(item)
    for crossed in crossings:
        yield from _of_crossing(crossed)


def _about(item: Item, segment_question: str = "", segment: str = "") -> Row:
    question = item.question
    return (
        item.release, question.key, question.concept, question.type.value, item.label, segment_question,
        segment,
    )  # fmt: skip


def _of_item(item: Item) -> Iterator[Row]:
    about = _about(item)
    for figure in item.figures:
        yield (*about, SHARE, figure.code, figure.label, *_numbers(figure.value, item.base, figure.share))
    if item.top:
        yield (*about, TOP, *_top(item.top, item.base))
    if item.question.type == "ranking" and item.is_said:
        yield from _of_places(item, about)
    names = saying.states()
    for one in item.silent if item.is_said else ():
        yield (*about, SILENCE, one.state, names[one.state], *_numbers(one.value, None, None))


def _of_places(item: Item, about: Row) -> Iterator[Row]:
    """How often each choice got each place; the first place stands among the shares."""
    places = item.tables[""]
    for figure in item.figures:
        for place in places.columns[1:]:
            value = places.at(figure.code, place)
            yield (*about, f"{PLACE}_{place}", figure.code, figure.label, *_numbers(value, item.base, None))


def _of_crossing(crossed: Crossed) -> Iterator[Row]:
    for segment in crossed.segments:
        about = _about(crossed.item, crossed.by.key, segment.code)
        for figure in segment.figures:
            yield (
                *about, SHARE, figure.code, figure.label,
                *_numbers(figure.value, segment.base, figure.share),
            )  # fmt: skip
        if segment.top:
            yield (*about, TOP, *_top(segment.top, segment.base))


def _top(figure: Figure, base: Value) -> Row:
    return ("", figure.label, *_numbers(figure.value, base, figure.share))


def _numbers(value: Value, base: Value | None, share: Share | None) -> Row:
    """A number that is not said leaves its word in the cell of people, and nothing in those after it."""
    people = value.value.replace(" ", "_") if isinstance(value, Mark) else value
    of = base.value if isinstance(base, Mark) else base
    if share is None:
        return people, of, None, None, None
    low, high = share.interval
    return people, of, round(share.value, DIGITS), round(low, DIGITS), round(high, DIGITS)


def book_columns() -> list[str]:
    return ["column", "value", "meaning"]


def book() -> Iterator[Row]:
    """What each column holds, and what the words in the place of numbers say."""
    yield from (
        ("release", "", _("Number of the release that counted this")),
        ("question", "", _("Key of the question in its questionnaire")),
        ("concept", "", _("What it measures: the same in every version that asks it")),
        ("type", "", _("How it is answered")),
        ("wording", "", _("The question as it was asked")),
        ("segment_question", "", _("In a crossing: key of the question that makes the groups")),
        ("segment", "", _("In a crossing: code of the answer that makes this group")),
        ("segment", "-", _("Those who did not answer the question that makes the groups")),
        ("kind", SHARE, _("How many gave this answer")),
        ("kind", TOP, _("The best answers of a scale together")),
        ("kind", f"{PLACE}_2", _("How many put this answer in this place; “-”: in none")),
        ("kind", SILENCE, _("Why people are not in the base: they are in no share")),
        ("answer", "", _("Code of the answer")),
        ("answer_wording", "", _("The answer as it was offered")),
        ("people", "", _("How many people")),
        ("people", "hidden", _("From 1 to 4, or a number that would let one be worked out")),
        ("people", "nearly_all", _("At least 9 out of 10 of a small group, perhaps everybody")),
        ("base", "", _("Of how many people")),
        ("share", "", _("People divided by base, from 0 to 1")),
        ("low", "", _("Least likely true share: Wilson’s interval of 95 in 100")),
        ("high", "", _("Most likely true share: Wilson’s interval of 95 in 100")),
    )
