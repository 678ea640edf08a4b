"""What fits into one SMS: 160 signs of the alphabet that every phone has."""

from __future__ import annotations

import re
import unicodedata
from textwrap import shorten

ONE_SMS = 160
SHORTEST_TITLE = 12
# GSM 7-bit default alphabet (3GPP TS 23.038, 6.2.1), without the signs that count twice.
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
LIKE = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "œ": "oe",
        "Œ": "OE", "€": "EUR", "·": "-", "\u00a0": " ", "\u202f": " ", "\u2011": "-"}  # fmt: skip


def plain(words: str) -> str:
    """The same words in those signs; words of another script stay as they are."""
    quoted = re.sub(r"«\s*|\s*»", '"', words)
    return " ".join("".join(map(_like, quoted)).split())


def _like(sign: str) -> str:
    if sign in GSM:
        return sign
    if sign in LIKE:
        return LIKE[sign]
    bare = unicodedata.normalize("NFD", sign)[0]
    return bare if bare in GSM else sign


def fitted(lead: str, title: str, rest: str, *, link: str) -> str:
    """`lead title, rest link` in one SMS where possible: the title gives way."""
    lead, title, rest = plain(lead), plain(title), plain(rest)
    room = ONE_SMS - len(f"{lead} , {rest} {link}")
    if len(title) > room:
        title = shorten(title, max(room, SHORTEST_TITLE), placeholder="...")
    return f"{lead} {title}, {rest} {link}"
