"""How a text is laid out: titles, lists, whom it speaks to, and what one can do."""

import re
from collections.abc import Iterator

from engage.core.i18n import gettext as _
from engage.reading.content import forms
from engage.reading.finding import Body, Finding, Findings, Rule, Severity
from engage.reading.source import Kind
from engage.reading.text import Sentence, Text

MOST_WORDS = 120
LEAST_ITEMS = 4
ITEM_WORDS, BARE_WORDS = 10, 4
ACTIONS = frozenset({"appeler", "etapes", "faire"})
READER = re.compile(
    r"(?<!rendez-)\b(?:vous|votre|vos|vôtres?)\b|\b(?!chez\b|assez\b|nez\b|rendez-vous)\w{2,}ez\b", re.I
)
AND = re.compile(r"[\s,]+(?:et|ou|ou bien|et aussi)\s+")
ASIDE = re.compile(r"\b(?:qui|que|qu'|dont|quand|si|parce|pour|tout|mais|oui|sans)\b|(?<!ch)(?<!ass)ez\b")


def headings(text: Text) -> Findings:
    """Prose of more than 120 words without a title, said where it becomes too much."""
    words = 0
    for sentence in text.sentences:
        if sentence.kind is Kind.HEADING:
            words = 0
            continue
        before, words = words, words + sentence.words
        if before <= MOST_WORDS < words:
            message = _("More than %(most)s words without a title. Put one here, or before.", most=MOST_WORDS)
            yield Finding(sentence.start, sentence.end, Rule.NO_HEADING, Severity.AMBER, message)


def hidden_lists(text: Text) -> Findings:
    """Four things and more in a row, with commas between."""
    for sentence in text.sentences:
        for start, end, items in _rows(text, sentence):
            message = _("Here are %(number)s things in a row. Make a list of them, one a line.", number=items)
            yield Finding(start, end, Rule.HIDDEN_LIST, Severity.AMBER, message)


def _rows(text: Text, sentence: Sentence) -> Iterator[tuple[int, int, int]]:
    """Between the signs that part a sentence: where short parts follow each other, and how many."""
    for clause in re.finditer(r"[^:;()]+", text.plain[sentence.start : sentence.end]):
        parts = clause[0].split(",")
        if len(parts) > 1:
            parts[-1:] = AND.split(parts[-1])
        if len(parts) >= LEAST_ITEMS and _are_alike(parts[1:]):
            lead = len(clause[0]) - len(clause[0].lstrip())
            start = sentence.start + clause.start()
            yield start + lead, start + len(clause[0].rstrip()), len(parts)


def _are_alike(parts: list[str]) -> bool:
    """Whether what stands between the commas begins alike: "la…, les… et un…", or is a word or two each."""
    words = [part.lower().replace("’", "'").replace("'", "' ").split() for part in parts]
    if not all(words) or any(len(item) > ITEM_WORDS or ASIDE.search(" ".join(item)) for item in words):
        return False
    if all(item[0] in forms("determiners") for item in words) or all(
        item[0] in {"de", "d'"} for item in words
    ):
        return True
    return all(len(item) <= BARE_WORDS for item in words)


def reader(text: Text) -> Findings:
    """A page about what one can do, that never speaks to the reader."""
    first = next(iter(text.sentences), None)
    if text.given.action_page and first and not READER.search(text.plain):
        message = _("This page never says “you”. Speak to the reader: “You can…”, “Call…”.")
        yield Finding(first.start, first.end, Rule.NO_READER, Severity.RED, message)


def actions(text: Text) -> Findings:
    """A page about what one can do, without a block that says it."""
    if not text.given.action_page or text.given.body is Body.SHORT or not text.sentences:
        return
    if not any(block.address in ACTIONS for block in text.source.blocks):
        last = text.sentences[-1]
        message = _("This page does not show what to do. Add a block: steps, or whom to call.")
        yield Finding(last.start, last.end, Rule.NO_ACTION, Severity.RED, message)
