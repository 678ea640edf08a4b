"""Which French words are common, and how many syllables a word has."""

import re
from functools import cache, lru_cache
from pathlib import Path

# Forms whose lemma stands at least 3 times in a million words of books or film subtitles, with their
# syllables; in the order of their bytes. Derived from Lexique 3.83 (see NOTICE).
FILE = Path(__file__).parent / "content" / "lexique_fr.tsv"
PARTS = re.compile(r"[’'‐‑·@&+/_.-]+")
SECOND_ENDING = re.compile(r"·\w*")  # "patient·e" is said once
VOWELS = "aeiouyàâäéèêëîïôöùûü"
# Letters that are written and not said, or said otherwise, before vowels are counted.
SAID = (
    (re.compile(r"qu|(?<=g)u(?=[eéèêi])"), "q"),
    (re.compile(rf"(?<=[{VOWELS}])y(?=[{VOWELS}])"), "j"),
    (re.compile(r"aient$"), "ait"),
    (re.compile(r"(?<=[^miu])ent$"), "e"),
    (re.compile(rf"(?<=[^{VOWELS}])es?$|(?<=[éiu])es?$"), ""),
)
# Two vowels in a row that are said apart: "client", "océan", "chaos", "maïs".
APART = re.compile(rf"(?<=[bcdfgptv][lr])i(?=[aoeéè])|é(?=[{VOWELS}])|[{VOWELS}](?=[éèïë])(?<![iuoy])|a(?=o)")


def spelled(word: str) -> str:
    """As the table writes it: small letters, a straight apostrophe, no ligature."""
    return word.lower().replace("’", "'").replace("œ", "oe").replace("æ", "ae")


@cache
def _table() -> bytes:
    """Half a megabyte, searched as it is: a dictionary of it would take ten times as much."""
    return FILE.read_bytes()


@lru_cache(maxsize=4096)
def known(word: str) -> int:
    """The syllables of a common word, spelled as in the table; 0 for any other."""
    table, key = _table(), f"{word}\t".encode()
    low, high = 0, len(table)
    while low < high:
        start = table.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = table.index(b"\n", start)
        line = table[start:end]
        if line.startswith(key):
            return int(line[len(key) :])
        if line < key:
            low = end + 1
        else:
            high = start
    return 0


def syllables(word: str) -> int:
    """How many are said: by the table, else by the vowels; each letter of initials, and one for a figure."""
    if word.isupper() and len(word) > 1:
        return sum(char.isalpha() for char in word) or 1
    form = SECOND_ENDING.sub("", spelled(word))
    return known(form) or max(1, sum(map(_part, PARTS.split(form))))


@lru_cache(maxsize=4096)
def _part(part: str) -> int:
    """Of what stands between apostrophes and hyphens; an elided "l" has none."""
    if len(part) < 2:
        return int(part in set(VOWELS))
    return known(part) or by_vowels(part)


def by_vowels(word: str) -> int:
    """A rule of our own for words that the table does not hold: groups of vowels, the mute ones left out."""
    for written, said in SAID:
        word = written.sub(said, word)
    return len(re.findall(rf"[{VOWELS}]+", APART.sub(r"\g<0>'", word))) or 1
