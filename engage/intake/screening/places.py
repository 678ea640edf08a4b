"""Postal addresses: a number and a street, a postal code and a town, or both as one."""

import re
from collections.abc import Iterator

from engage.intake.screening.dates import MONTHS
from engage.intake.screening.names import is_common, is_particle
from engage.intake.screening.twin import Finding, Kind, Twin

SURE = (
    r"rue|avenue|av\b\.?|boulevard|bd\b\.?|bld\b\.?|blvd\b\.?|chemin|ch\.|impasse|imp\b\.?|allees?|route|rte\b\.?|quai|"
    r"square|sentier|faubourg|fbg\b\.?|esplanade|promenade|rond-point|montee|ruelle|traverse|venelle|chaussee|"
    r"lotissement|hameau|residence|lieu-dit|voie|villa|grande?[ -]rue|grand'rue"
)
# These also count things: "1 place de parking", "2 cours de yoga".
UNSURE = r"place|pl\b\.?|cours|passage|parc|mail|clos|cite|domaine|mas|rampe|port"
NUMBER = r"(?<![\w.,/\-€])\d{1,4}(?:[ ]?[/\-][ ]?\d{1,4})?(?:[ ]?(?:bis|ter|quater|[a-f])(?![^\W_]))?"
STREET = re.compile(
    rf"{NUMBER}(?:[ ]?,[ ]?|[ ])(?:de[ ]la[ ]|de[ ]l'|du[ ]|la[ ]|l')?"
    rf"(?:(?:{SURE})|(?P<unsure>{UNSURE}))(?![^\W_])"
)
NOT_A_NUMBER = re.compile(
    r"(?:bus|ligne|tram(?:way)?|salle|chambre|bureau|box|porte|etage|page|article)s?[ ](?:n[°o]?\.?[ ]?)?$"
)
CODE = re.compile(r"(?<!\d)(?<!\d[ .,])(?:0[1-9]|[1-8]\d|9[0-58])\d{3}(?=[ ])")
LIVES = re.compile(r"(?:habit|adresse|domicili|demeur|resid|loge)[^.!?\n]{0,60}$")
BETWEEN = re.compile(r"[ ,\n\-]{1,4}")
DEFINITE = {"du", "des", "la", "l", "les"}
CEDEX = re.compile(r" cedex(?: \d{1,2})?")
LONGEST = 8  # words in the name of a street or a town


def addresses(twin: Twin) -> Iterator[Finding]:
    """Streets and towns in the order of the text; a street and the town that follows are one."""
    spans = sorted([*_streets(twin), *_towns(twin)])
    while spans:
        start, end = spans.pop(0)
        if spans and BETWEEN.fullmatch(twin.folded[end : spans[0][0]]):
            end = spans.pop(0)[1]
        yield twin.finding(Kind.ADDRESS, start, end)


def _streets(twin: Twin) -> Iterator[tuple[int, int]]:
    for match in STREET.finditer(twin.folded):
        if NOT_A_NUMBER.search(twin.folded, max(0, match.start() - 20), match.start()):
            continue
        end = _name_end(twin, match.end(), sure=not match["unsure"])
        if end:
            yield match.start(), end


def _towns(twin: Twin) -> Iterator[tuple[int, int]]:
    for match in CODE.finditer(twin.folded):
        word = twin.next_word(match.end())
        lives = LIVES.search(twin.folded, max(0, match.start() - 80), match.start())
        if word and not is_common(word.group()) and (twin.is_capital(word) or lives or is_particle(word)):
            end = _name_end(twin, match.end(), sure=bool(lives))
            if end:
                cedex = CEDEX.match(twin.folded, end)
                yield match.start(), cedex.end() if cedex else end


def _name_end(twin: Twin, at: int, *, sure: bool) -> int | None:
    """Where the name of a street or a town ends; `sure`: its first word needs no capital."""
    end, before = None, ""
    for _ in range(LONGEST):
        word = twin.next_word(at)
        if word is None:
            break
        at, said = word.end(), word.group()
        if not is_particle(word) and not (said.isdigit() and before == "du"):
            free = _closes(twin, word) if end else _opens(word, before, sure=sure)
            if not free and not _is_named(twin, word, before):
                break
            end = at
        before = said
    return end


def _is_named(twin: Twin, word: re.Match[str], before: str) -> bool:
    """Whether the word has its capital, or is part of a day (rue du 8 mai 1945)."""
    said = word.group()
    day = (said in MONTHS and before.isdigit()) or (said.isdigit() and before in MONTHS)
    return day or twin.is_capital(word)


def _opens(word: re.Match[str], before: str, *, sure: bool) -> bool:
    return before in DEFINITE or (sure and (bool(before) or not is_common(word.group())))


def _closes(twin: Twin, word: re.Match[str]) -> bool:
    """Whether a word without capital ends the name because the clause ends with it ("rue victor hugo")."""
    after = twin.folded[word.end() : word.end() + 1]
    return after in ("", ",", ".", ";", "\n", ")") and not is_common(word.group())
