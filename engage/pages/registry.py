"""What higher floors bring to a page that is checked: the words that somebody explains."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engage.reading import Term

Explains = Callable[[str], Iterable[Term]]
_explains: dict[str, Explains] = {}


def explains(find: Explains) -> None:
    """A feature says which words of a language readers find explained. Called when its pages are loaded."""
    _explains[find.__module__] = find


def explained(language: str) -> tuple[Term, ...]:
    return tuple(term for find in _explains.values() for term in find(language))
