"""Numbers that are hard to picture, or written in letters."""

import re
from collections.abc import Iterator

from engage.core.i18n import gettext as _
from engage.reading.content import held
from engage.reading.finding import Finding, Findings, Rule, Severity
from engage.reading.text import Sentence, Text, Token

SPACE = "[ \u00a0\u202f]"
PERCENT = re.compile(rf"(?P<number>\d+(?:[.,]\d+)?){SPACE}?(?:%|pour{SPACE}cents?\b|p\.{SPACE}?100)")
PEOPLE = re.compile(rf"{SPACE}des{SPACE}gens\b")
PART = re.compile(rf"{SPACE}(?:(?:de|du|des)\b|d['’])")
# Phone numbers, dates, times, prices, versions of an address: exact by nature.
EXACT = re.compile(
    rf"(?:\+\d\d|0)(?:{SPACE}|\.)?\d(?:(?:{SPACE}|\.|-)?\d\d){{4}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}"
    rf"|\d+(?:[.,]\d+)?{SPACE}?(?:€|euros?\b|mg\b|ml\b|g\b|mL\b|h\b)"
    r"|(?<![\w.@/-])[\w@/-]{1,60}+\.[a-z][\w./-]{1,200}|[A-Z]\d[\d.-]*"
)
DECIMAL = re.compile(r"(?<![\d.,])\d+[.,]\d+(?![.,]?\d)")
BIG = re.compile(
    rf"(?<![\d.,])(?:\d{{1,3}}(?:(?:{SPACE}|\.)\d{{3}})+|\d{{5,}})(?![\d%])"
    rf"(?P<place>{SPACE}+[A-ZÀ-Ý])?|\d+(?:,\d+)?{SPACE}(?:million|milliard)s?\b"
)
LONGEST = 16  # tokens of a number in letters
BIG_FROM = 10_000
OF_TEN, OF_A_HUNDRED = 10, 100


def figures(text: Text) -> Findings:
    for sentence in text.sentences:
        marked = list(_figures(text, sentence))
        exact = [found.span() for found in EXACT.finditer(text.plain, sentence.start, sentence.end) if marked]
        for found in marked:
            if not any(start < found.end and found.start < end for start, end in exact):
                yield found


def _figures(text: Text, sentence: Sentence) -> Iterator[Finding]:
    percents = list(PERCENT.finditer(text.plain, sentence.start, sentence.end))
    yield from map(_percent, percents)
    taken = [found.span() for found in percents]
    for found in DECIMAL.finditer(text.plain, sentence.start, sentence.end):
        if not any(start <= found.start() < end for start, end in taken):
            message = _("A whole number is easier. Round it where nothing depends on it.")
            yield Finding(*found.span(), Rule.DECIMAL, Severity.AMBER, message)
    for found in BIG.finditer(text.plain, sentence.start, sentence.end):
        if _is_big(found):
            message = _("Such a big number is hard to picture. Compare it with something known, or round it.")
            yield Finding(found.start(), found.end(), Rule.BIG_NUMBER, Severity.AMBER, message)


def _percent(found: re.Match[str]) -> Finding:
    message = _("A percentage is hard to picture. Count people instead: “8 out of 10”.")
    people = PEOPLE.match(found.string, found.end())
    end = people.end() if people else found.end()
    said = _out_of(found["number"], " personnes" if people else "")
    # "8 sur 10 des patients" is no French: the writer turns the sentence.
    suggestion = "" if PART.match(found.string, end) else said
    return Finding(found.start(), end, Rule.PERCENT, Severity.AMBER, message, suggestion)


def _out_of(number: str, people: str) -> str:
    """8 in 10 where that is exact, else so many in 100; nothing where it is no whole number."""
    value = float(number.replace(",", "."))
    if not 0 < value < OF_A_HUNDRED or value != int(value):
        return ""
    tenth = value % OF_TEN == 0
    count, of = (int(value) // OF_TEN, OF_TEN) if tenth else (int(value), OF_A_HUNDRED)
    return f"{count}{people} sur {of}"


def _is_big(found: re.Match[str]) -> bool:
    """A postcode is followed by the name of a place."""
    digits = re.sub(r"\D", "", found[0])
    is_postcode = found["place"] and len(digits) == 5 and found[0][:5].isdigit()
    return not is_postcode and ("illi" in found[0] or int(digits) >= BIG_FROM)


def in_letters(text: Text) -> Findings:
    """Numbers of two and more; "un" is an article, and some phrases are no numbers."""
    for sentence in text.sentences:
        tokens, index = sentence.tokens, 0
        while index < len(tokens):
            count, value = said(tokens, index)
            if count and value > 1 and not _is_phrase(tokens, index, count):
                yield _letters(tokens[index].start, tokens[index + count - 1].end, value)
            index += count or 1


def _letters(start: int, end: int, value: int) -> Finding:
    message = _("Figures are quicker to read: “%(number)s”.", number=value)
    return Finding(start, end, Rule.NUMBER_IN_LETTERS, Severity.AMBER, message, str(value))


def said(tokens: list[Token], index: int) -> tuple[int, int]:
    """How many tokens from `index` on say a number, and which: "dix-sept", "vingt et un", "deux cents"."""
    units: dict[str, int] = held("numbers")["units"]
    total = current = count = 0
    for at in range(index, min(index + LONGEST, len(tokens))):
        word = tokens[at].low
        if word in {"-", "et"} and count and at + 1 < len(tokens) and tokens[at + 1].low in units:
            if word == "et" and not _joins(tokens[at - 1].low, tokens[at + 1].low):
                break
            continue
        if word not in units or not _goes_on(current, units[word]):
            break
        total, current = _added(total, current, units[word])
        count = at - index + 1
    return count, total + current


def _joins(before: str, after: str) -> bool:
    """ "vingt et un" is one number, "deux et trois" are two."""
    return (before.endswith(("vingt", "ante")) and after in {"un", "une", "onze"}) or before == "soixante"


def _goes_on(current: int, unit: int) -> bool:
    """After "un" to "neuf" only "cent", "mille" or the "vingt" of "quatre-vingt" go on with the number."""
    return current % 10 == 0 or unit >= 100 or (unit == 20 and current % 100 == 4)


def _added(total: int, current: int, unit: int) -> tuple[int, int]:
    if unit == 1000:
        return total + (current or 1) * unit, 0
    if unit == 100:
        return total, (current or 1) * unit
    if unit == 20 and current % 100 == 4:
        return total, current + 76
    return total, current + unit


def _is_phrase(tokens: list[Token], index: int, count: int) -> bool:
    """ "en deux mots", "tous les deux", "venir à deux", "du neuf"."""
    phrases: list[str] = held("numbers")["phrases"]
    around = " ".join(token.low for token in tokens[max(0, index - 3) : index + count + 2])
    if any(f" {phrase} " in f" {around} " for phrase in phrases):
        return True
    return tokens[index].low == "neuf" and (
        index == 0 or tokens[index - 1].low not in {"les", "des", "à", "de"}
    )
