"""How a phone number, a web address and a distance are written, what is none, and what is too long."""

from __future__ import annotations

import re

PHONE = re.compile(r"0[1-9]\d{8}")
SHORT = re.compile(r"1\d|1[015]\d|1[01]\d{4}|3\d{3}|10\d\d")
BY_THREES = re.compile(r"08\d{8}|1\d{5}")
SITE = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?", re.IGNORECASE)
FARTHEST_KM = 1000
LINE, TEXT = 200, 400  # characters


def phone(words: str) -> str:
    """A French number as one says it: by twos, by threes what begins with 08 or 116, else in one piece.

    Raises ValueError for anything that is no French number.
    """
    digits = re.sub(r"[\s./()-]", "", words)
    digits = re.sub(r"^(?:\+33|0033)0?", "0", digits)
    if digits and not PHONE.fullmatch(digits) and not SHORT.fullmatch(digits):
        raise ValueError(words)
    if BY_THREES.fullmatch(digits):
        return re.sub(r"\B(?=(?:\d{3})+$)", " ", digits)
    return re.sub(r"\B(?=(?:\d{2})+$)", " ", digits) if PHONE.fullmatch(digits) else digits


def is_national(number: str) -> bool:
    """Whether it is a short number, as `phone` writes it: the same everywhere, whoever lives around here."""
    return bool(SHORT.fullmatch(number.replace(" ", "")))


def website(words: str) -> str:
    """The address with its scheme. Raises ValueError when it is none."""
    whole = words if not words or "://" in words else f"https://{words}"
    if whole and not SITE.fullmatch(whole):
        raise ValueError(words)
    return whole


def distance(words: str) -> float | None:
    """Kilometres, with a comma or a point. Raises ValueError."""
    if not words:
        return None
    far = float(words.lower().removesuffix("km").strip().replace(",", "."))
    if not 0 <= far <= FARTHEST_KM:
        raise ValueError(words)
    return round(far, 1)
