"""Sentences that do not begin with who does it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from engage.core.i18n import gettext as _
from engage.reading import lexicon
from engage.reading.content import forms
from engage.reading.finding import Finding, Findings, Rule, Severity
from engage.reading.sharper import Parsed
from engage.reading.text import Sentence, Text, Token

REFLEXIVE = frozenset({"s'", "se", "m'", "me", "t'", "te"})
AGREED = re.compile(r"(?<=[éiutsx])(?:e|s|es)$|·e·?s?$|·e$")
FAR = 6
ADVERB = "ment"


def passives(text: Text) -> Findings:
    for sentence in text.sentences:
        for start, end in sorted({*spans(sentence, text.parsed), *_far(sentence, text.parsed)}):
            message = _("Here one does not see who does it. Begin with who: “The team reads your idea.”")
            yield Finding(start, end, Rule.PASSIVE, Severity.AMBER, message)


def _far(sentence: Sentence, parsed: Parsed) -> Iterator[tuple[int, int]]:
    """What the parser joins over more words than our lists do, by the same lists of verbs."""
    tokens = sentence.tokens
    starts, ends = {token.start: at for at, token in enumerate(tokens)}, {token.end for token in tokens}
    taken = spans(sentence, parsed)
    for start, end in parsed.passives:
        if start in starts and end in ends and not any(start < last and first < end for first, last in taken):
            index = starts[start]
            after = next(at for at in range(index, len(tokens)) if tokens[at].end == end)
            is_one = tokens[index].low in forms("etre") and base(tokens[after].low)
            if is_one and not _is_other(tokens, index) and _is_passive(tokens, index, after):
                yield start, end


def spans(sentence: Sentence, parsed: Parsed) -> list[tuple[int, int]]:
    """From « être » to the participle, by our lists."""
    tokens = sentence.tokens
    found: list[tuple[int, int]] = []
    for index, token in enumerate(tokens):
        if token.low not in forms("etre") or (found and token.start < found[-1][1]):
            continue
        if _is_other(tokens, index):
            continue
        after = _participle(tokens, index)
        if after is None or tokens[after].start in parsed.no_verbs:
            continue
        if _is_passive(tokens, index, after):
            found.append((token.start, tokens[after].end))
    return found


def _is_other(tokens: Sequence[Token], index: int) -> bool:
    """Summer; a reflexive verb; "c’est"."""
    before = [token.low for token in tokens[max(0, index - 3) : index]]
    if tokens[index].low == "été":
        return not any(word in forms("avoir") for word in before)
    if before[-1:] and before[-1] in REFLEXIVE | {"c'", "ce"}:
        return True
    return len(before) > 1 and before[-1] == before[-2] and before[-1] in {"nous", "vous"}


def _participle(tokens: Sequence[Token], index: int) -> int | None:
    """Where the participle stands that goes with « être » at `index`."""
    for after in range(index + 1, min(index + FAR, len(tokens))):
        word = tokens[after].low
        if base(word):
            return after
        if word not in forms("between") and word != "-" and not word.endswith(ADVERB):
            return None
    return None


def _is_passive(tokens: Sequence[Token], index: int, after: int) -> bool:
    form = base(tokens[after].low)
    has_been = any(token.low == "été" for token in tokens[index:after])
    if form in forms("adjectives"):
        return _has_agent(tokens, after)
    if form in forms("with_etre"):
        return has_been and _has_agent(tokens, after)
    return form not in forms("states") or has_been or _has_agent(tokens, after)


def _has_agent(tokens: Sequence[Token], after: int) -> bool:
    return any(token.low == "par" for token in tokens[after + 1 : after + 4])


@lru_cache(maxsize=2048)
def base(word: str) -> str:
    """The masculine singular of a participle; nothing for another word."""
    form = AGREED.sub("", word)
    for one in (form, word, form.removesuffix("e")):
        if one in forms("participles") or one in forms("adjectives") or one in forms("with_etre"):
            return one
    is_regular = form.endswith("é") and (lexicon.known(f"{form[:-1]}er") or not lexicon.known(form))
    return form if is_regular and len(form) > 2 else ""
