"""What a text says whatever its accents, case and endings, and what is kept of what people type."""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

APOSTROPHES = "’‘‛`´ʼʹ′＇"
DASHES = "‐‑‒–—―−"
INVISIBLE = "\u00ad\u034f\u061c\u115f\u1160\u180e\u3164\ufeff\uffa0" + "".join(
    map(chr, [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)])
)
NOT_TYPED = re.compile(f"[{INVISIBLE}\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
TOKEN = re.compile(r"[^\W_]+")
APPOINTMENT = re.compile(r"\brendez[\s-]vous\b|\brdvs?\b")
LONGEST_WORD = 40  # French has none longer; a stemmer must not chew on 100 kB without a space
LONGEST_FOLD = 4  # some single characters stand for a whole formula of 18
STOP_WORDS = """
    au aux avec car ce cela ces cet cette ceux comme dans de des donc dont du elle elles en et etait etaient
    etre est eu eux fait ici il ils je la le les leur leurs lui ma mais me mes moi mon ne ni nos notre nous on
    ont ou par pas pour plus qu quand que quel quelle quels quelles qui sa sans se sera ses si soi soit son
    sont sur ta te tes toi ton tous tout toute toutes tres tu un une vos votre vous ai as avait avoir avez
    avons aussi bien ca y
"""
STOP = frozenset(STOP_WORDS.split())
_lock = threading.Lock()  # the stemmer keeps the word it works on in itself
_french = snowballstemmer.stemmer("french")


@lru_cache(maxsize=4096)
def fold_char(char: str) -> str:
    """What one character becomes: no, one or several characters, none of which would change again."""
    if char in APOSTROPHES:
        return "'"
    if char in DASHES:
        return "-"
    if char in INVISIBLE:
        return ""
    bare = unicodedata.normalize("NFKD", char.casefold())
    bare = bare.replace("œ", "oe").replace("æ", "ae").replace("ø", "o")
    if len(bare) > LONGEST_FOLD:
        return char
    kept = "".join(c for c in bare if unicodedata.category(c) not in ("Mn", "Cf"))
    return kept if kept == char else fold(kept)


def fold(text: str) -> str:
    """The text without accents, case, ligatures or invisible characters; its length may differ."""
    return "".join(map(fold_char, text))


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index of the one it came from."""
    pieces = list(map(fold_char, text))
    return "".join(pieces), [at for at, piece in enumerate(pieces) for _ in piece]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The part of a French word that its endings leave alone, accents or not (`horaires` → `horair`)."""
    folded = fold(word)
    if len(folded) > LONGEST_WORD:
        return folded
    # Without its accent "ée" is no ending the stemmer knows: "consultée" must meet "consulté".
    folded = re.sub(r"(?<=..)ees?$", "e", folded)
    # It takes "usager" for a verb, but not "usagers".
    folded = re.sub(r"(?<=[gy])ers$", "er", folded)
    with _lock:
        return str(_french.stemWord(folded))


def terms(text: str) -> str:
    """The stems worth searching for, separated by spaces, in the order of the text."""
    folded = APPOINTMENT.sub("rendezvous", fold(text))
    return " ".join(stem(word) for word in TOKEN.findall(folded) if len(word) > 1 and word not in STOP)


def clean(text: str) -> str:
    """What a person typed, without what cannot be seen, nor more than two blank lines in a row."""
    text = re.sub("\r\n?|\u2028|\u2029", "\n", text)
    text = unicodedata.normalize("NFC", NOT_TYPED.sub("", text))
    kept: list[str] = []
    blank = 0
    for line in text.split("\n"):
        blank = 0 if line.strip() else blank + 1
        if blank <= 2:
            kept.append(line if line.strip() else "")
    return "\n".join(kept).strip()


def has_words(text: str) -> bool:
    """Whether there is something to read: two letters at least, in any script."""
    return sum(char.isalpha() for char in clean(text)) >= 2
