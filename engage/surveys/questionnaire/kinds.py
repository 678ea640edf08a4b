"""The kinds of things a questionnaire is made of."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """A draft is written, a frozen version is asked, a retired one is asked no more."""

    DRAFT = "draft"
    FROZEN = "frozen"
    RETIRED = "retired"


class Change(StrEnum):
    """What a new version does to figures over time: nothing, a footnote, or a cut in the line."""

    COSMETIC = "cosmetic"
    COMPARABLE = "comparable"
    BREAKING = "breaking"


class Type(StrEnum):
    """How a question is answered."""

    ONE = "one"
    SEVERAL = "several"
    FACES = "faces"
    AGREEMENT = "agreement"
    FREQUENCY = "frequency"
    YES_NO = "yes_no"
    NUMBER = "number"
    MONTH = "month"
    RANKING = "ranking"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    INFORMATION = "information"

    @property
    def is_scale(self) -> bool:
        """Has ready choices of ours."""
        return self in {Type.FACES, Type.AGREEMENT, Type.FREQUENCY, Type.YES_NO}

    @property
    def takes_one(self) -> bool:
        """One choice is the whole answer."""
        return self is Type.ONE or self.is_scale

    @property
    def has_choices(self) -> bool:
        return self.takes_one or self in {Type.SEVERAL, Type.RANKING}

    @property
    def is_text(self) -> bool:
        return self in {Type.SHORT_TEXT, Type.LONG_TEXT}


class ChoiceKind(StrEnum):
    NORMAL = "normal"
    NOT_APPLICABLE = "not_applicable"
    DONT_KNOW = "dont_know"
    OTHER = "other"
    NONE_OF_THESE = "none_of_these"


class Variant(StrEnum):
    """The words for everyone, or their short twin."""

    STANDARD = "standard"
    SHORT = "short"


class Part(StrEnum):
    """Which words of its owner a text is."""

    NAME = "name"
    AIM = "aim"
    TITLE = "title"
    TEXT = "text"
    HELP = "help"
