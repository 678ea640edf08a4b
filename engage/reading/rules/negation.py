"""What is said by its contrary."""

from collections.abc import Iterator
from typing import NamedTuple

from engage.core.i18n import gettext as _
from engage.reading.content import forms
from engage.reading.finding import Finding, Findings, Rule, Severity
from engage.reading.text import Sentence, Text, Token

NE = frozenset({"ne", "n'"})
PRONOUNS = frozenset(
    {"le", "la", "les", "l'", "lui", "leur", "vous", "nous", "y", "en", "me", "m'", "se", "s'"}
)
STOPS = frozenset({",", ";", ":", ".", "!", "?", "…", "(", "–", "—"})
BEFORE_A_COMMAND = STOPS | {"et", "ou", "mais", "surtout", "alors", "donc", "puis", "sinon", "svp", "«"}
# Blocks that say what must not be done.
WARNING_BLOCKS = frozenset({"attention", "eviter"})
RESTRICTING = frozenset({"que", "qu'"})
ARTICLES = frozenset({"une", "la", "cette", "chaque", "quelle", "autre", "de"})
BEFORE, AFTER = 6, 9
SHORT_QUESTION = 8
ALONE = frozenset({"de", "d'", "besoin", "encore", "toujours", "du", "la"})


class Denial(NamedTuple):
    start: int
    end: int
    is_restriction: bool = False


def negations(text: Text) -> Findings:
    for sentence in text.sentences:
        if sentence.block in WARNING_BLOCKS or _asks(text, sentence):
            continue
        found = list(denials(sentence))
        if len(found) + _denying_words(sentence, found) > 1 and found:
            yield _double(sentence)
        else:
            yield from map(_single, found)


def _asks(text: Text, sentence: Sentence) -> bool:
    """ "Vous n’entendez pas ?" names where the reader stands; no other words would."""
    return sentence.words <= SHORT_QUESTION and text.words(sentence.start, sentence.end).endswith("?")


def _double(sentence: Sentence) -> Finding:
    message = _("Two negations in one sentence: readers lose the thread. Say what is, or what to do.")
    return Finding(sentence.start, sentence.end, Rule.DOUBLE_NEGATION, Severity.RED, message)


def _single(one: Denial) -> Finding:
    if one.is_restriction:
        message = _("“ne… que” is easily taken for a “no”. Say “only”.")
    else:
        message = _("A negation is harder to read. Where you can, say what is, or what to do.")
    return Finding(one.start, one.end, Rule.NEGATION, Severity.AMBER, message)


def denials(sentence: Sentence) -> Iterator[Denial]:
    """Each « ne » with its other half, and « pas » alone; what must not be done for safety is left out."""
    tokens = sentence.tokens
    for index, token in enumerate(tokens):
        if token.low in NE and not _is_safety(tokens, index):
            other = _other_half(tokens, index)
            if other is not None:
                first, last = sorted((index, other))
                yield Denial(tokens[first].start, tokens[last].end, tokens[other].low in RESTRICTING)
        elif token.low == "pas" and _is_alone(tokens, index):
            yield Denial(token.start, token.end)


def _is_safety(tokens: list[Token], index: int) -> bool:
    """Whether « ne » at `index` begins a command such as "ne prenez pas", "ne jamais dépasser"."""
    if index and tokens[index - 1].low not in BEFORE_A_COMMAND:
        return False
    skipped = PRONOUNS | forms("negative")
    verb = next((token.low for token in tokens[index + 1 :] if token.low not in skipped), "")
    return verb in forms("safety")


def _other_half(tokens: list[Token], index: int) -> int | None:
    """Where the other half stands, after « ne » or before; none after « avant qu’il ne »."""
    for at in range(index + 1, min(index + AFTER, len(tokens))):
        word = tokens[at].low
        if (word in forms("negative") and not _is_somebody(tokens, at)) or word in RESTRICTING:
            return at
        if word in STOPS or word in NE:
            break
    for at in range(index - 1, max(-1, index - BEFORE), -1):
        if tokens[at].low in STOPS:
            break
        if tokens[at].low in forms("negative_before") and not _is_somebody(tokens, at):
            return at
    return None


def _is_somebody(tokens: list[Token], at: int) -> bool:
    """ "une personne" is somebody."""
    return at > 0 and tokens[at].low == "personne" and tokens[at - 1].low in ARTICLES


def _is_alone(tokens: list[Token], index: int) -> bool:
    """Whether « pas » at `index` denies without « ne »: "pas besoin", "pas de frais"; a step does not."""
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    near = [token.low for token in tokens[max(0, index - AFTER) : index]]
    opens = not near or near[-1] in STOPS | {"et", "ou", "mais", "donc", "c'est"}
    return opens and after in ALONE and not NE & set(near)


def _denying_words(sentence: Sentence, found: list[Denial]) -> int:
    """Words that deny by themselves, such as "sans", outside of what is already a negation."""
    return sum(
        token.low in forms("denying") and not any(one.start <= token.start < one.end for one in found)
        for token in sentence.tokens
    )
