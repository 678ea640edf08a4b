"""The writing assistant: reads our Markdown and says what to simplify, where, why and how."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from engage.reading import sharper
from engage.reading.finding import Body, Finding, Findings, Rule, Severity
from engage.reading.measures import Measures, measured
from engage.reading.rules import (
    emergency,
    initials,
    length,
    marks,
    negation,
    numbers,
    passive,
    pictures,
    structure,
    tenses,
    words,
)
from engage.reading.text import Given, Term, Text

RuleOf = Callable[[Text], Findings]
EVERY_LANGUAGE: tuple[RuleOf, ...] = (length.long_sentences, structure.headings, emergency.altered)
FRENCH: tuple[RuleOf, ...] = (
    length.several_ideas,
    initials.acronyms,
    words.jargon,
    words.rare_and_long,
    words.glossary_words,
    words.synonyms,
    passive.passives,
    negation.negations,
    tenses.tenses,
    numbers.figures,
    numbers.in_letters,
    marks.abbreviations,
    marks.brackets,
    marks.slashes,
    marks.shouting,
    structure.hidden_lists,
    structure.reader,
    structure.actions,
)
ON_THE_SOURCE: tuple[RuleOf, ...] = (pictures.alternatives, emergency.links)


class Mode(StrEnum):
    """What ran: our rules alone, or sharpened by the optional `nlp` extra."""

    RULES = "rules"
    NLP = "nlp"


@dataclass(frozen=True)
class Report:
    """Findings in the order of the text, by their places in the source."""

    findings: tuple[Finding, ...]
    measures: Measures
    mode: Mode


def check(
    text: str,
    *,
    body: Body | str,
    language: str = "fr",
    action_page: bool = False,
    glossary: Iterable[Term] = (),
    kept: Iterable[tuple[Rule | str, str]] = (),
    plain: Iterable[tuple[str, str]] = (),
) -> Report:
    """What to simplify in `text`.

    `kept`: pairs of a rule and the words of the source, which authors keep with a reason: not said again,
    unless they stand in the way of publication. `plain`: pairs of words and what to say instead, besides our
    own list. In another language than French we look at sentence length, emergency numbers, pictures, titles.
    """
    given = Given(Body(body), language, action_page, tuple(glossary), tuple(plain))
    read = Text(text, given)
    settled = {(Rule(rule), words) for rule, words in kept}
    findings = tuple(
        one
        for one in _said_once(sorted(_findings(read)))
        if one.severity is Severity.BLOCKING or (one.rule, text[one.start : one.end]) not in settled
    )
    mode = Mode.NLP if language == "fr" and sharper.is_there() else Mode.RULES
    return Report(findings, measured(read), mode)


def blocking(report: Report) -> tuple[Finding, ...]:
    """What stands in the way of publication."""
    return tuple(one for one in report.findings if one.severity is Severity.BLOCKING)


def _said_once(findings: list[Finding]) -> Iterator[Finding]:
    """Without what only repeats that a word of the trade, or of the glossary, is rare or long."""
    told = 0
    for one in findings:
        if one.rule in {Rule.JARGON, Rule.GLOSSARY_WORD}:
            told = max(told, one.end)
        elif one.rule in {Rule.RARE_WORD, Rule.LONG_WORD} and one.end <= told:
            continue
        yield one


def _findings(text: Text) -> Iterator[Finding]:
    rules = EVERY_LANGUAGE + (FRENCH if text.given.language == "fr" else ())
    for rule in rules:
        for one in rule(text):
            start, end = text.source.span(one.start, one.end)
            yield replace(one, start=start, end=end)
    for rule in ON_THE_SOURCE:
        yield from rule(text)
