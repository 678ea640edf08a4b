"""People: a title and a name, an announced name, and the names on the centre's own list."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from engage.core.words import STOP, TOKEN, fold, stem
from engage.intake.screening import content
from engage.intake.screening.twin import Finding, Kind, Twin

TITLE = re.compile(
    r"(?<![^\W_])(?:(?P<short>drs?|mmes?|mlles?|mr|m(?=\.))|(?P<capital>mm|m|pr)|(?P<long>docteure?s?|madame|mesdames|"
    r"monsieur|messieurs|mademoiselle)|professeure?|maitre)(?:\.|(?![^\W_]))(?=[ \t])"
)
CALLED = re.compile(
    r"(?<![^\W_])(?:je m'appelle|je me (?:nomme|prenomme)|(?:il|elle) s'appelle|"
    r"(?:mon|ma|son|sa) (?:nom|prenom)(?: de famille| de jeune fille)? (?:est|c'est))(?=[ \t])"
)
MINE = r"(?:mon|ma|mes|son|sa|ses|notre|nos|votre|leur)"
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


def persons(twin: Twin) -> Iterator[Finding]:
    for title in TITLE.finditer(twin.folded):
        if title["capital"] and not twin.text[twin.origin[title.start()]].isupper():
            continue
        end = name_end(twin, title.end(), lower=bool(title["short"] or title["long"]))
        if end:
            yield twin.finding(Kind.PERSON, title.start(), end)
    for pattern, lower in ((CALLED, True), (_announcing(), False)):
        for match in pattern.finditer(twin.folded):
            end = name_end(twin, match.end(), lower=lower)
            if end:
                yield twin.finding(Kind.PERSON, match.end() + 1, end)


def name_end(twin: Twin, at: int, *, lower: bool) -> int | None:
    """Where the name that begins one space after folded[:at] ends; `lower`: it may lack its capital."""
    end = None
    particles = content.folded("names", "particles")
    for _ in range(LONGEST):
        word = twin.next_word(at)
        if word is None:
            break
        at = word.end()
        if word.group() in particles:
            continue
        if is_common(word.group()):
            break
        if twin.is_capital(word):
            end = at
            continue
        if end is None and lower and _may_be_name(word, twin):
            end = at
        break
    return end


def _may_be_name(word: re.Match[str], twin: Twin) -> bool:
    """Without a capital only the very next word counts, if it looks like neither a verb nor an elision."""
    name = word.group()
    follows_title = not twin.folded[word.start() - 1 : word.start()].isalnum()
    return follows_title and len(name) > 2 and "'" not in name and not VERB.search(name)


class Staff:
    """The names of the list, by each of their words."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.by_word: dict[str, list[list[str]]] = {}
        titles = {"dr", "docteur", "docteure", "mme", "mlle", "mr", "m", "madame", "monsieur", "pr", "professeur"}
        for name in names:
            parts = [part for part in TOKEN.findall(fold(name)) if part not in titles]
            for part in parts:
                if len(part) > 1:
                    self.by_word.setdefault(part, []).append(parts)

    def find(self, twin: Twin) -> Iterator[Finding]:
        titles = {match.end() + 1: match.start() for match in TITLE.finditer(twin.folded)}
        tokens = list(TOKEN.finditer(twin.folded))
        at = 0
        while at < len(tokens):
            run = max((self._run(twin, tokens, at, name) for name in self.by_word.get(tokens[at].group(), ())),
                      key=len, default=[])  # fmt: skip
            at += len(run) or 1
            if run and _is_meant(twin, run, run[0].start() in titles):
                start = titles.get(run[0].start(), run[0].start())
                yield twin.finding(Kind.STAFF, start, run[-1].end())

    def _run(self, twin: Twin, tokens: list[re.Match[str]], at: int, name: list[str]) -> list[re.Match[str]]:
        """The words from `at` on that belong to one name, in any order, without a particle at the end."""
        run: list[re.Match[str]] = []
        left = list(name)
        for token in tokens[at : at + len(name)]:
            gap = twin.folded[run[-1].end() : token.start()] if run else " "
            if token.group() not in left or gap not in (" ", "-", "'"):
                break
            left.remove(token.group())
            run.append(token)
        while run and run[-1].group() in content.folded("names", "particles"):
            run.pop()
        return run


def _is_meant(twin: Twin, run: list[re.Match[str]], titled: bool) -> bool:
    """One word alone may be an everyday word; two of a name, or one after a title, are the person."""
    said = [token for token in run if token.group() not in content.folded("names", "particles")]
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


