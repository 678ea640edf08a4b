"""Forms of the verb that are heard less than they are written: subjunctive, conditional, past historic."""

import re
from collections.abc import Iterator
from functools import lru_cache

from engage.core.i18n import gettext as _
from engage.reading import lexicon
from engage.reading.content import forms
from engage.reading.finding import Finding, Findings, Rule, Severity
from engage.reading.text import Sentence, Text, Token

QUE = frozenset({"que", "qu'", "quoique", "quoiqu'"})
CONDITIONAL = re.compile(r"(?P<stem>\w+r)(?:ais|ait|aient|ions|iez)")
INFINITIVE = re.compile(r"(?:[aeo]nd|[aeo]in?d|erd|ord|oud|tt|iv|ui|i|oi|aî|omp|ainc|lu)r$")
HISTORIC = re.compile(r"\w+(?:èrent|âmes|âtes|îmes|ûmes)|\w{2,}(?:inrent|irent)")
CALL_BACK, VERB_AHEAD = 4, 9
SUBJECTS = frozenset(
    {"il", "elle", "on", "chacun", "tout", "je", "ils", "elles", "vous", "nous", "cela", "ça"}
)
# Endings of a subjunctive that regular verbs show: "répète", "trouve", "veniez".
WEAK = re.compile(r"\w+(?:e|es|iez|ions)")


def tenses(text: Text) -> Findings:
    for sentence in text.sentences:
        for token in sentence.tokens:
            if len(token.low) > 2:
                yield from _of_one_word(token)
        yield from _subjunctives(sentence)


def _of_one_word(token: Token) -> Iterator[Finding]:
    if is_conditional(token.low):
        message = _("“Would” and “could” leave a doubt. Say it in the present or the future.")
        yield Finding(token.start, token.end, Rule.CONDITIONAL, Severity.AMBER, message)
    elif is_historic(token.low):
        message = _("This tense is only met in books. Say it as you would aloud: “we have done”.")
        yield Finding(token.start, token.end, Rule.PAST_HISTORIC, Severity.RED, message)


@lru_cache(maxsize=2048)
def is_conditional(word: str) -> bool:
    """Whether a word is a future stem with the ending of a past: "aiderait"."""
    found = CONDITIONAL.fullmatch(word)
    if not found or word in forms("not_conditional"):
        return False
    stem = found["stem"]
    if stem in forms("conditional_stems"):
        return True
    if stem[-2:] in {"er", "ir"}:
        return bool(lexicon.known(stem)) and stem not in forms("not_infinitive")
    return bool(INFINITIVE.search(stem) and lexicon.known(f"{stem}e"))


@lru_cache(maxsize=2048)
def is_historic(word: str) -> bool:
    if word in forms("not_past_historic"):
        return False
    if word in forms("past_historic") or HISTORIC.fullmatch(word):
        return True
    if word.endswith("a"):  # "saura" is the future of "savoir", though "saurer" is a verb too
        stem = word[:-1]
        return stem not in forms("conditional_stems") and bool(lexicon.known(f"{stem}er"))
    return word.endswith("dit") and len(word) > 5 and bool(lexicon.known(f"{word[:-2]}re"))


def _subjunctives(sentence: Sentence) -> Iterator[Finding]:
    """After « que », where what stands before calls for one, or where the verb is nothing else."""
    tokens = sentence.tokens
    for index, token in enumerate(tokens):
        if token.low in QUE:
            verb = _verb(tokens, index)
            if verb:
                message = _(
                    "This form of the verb is hard. Turn the sentence: “so that you can” becomes “to”."
                )
                yield Finding(token.start, verb.end, Rule.SUBJUNCTIVE, Severity.AMBER, message)


def _verb(tokens: list[Token], index: int) -> Token | None:
    before = {token.low for token in tokens[max(0, index - CALL_BACK) : index]}
    called = bool(before & forms("calls_subjunctive")) or tokens[index].low.startswith("quoi")
    ahead = list(_clause(tokens[index + 1 : index + VERB_AHEAD]))
    surely = forms("subjunctives") if called else forms("subjunctives") - forms("also_indicative")
    for at, token in enumerate(ahead):
        if token.low in surely or (called and at and _is_weak(ahead, at)):
            return token
    return None


def _clause(ahead: list[Token]) -> Iterator[Token]:
    for token in ahead:
        if token.low in QUE or token.low in {".", ";", "?", "!"}:
            return
        yield token


def _is_weak(ahead: list[Token], at: int) -> bool:
    """A form that only its place tells from the present: right after "il", "chacun", "on"."""
    return ahead[at - 1].low in SUBJECTS and bool(WEAK.fullmatch(ahead[at].low)) and len(ahead[at].low) > 3
