"""Emergency numbers that are not written as they are dialled: whoever calls "le 51" reaches nobody."""

import re
from collections.abc import Iterator
from functools import cache

from engage.core.i18n import gettext as _
from engage.core.words import fold
from engage.reading.content import held
from engage.reading.finding import Finding, Findings, Rule, Severity
from engage.reading.rules.numbers import said
from engage.reading.text import Sentence, Text

SPACE = "[ \u00a0\u202f.-]"
# Figures, or what is typed for them: a small L, a capital I or O.
NUMBER = re.compile(rf"(?<![\w,/€+-])(?=[lIO]*\d)[\dlIO](?:{SPACE}?[\dlIO])*(?![\w%€/@]|[.,]\d)")
IN_TWO = re.compile(rf"\d\d{SPACE}\d\d")
ARTICLE = r"(?:le|au|du|the|to|on|el|al|o|ao|il|lo|die|den|der|unter|:|=|\()"
NOT_A_CALL = re.compile(r"\b(?:avant|depuis|jusqu'|des|partir|before|after|until|apres|entre|vers)\W*\w*\W*$")
JOINED = re.compile(
    r"[\s,/]*(?:(?:ou|et|puis|or|and|then|y|e|und|oder|sinon)\b)?[\s,]*(?:(?:le|au|the|el|al|il)\b)?\s*"
)
NO_NUMBER_AFTER = re.compile(
    r"\s*(?:h\b|heures?\b|ans?\b|jours?\b(?! et nuit)|minutes?\b|min\b|personnes?\b|fois\b|euros?\b|°"
    r"|(?!puis|dans|sans|vous|nous|tous|depuis|des|mais)\w{3,}s\b)"
)
LOOK_BACK = 60  # "Vous pensez à mourir ?" stands before "Appelez le…"
CARD = frozenset({"appeler", "attention"})
WHICH = {"l": "1", "I": "1", "O": "0"}


def altered(text: Text) -> Findings:
    """Where a number to call is none, or is not written as one; and where another is dialled than is read."""
    for sentence in text.sentences:
        yield from _in_figures(text, sentence)
        yield from _in_letters(text, sentence)


def links(text: Text) -> Findings:
    """In the source: a link that reads 15 and dials 18."""
    for link in text.source.links:
        shown = next((_digits(found[0]) for found in NUMBER.finditer(link.words)), "")
        dialled = re.sub(r"\D", "", link.address)
        if link.address.startswith("tel:") and shown in _numbers() and shown != dialled:
            yield _finding(link.start, link.end, link.words, shown, "")


def _in_figures(text: Text, sentence: Sentence) -> Iterator[Finding]:
    before = sentence.start
    called: list[str] = []
    for found in NUMBER.finditer(text.plain, sentence.start, sentence.end):
        joined = bool(called) and JOINED.fullmatch(text.plain, before, found.start())
        before = found.end()
        if not (joined or _is_called(text, sentence, found)) or _is_date(text, found):
            called = []
            continue
        digits = _digits(found[0])
        called.append(digits)
        right = _right(found[0], digits, sentence, text)
        if right is not None:
            yield _finding(found.start(), found.end(), found[0], right, right)


def _finding(start: int, end: int, written: str, number: str, suggestion: str) -> Finding:
    if number:
        message = _("An emergency number must be written as it is dialled: %(number)s.", number=number)
    else:
        message = _(
            "“%(written)s” is not an emergency number. Check it: a life may hang on it.", written=written
        )
    return Finding(start, end, Rule.EMERGENCY_NUMBER, Severity.BLOCKING, message, suggestion)


def _digits(written: str) -> str:
    return re.sub(r"\D", "", "".join(WHICH.get(char, char) for char in written))


def _right(written: str, digits: str, sentence: Sentence, text: Text) -> str | None:
    """What should stand there, "" where we cannot tell; None where all is well."""
    if digits in _numbers():
        if written == digits or (len(digits) == 4 and IN_TWO.fullmatch(written)) or len(digits) > 4:
            return _for_another_service(digits, sentence, text)
        return digits
    if digits in held("emergency")["others"] or not 2 <= len(digits) <= 6:
        return None
    near = _near(digits)
    return near if near or len(digits) < 4 else None


def _for_another_service(digits: str, sentence: Sentence, text: Text) -> str | None:
    """The number of the one service that the sentence names, where another stands beside it."""
    before = text.words(max(0, sentence.start - LOOK_BACK), sentence.start)
    words = fold(text.words(sentence.start, sentence.end))
    asked = fold(before) if before.rstrip().endswith("?") else ""
    named = [
        one
        for one in held("emergency")["services"]
        if any(_says(asked + words, word) for word in one["words"])
    ]
    if len(named) != 1 or digits in named[0]["numbers"] or len(NUMBER.findall(words)) != 1:
        return None
    return str(named[0]["numbers"][0])


def _says(words: str, phrase: str) -> bool:
    return bool(re.search(rf"\b{phrase}\b", words))


def _near(digits: str) -> str:
    """The emergency number that two swapped figures, or one wrong, one more or one less, would make of it."""
    swapped = {digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1)}
    for number in _numbers():
        if number in swapped:
            return number
    close = [number for number in _numbers() if len(digits) > 2 and _one_apart(number, digits)]
    return close[0] if len(close) == 1 else ""


def _one_apart(number: str, digits: str) -> bool:
    if len(number) == len(digits):
        return sum(one != other for one, other in zip(number, digits, strict=True)) == 1
    longer, shorter = sorted((number, digits), key=len, reverse=True)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _is_called(text: Text, sentence: Sentence, found: re.Match[str]) -> bool:
    """Whether somebody is told to call this number: by a verb, a service beside it, or a card of numbers."""
    before = fold(text.plain[sentence.start : found.start()])
    after = text.plain[found.end() : sentence.end]
    if sentence.block in CARD and not before.strip(" -*") and re.match(r"\s*:", after):
        return True
    if NOT_A_CALL.search(before):
        return False
    return bool(_calling(text.given.language).search(before)) or bool(_after_service().search(before))


@cache
def _calling(language: str) -> re.Pattern[str]:
    held_words: dict[str, str] = held("emergency")["calling"]
    words = held_words.get(language, " ".join(held_words.values())).split()
    between = "|".join(map(fold, held("emergency")["between"].split()))
    verbs = "|".join(sorted(map(fold, words), key=len, reverse=True))
    return re.compile(rf"\b(?:{verbs})\b(?:[\s,]+(?:{between}))*[\s:,]*{ARTICLE}?\s*$")


@cache
def _after_service() -> re.Pattern[str]:
    services = [word for one in held("emergency")["services"] for word in one["words"]]
    return re.compile(rf"\b(?:{'|'.join(services)})\b[\s:(=]*{ARTICLE}?\s*$")


def _is_date(text: Text, found: re.Match[str]) -> bool:
    after = text.plain[found.end() : found.end() + 20]
    month = re.match(r"\s+(?:er\s+)?(\w+)", after)
    dates = {fold(word) for word in held("emergency")["dates"].split()}
    return bool(NO_NUMBER_AFTER.match(after)) or bool(month and fold(month[1]) in dates)


def _in_letters(text: Text, sentence: Sentence) -> Iterator[Finding]:
    """ "appelez le quinze": nobody dials letters."""
    for index, token in enumerate(sentence.tokens):
        count, value = said(sentence.tokens, index)
        if count and value > 1 and str(value) in _numbers() and token.low != "un":
            before = fold(text.plain[sentence.start : token.start])
            if re.search(rf"{ARTICLE}\s*$", before) and _calling(text.given.language).search(before):
                end = sentence.tokens[index + count - 1].end
                yield _finding(token.start, end, text.words(token.start, end), str(value), str(value))


@cache
def _numbers() -> tuple[str, ...]:
    return tuple(held("emergency")["numbers"])
