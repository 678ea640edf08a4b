"""What a reader may stumble over, and where."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    LONG_SENTENCE = "long-sentence"
    LONG_AVERAGE = "long-average"
    CAPITALS = "capitals"


class Severity(StrEnum):
    ADVICE = "advice"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Finding:
    """`suggestion` is what may stand between `start` and `end` instead; empty where only a person can say."""

    start: int
    end: int
    rule: Rule
    severity: Severity
    message: str
    suggestion: str = ""
