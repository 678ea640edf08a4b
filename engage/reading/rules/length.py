"""Sentences that are too long, or that say several things."""

from engage.core.i18n import gettext as _
from engage.reading.content import forms
from engage.reading.finding import Body, Finding, Findings, Rule, Severity
from engage.reading.text import Sentence, Text

AMBER = 12
RED = {Body.SIMPLE: 20, Body.SHORT: 15}
BLOCKING = 30
IDEA_WORDS, MANY_LINKS = 11, 2
OPENING = frozenset({"quand", "lorsque", "si", "puisque"})  # one clause may stand before a short one
NOT_BEFORE = frozenset({"ce", "quel", "quelle", "quels", "quelles", "vers", "avec"})


def long_sentences(text: Text) -> Findings:
    """Amber beyond 12 words, red beyond what the body allows, in the way of publication beyond 30."""
    for sentence in text.sentences:
        if sentence.words > AMBER:
            severity = _severity(sentence.words, text.given.body)
            message = _message(sentence, severity)
            yield Finding(sentence.start, sentence.end, Rule.LONG_SENTENCE, severity, message)


def _severity(words: int, body: Body) -> Severity:
    if words > BLOCKING:
        return Severity.BLOCKING
    return Severity.RED if words > RED[body] else Severity.AMBER


def _message(sentence: Sentence, severity: Severity) -> str:
    if severity is Severity.BLOCKING:
        return _(
            "This sentence has %(words)s words. Beyond %(most)s it cannot be published: cut it.",
            words=sentence.words, most=BLOCKING,
        )  # fmt: skip
    if severity is Severity.RED:
        return _("This sentence has %(words)s words. Cut it in two.", words=sentence.words)
    return _(
        "This sentence has %(words)s words. It will be clearer with %(most)s at most.",
        words=sentence.words, most=AMBER,
    )  # fmt: skip


def several_ideas(text: Text) -> Findings:
    """Sentences that hold two and more links between ideas, or a semicolon."""
    for sentence in text.sentences:
        if sentence.words >= IDEA_WORDS and _links(sentence) >= MANY_LINKS:
            message = _(
                "This sentence says several things. One idea a sentence: cut it where the next one begins."
            )
            yield Finding(sentence.start, sentence.end, Rule.SEVERAL_IDEAS, Severity.AMBER, message)


def _links(sentence: Sentence) -> int:
    """How often another idea begins: "qui", "parce que", ", mais", "et vous"; a semicolon counts double."""
    tokens = sentence.tokens
    links = int(tokens[0].low in OPENING and sentence.words >= AMBER)
    for index, token in enumerate(tokens[1:-1], 1):
        before, after = tokens[index - 1].low, tokens[index + 1].low
        if token.low == ";":
            links += MANY_LINKS
        elif token.low in forms("linking"):
            links += before not in forms("linking") and before not in NOT_BEFORE
        elif token.low == "si":
            links += after in forms("subjects") or after in forms("determiners")
        elif token.low in forms("joining"):
            links += after in forms("subjects") or (before, token.low) == (",", "mais") or after == "bien"
    return links
