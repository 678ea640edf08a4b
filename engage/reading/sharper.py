"""The optional `nlp` extra: a parser that sees further than our lists; without it everything works."""

from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from engage.core import heavy

MODEL = "fr_core_news_sm"
UNUSED = ["lemmatizer", "attribute_ruler"]
NAMES = frozenset({"PER", "LOC", "ORG"})
NO_VERB = frozenset({"NOUN", "PROPN", "ADP", "DET"})


@dataclass(frozen=True)
class Parsed:
    """Spans of the plain words: from « être » to a participle, names, and words that are surely no verb."""

    passives: tuple[tuple[int, int], ...] = ()
    names: frozenset[int] = frozenset()
    no_verbs: frozenset[int] = frozenset()


@cache
def _model() -> Any | None:
    """The model with its library, where both are installed."""
    try:
        model: ModuleType = heavy.load(MODEL)
    except ImportError:
        return None
    return model.load(exclude=UNUSED)


def is_there() -> bool:
    return _model() is not None


def parse(plain: str) -> Parsed:
    """What the parser sees, nothing without the extra."""
    model = _model()
    if model is None:
        return Parsed()
    document = model(plain)
    return Parsed(
        passives=tuple(
            (token.idx, token.head.idx + len(token.head))
            for token in document
            if token.dep_ == "aux:pass" and token.i < token.head.i
        ),
        names=frozenset(token.idx for entity in document.ents if entity.label_ in NAMES for token in entity),
        no_verbs=frozenset(token.idx for token in document if token.pos_ in NO_VERB),
    )
