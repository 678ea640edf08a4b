"""People: a title and a name, an announced name, and the names on the centre's own list."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from engage.core.words import STOP, TOKEN, fold, stem
from engage.intake.screening import content
from engage.intake.screening.twin import Finding, Kind, Twin

TITLE = re.compile(
    r"(?<![^\W_])(?:(?:(?P<short>drs?|mmes?|mlles?|mr|m(?=\.))|(?P<capital>mm|m|pr))(?:\.|(?=[ \t]))|"
    r"(?:(?P<long>docteure?s?|madame|mesdames|monsieur|messieurs|mademoiselle)|professeure?|maitre)(?=[ \t]))"
)
CALLED = re.compile(
    r"(?<![^\W_])(?:je m[' ]?appell?e|je me (?:nomme|prenomme)|(?:il|elle) s[' ]?appell?e|"
    r"(?:mon|ma|son|sa) (?:nom|prenom)(?: de famille| de jeune fille)? (?:est|c'est))(?=[ \t])"
)
MINE = r"(?:mon|ma|mes|son|sa|ses|notre|nos|votre|leur)"
TITLES = {"dr", "docteur", "docteure", "mme", "mlle", "mr", "m", "madame", "monsieur", "pr", "professeur"}
PLURAL = {"drs", "docteurs", "docteures", "mmes", "mesdames", "messieurs", "mm", "mm."}
VERB = re.compile(r"(?:ait|aient|era|eront|ement)$")
LONGEST = 4  # words in a name
SENTENCE_START = re.compile(r"(?:^|[.!?\n])[\s\"'«(\-]*$")


@cache
def _announcing() -> re.Pattern[str]:
    roles, kin = ("|".join(sorted(content.folded("names", key))) for key in ("roles", "kin"))
    return re.compile(rf"(?<![^\W_])(?:(?:{roles})|{MINE}[ ](?:{kin}))(?=[ \t])")


@cache
def _not_names() -> frozenset[str]:
    return frozenset(map(stem, content.folded("names", "not_names")))


def is_common(word: str) -> bool:
    """Whether a folded word is one that may follow a title and names nobody."""
    return word in STOP or stem(word) in _not_names()


def is_particle(word: re.Match[str]) -> bool:
    return word.group() in content.folded("names", "particles")


def persons(twin: Twin) -> Iterator[Finding]:
    for title in TITLE.finditer(twin.folded):
        if title["capital"] and not twin.text[twin.origin[title.start()]].isupper():
            continue
        name = _name(twin, title.end(), lower=bool(title["short"] or title["long"]), particle=True)
        if not name:
            continue
        yield twin.finding(Kind.PERSON, title.start(), name[1])
        if title.group() in PLURAL and twin.folded.startswith(" et ", name[1]):
            yield from _bare_name(twin, name[1] + len(" et"), lower=False)
    for announced in CALLED.finditer(twin.folded):
        yield from _bare_name(twin, announced.end(), lower=True)
    for announced in _announcing().finditer(twin.folded):
        yield from _bare_name(twin, announced.end(), lower=False)


def _bare_name(twin: Twin, at: int, *, lower: bool) -> Iterator[Finding]:
    name = _name(twin, at, lower=lower)
    if name:
        yield twin.finding(Kind.PERSON, *name)


def _name(twin: Twin, at: int, *, lower: bool, particle: bool = False) -> tuple[int, int] | None:
    """The name that follows folded[:at].

    `lower`: it may be one word without its capital; `particle`: it may begin with a small "de" or "le".
    """
    words: list[re.Match[str]] = []
    word = twin.next_word(at)
    if word and lower and not twin.is_capital(word) and _may_be_name(word):
        return word.span()
    while word and len(words) < LONGEST and _belongs(twin, word, small=particle or bool(words)):
        words.append(word)
        word = twin.next_word(word.end())
    while words and _is_link(twin, words[-1]):
        words.pop()
    return (words[0].start(), words[-1].end()) if words else None


def _belongs(twin: Twin, word: re.Match[str], *, small: bool) -> bool:
    """Whether the word has the capital of a name, or links two; `small`: a link needs no capital."""
    if _is_link(twin, word):
        return small or twin.is_capital(word)
    return twin.is_capital(word) and not is_common(word.group())


def _is_link(twin: Twin, word: re.Match[str]) -> bool:
    """Whether the word is a particle; in "Mme D." it is an initial."""
    return is_particle(word) and not (twin.is_capital(word) and twin.folded.startswith(".", word.end()))


def _may_be_name(word: re.Match[str]) -> bool:
    """Whether a word without capital after a title looks like neither an everyday word nor an elision."""
    said = word.group()
    everyday = is_particle(word) or is_common(said) or VERB.search(said)
    return len(said) > 2 and "'" not in said and not everyday


class Staff:
    """The names of the list, by each of their words."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.by_word: dict[str, list[list[str]]] = {}
        for name in names:
            parts = [part for part in TOKEN.findall(fold(name)) if part not in TITLES]
            for part in parts:
                if len(part) > 1:
                    self.by_word.setdefault(part, []).append(parts)

    def find(self, twin: Twin) -> Iterator[Finding]:
        words = ((twin.next_word(title.end()), title) for title in TITLE.finditer(twin.folded))
        titles = {word.start(): title.start() for word, title in words if word}
        tokens = twin.tokens
        at = 0
        while at < len(tokens):
            names = self.by_word.get(tokens[at].group(), [])
            run = max((_run(twin, tokens, at, name) for name in names), key=len, default=[])
            at += len(run) or 1
            if run and _is_meant(twin, run, titled=run[0].start() in titles):
                start = titles.get(run[0].start(), run[0].start())
                yield twin.finding(Kind.STAFF, start, run[-1].end())


def _run(twin: Twin, tokens: list[re.Match[str]], at: int, name: list[str]) -> list[re.Match[str]]:
    """The words from `at` on that belong to one name, in any order, without a particle at the end."""
    run: list[re.Match[str]] = []
    left = list(name)
    for token in tokens[at : at + len(name)]:
        gap = twin.folded[run[-1].end() : token.start()] if run else " "
        if token.group() not in left or gap not in (" ", "-", "'"):
            break
        left.remove(token.group())
        run.append(token)
    while run and is_particle(run[-1]):
        run.pop()
    return run


def _is_meant(twin: Twin, run: list[re.Match[str]], *, titled: bool) -> bool:
    """One word alone may be an everyday word; two of a name, or one after a title, are the person."""
    said = [token for token in run if not is_particle(token)]
    if titled or len(said) > 1:
        return True
    word = said[0]
    if word.group() not in content.folded("names", "ordinary") and not is_common(word.group()):
        return len(word.group()) > 3 or twin.is_capital(word)
    before = twin.folded[max(0, word.start() - 20) : word.start()]
    return twin.is_capital(word) and not SENTENCE_START.search(before)


@lru_cache(maxsize=8)
def staff_of(names: tuple[str, ...]) -> Staff:
    return Staff(names)


def staff(twin: Twin, names: Iterable[str]) -> Iterator[Finding]:
    yield from staff_of(tuple(names)).find(twin)
