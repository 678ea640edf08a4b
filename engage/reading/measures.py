"""How hard a text is, in numbers, and what they must reach before a page is published."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from babel.numbers import format_decimal

from engage.core.i18n import gettext as _
from engage.core.i18n import language, ngettext
from engage.reading import vocabulary
from engage.reading.acronyms import Acronyms
from engage.reading.finding import Body
from engage.reading.lexicon import syllables
from engage.reading.sentences import WORD
from engage.reading.text import Given, Term, Text

MANY_WORDS = 15


class Gate(NamedTuple):
    mean: int
    longest: int
    kandel_moles: int


GATES = {Body.SIMPLE: Gate(12, 20, 70), Body.SHORT: Gate(8, 15, 85)}


@dataclass(frozen=True)
class Measures:
    """Of the prose of one text: titles and the lines of a card of contacts are left out.

    `share_long` is the share of sentences over 15 words, `share_rare` that of rare words, both from 0 to 1;
    `kandel_moles` is None where it means nothing: without words, or in another language than French.
    """

    words: int
    sentences: int
    longest: int
    share_long: float
    share_rare: float
    kandel_moles: float | None
    unknown_acronyms: tuple[str, ...]

    @property
    def mean(self) -> float:
        """Words a sentence."""
        return self.words / self.sentences if self.sentences else 0.0


def measures(text: str, body: Body | str, *, language: str = "fr", glossary: Iterable[Term] = ()) -> Measures:
    """Measure our Markdown `text`."""
    return measured(Text(text, Given(Body(body), language, glossary=tuple(glossary))))


def measured(text: Text) -> Measures:
    prose = [sentence for sentence in text.sentences if sentence.is_prose]
    counts = [sentence.words for sentence in prose]
    is_french = text.given.language == "fr"
    rare = sum(len(vocabulary.rare(text, sentence)) for sentence in prose) if is_french else 0
    words = sum(counts)
    return Measures(
        words=words,
        sentences=len(prose),
        longest=max(counts, default=0),
        share_long=sum(count > MANY_WORDS for count in counts) / (len(prose) or 1),
        share_rare=rare / (words or 1),
        kandel_moles=_kandel_moles(text, words, len(prose)) if words and is_french else None,
        unknown_acronyms=tuple(text.words(one.start, one.end) for one in Acronyms(text).unknown())
        if is_french
        else (),
    )


def _kandel_moles(text: Text, words: int, sentences: int) -> float:
    """Reading ease of French, 0 hard to 100 easy: 207 - 1.015 words a sentence - 73.6 syllables a word.

    Source: L. Kandel and A. Moles, « Application de l’indice de Flesch à la langue française », Cahiers
    d’études de radio-télévision, 19, 1958, p. 253-274.
    """
    said = sum(
        syllables(word[0])
        for sentence in text.sentences
        if sentence.is_prose
        for word in WORD.finditer(text.plain, sentence.start, sentence.end)
    )
    return 207 - 1.015 * words / sentences - 73.6 * said / words


def gates(found: Measures, body: Body | str) -> list[str]:
    """What falls short of what a page of this body must reach, one sentence each, with its numbers."""
    return list(_short(found, Body(body)))


def _short(found: Measures, body: Body) -> Iterator[str]:
    gate = GATES[body]
    if found.mean > gate.mean:
        yield _(
            "Sentences have %(mean)s words on average; %(most)s at most. Cut the longest ones first.",
            mean=_number(found.mean), most=gate.mean,
        )  # fmt: skip
    if found.longest > gate.longest:
        yield _(
            "The longest sentence has %(words)s words; %(most)s at most. Cut it in two.",
            words=found.longest, most=gate.longest,
        )  # fmt: skip
    if found.kandel_moles is not None and found.kandel_moles < gate.kandel_moles:
        yield _(
            "Reading ease (Kandel-Moles) is %(ease)s; %(least)s at least. Take shorter words.",
            ease=round(found.kandel_moles), least=gate.kandel_moles,
        )  # fmt: skip
    if body is Body.SHORT and (unknown := found.unknown_acronyms):
        yield ngettext(
            "%(num)s acronym is not explained: %(which)s.",
            "%(num)s acronyms are not explained: %(which)s.",
            len(unknown), which=", ".join(unknown),
        )  # fmt: skip


def _number(value: float) -> str:
    return format_decimal(value, "0.#", locale=language())
