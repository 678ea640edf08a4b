"""Six letters to say at the door: they find a sign-up on the list of its date, and open nothing."""

from __future__ import annotations

from engage.core import keys

LENGTH = 6
LETTERS = "".join(sign for sign in keys.ALPHABET if sign.isalpha())


def letters(code: str) -> str:
    """Of the sign-up `code`: computed, never stored."""
    number = int(keys.digest("door letters", code), 16)
    signs = []
    for _place in range(LENGTH):
        number, sign = divmod(number, len(LETTERS))
        signs.append(LETTERS[sign])
    return "".join(signs)


def spoken(code: str) -> str:
    """The same in two groups, as it is read aloud: `ABC DEF`."""
    said = letters(code)
    return f"{said[:3]} {said[3:]}"


def plain(typed: str) -> str:
    """What somebody typed or scanned, as letters alone; of an address, what stands behind its "#"."""
    return "".join(sign for sign in typed.rsplit("#", maxsplit=1)[-1].upper() if sign.isalnum())
