"""Words: of the trade, rare, long, of the glossary, or two for one thing."""

import re
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from engage.core.i18n import gettext as _
from engage.core.words import fold
from engage.reading import vocabulary
from engage.reading.acronyms import AFTER
from engage.reading.content import held, words
from engage.reading.finding import Finding, Findings, Rule, Severity
from engage.reading.phrases import Match, Phrases, key
from engage.reading.text import Term, Text

SOFT = frozenset("aeiouyh")
LONGEST_ARTICLE = 8  # "cette", a space, and what stands before
BARE = re.compile(r"\b(?:le|la|de|que|ne|se|je)\s$", re.I)
ARTICLE = re.compile(r"\b(?:un|une|le|la|du|au|ce|cet|cette|[mts](?:on|a)|quel|quelle|aucun|aucune)\s$", re.I)


def jargon(text: Text) -> Findings:
    """By our list, and by what grew from accepted edits."""
    lists = [_jargon()]
    if text.given.plain:
        lists.insert(0, Phrases(text.given.plain))
    for sentence in text.sentences:
        taken: list[tuple[int, int]] = []
        for phrases in lists:
            for one in phrases.find(sentence.tokens):
                if not (_is_told(text, one) or _overlaps(one, taken)):
                    taken.append((one.start, one.end))
                    yield _jargon_finding(text, one)


def _is_told(text: Text, one: Match[str]) -> bool:
    """Whether it is somebody’s word, or the glossary explains it."""
    return text.is_named(one.start) or fold(text.words(one.start, one.end)) in text.terms


def _overlaps(one: Match[str], taken: list[tuple[int, int]]) -> bool:
    return any(one.start < end and start < one.end for start, end in taken)


@cache
def _jargon() -> Phrases[str]:
    return Phrases((words, plain or "") for words, plain in held("jargon").items())


def _jargon_finding(text: Text, one: Match[str]) -> Finding:
    word = text.words(one.start, one.end)
    plain = one.held[:1].upper() + one.held[1:] if word[:1].isupper() else one.held
    if one.held:
        message = _(
            "“%(word)s” is a word of the trade. Say it plainly: “%(plain)s”.", word=word, plain=one.held
        )
    else:
        message = _("“%(word)s” is a word of the trade. Say it plainly.", word=word)
    return Finding(
        one.start, one.end, Rule.JARGON, Severity.AMBER, message, plain if _fits(text, one) else ""
    )


def _fits(text: Text, one: Match[str]) -> bool:
    """Whether the plain words can follow what stands before: "l’" wants a vowel, "le" and "de" none."""
    opens_soft = fold(one.held[:1]) in SOFT
    before = text.plain[max(0, one.start - LONGEST_ARTICLE) : one.start]
    if before.endswith(("’", "'")):
        return opens_soft
    return not (BARE.search(before) and opens_soft) and not (ARTICLE.search(before) and one.held in _turned())


@cache
def _turned() -> frozenset[str]:
    """What wants another article than the word of the trade had."""
    return frozenset(held("turned"))


def rare_and_long(text: Text) -> Findings:
    """Each rare word once, and each long one that is not rare."""
    said: set[str] = set()
    for sentence in text.sentences:
        found = [(span, _rare) for span in vocabulary.rare(text, sentence)]
        found += [(span, _long) for span in vocabulary.long(text, sentence)]
        for (start, end), finding in found:
            word = text.words(start, end)
            if key(word) not in said and not text.is_named(start):
                said.add(key(word))
                yield finding(start, end, word)


def _rare(start: int, end: int, word: str) -> Finding:
    message = _("Few people use “%(word)s”. Take an everyday word, or explain it.", word=word)
    return Finding(start, end, Rule.RARE_WORD, Severity.AMBER, message)


def _long(start: int, end: int, word: str) -> Finding:
    message = _("“%(word)s” is a long word. A shorter one is read faster.", word=word)
    return Finding(start, end, Rule.LONG_WORD, Severity.AMBER, message)


def glossary_words(text: Text) -> Findings:
    """Words of the glossary that are no initials, at their first use, unless the text explains them."""
    phrases = Phrases((term.term, term) for term in text.given.glossary if _is_hard(term.term))
    said = {fold(block.words) for block in text.source.blocks if block.address == "mot"}
    for sentence in filter(attrgetter("is_prose"), text.sentences):
        for one in phrases.find(sentence.tokens):
            term = fold(one.held.term)
            if term not in said:
                said.add(term)
                if not AFTER.match(text.plain, one.end):
                    yield _glossary_word(text, one)


def _is_hard(term: str) -> bool:
    return not (term.isupper() or fold(term) in words("familiar"))


def _glossary_word(text: Text, one: Match[Term]) -> Finding:
    word = text.words(one.start, one.end)
    message = _("“%(word)s” is a word of the glossary. The first time, explain it in a few words.", word=word)
    return Finding(one.start, one.end, Rule.GLOSSARY_WORD, Severity.AMBER, message)


class Member(NamedTuple):
    """One of the words for a thing: which thing, and its forms, the first one singular."""

    group: int
    forms: tuple[str, ...]


def synonyms(text: Text) -> Findings:
    """A second word for what the text already named otherwise, once each."""
    first: dict[int, Member] = {}
    said: set[Member] = set()
    for sentence in text.sentences:
        for one in _synonyms().find(sentence.tokens):
            if one.held and one.held not in {first.setdefault(one.held.group, one.held), *said}:
                said.add(one.held)
                yield _synonym(text, one.start, one.end, first[one.held.group])


@cache
def _synonyms() -> Phrases[Member | None]:
    lists = held("synonyms")
    members: list[tuple[str, Member | None]] = [(phrase, None) for phrase in lists["apart"]]
    for number, group in enumerate(lists["groups"]):
        for written in group:
            forms = tuple(written.split("|"))
            members += [(form, Member(number, forms)) for form in forms]
    return Phrases(members)


def _synonym(text: Text, start: int, end: int, first: Member) -> Finding:
    word, one = text.words(start, end), first.forms[0]
    is_plural = word.endswith(("s", "x")) and word != one
    same = next((form for form in first.forms if form.endswith(("s", "x")) == is_plural), one)
    message = _("You wrote “%(first)s” before. One word for one thing: keep it.", first=one)
    return Finding(start, end, Rule.SYNONYM, Severity.AMBER, message, same)
