"""What a reader may stumble over, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    LONG_SENTENCE = "long-sentence"
    LONG_AVERAGE = "long-average"
    CAPITALS = "capitals"
    SEVERAL_IDEAS = "several-ideas"
    RARE_WORD = "rare-word"
    LONG_WORD = "long-word"
    JARGON = "jargon"
    SYNONYM = "synonym"
    ACRONYM = "acronym"
    GLOSSARY_WORD = "glossary-word"
    PASSIVE = "passive"
    NEGATION = "negation"
    DOUBLE_NEGATION = "double-negation"
    SUBJUNCTIVE = "subjunctive"
    CONDITIONAL = "conditional"
    PAST_HISTORIC = "past-historic"
    PERCENT = "percent"
    DECIMAL = "decimal"
    BIG_NUMBER = "big-number"
    NUMBER_IN_LETTERS = "number-in-letters"
    EMERGENCY_NUMBER = "emergency-number"
    ABBREVIATION = "abbreviation"
    BRACKETS = "brackets"
    SLASH = "slash"
    NO_HEADING = "no-heading"
    HIDDEN_LIST = "hidden-list"
    NO_READER = "no-reader"
    NO_ACTION = "no-action"
    NO_ALTERNATIVE = "no-alternative"


class Severity(StrEnum):
    """What may stay, what should change, and what stands in the way of publication."""

    AMBER = "amber"
    RED = "red"
    BLOCKING = "blocking"


class Body(StrEnum):
    """Which of the two texts of a page: for everyone, or one sentence a line with pictures."""

    SIMPLE = "simple"
    SHORT = "short"


@dataclass(frozen=True, order=True)
class Finding:
    """`suggestion` is what may stand between `start` and `end` instead; empty where only a person can say."""

    start: int
    end: int
    rule: Rule
    severity: Severity
    message: str
    suggestion: str = ""


Findings = Iterable[Finding]
