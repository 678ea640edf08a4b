"""Paper: a front of typst that turns plain data into a tagged PDF (PDF/UA-1) in the house's type."""

from __future__ import annotations

import json
import re
import struct
import unicodedata
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from engage.core.heavy import load

if TYPE_CHECKING:
    import typst

ROOT = Path(__file__).parent / "typst"
NARROW_SPACE = "\u202f"  # typst draws it from the plain space, so it needs no glyph of its own
STOOD_FOR = {"→": "›", "⇒": "›", "➜": "›", "←": "‹", "⇐": "‹"}
UNREADABLE = "\ufffd"
LEFT_OUT = "[…]"
ENDLESS = re.compile(r"\S{27,}")  # longer than any French word
MAY_BREAK = "\u200b"
MOST_BYTES = 16_000_000  # of kept papers, in each process
KEPT: dict[bytes, bytes] = {}
KEEPING = Lock()


class NotPrintable(RuntimeError):
    """A template warned: what it would print is not what was meant."""


def render(template: str, data: Mapping[str, object], *, lang: str) -> bytes:
    """The PDF of `typst/<template>.typ`, whose first lines say which data it reads, already translated.

    Raises `NotPrintable` at a warning and `typst.TypstError` at a fault of the template or its data.
    """
    engine = load("typst")
    inputs = {"data": json.dumps(_printable(data), ensure_ascii=False), "lang": lang}
    pdf, warnings = engine.compile_with_warnings(
        ROOT / f"{template}.typ",
        root=ROOT,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=["ua-1"],
    )
    if warnings:
        raise NotPrintable(f"{template}: " + "; ".join(str(warning) for warning in warnings))
    return bytes(pdf)


def kept(template: str, data: Mapping[str, object], *, lang: str) -> bytes:
    """`render`, once for the same words: for paper that strangers ask for, with nothing personal in it."""
    said = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
    key = blake2b(f"{template}\0{lang}\0{said}".encode()).digest()
    with KEEPING:  # of many who ask at once, one draws
        if key in KEPT:
            KEPT[key] = KEPT.pop(key)  # the newest stands last
        else:
            KEPT[key] = render(template, data, lang=lang)
        paper = KEPT[key]
        while sum(map(len, KEPT.values())) > MOST_BYTES and len(KEPT) > 1:
            del KEPT[next(iter(KEPT))]
    return paper


@cache
def _fonts() -> typst.Fonts:
    faces: typst.Fonts = load("typst").Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[ROOT / "fonts"]
    )
    return faces


def _printable(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {str(name): _printable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part) for part in value]
    return value


def printable(text: str) -> str:
    """The text without what our type cannot draw.

    Compatible letters stand in (ﬁ → fi, Ａ → A), emoji and signs go, and a run of letters of another
    script becomes "[…]", so that a reader knows that something is left out. A word too long for a line
    gets places to break.
    """
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    drawn = "".join(map(_drawn, lines))
    drawn = re.sub(rf"{UNREADABLE}(?:\s*{UNREADABLE})*", LEFT_OUT, drawn)
    drawn = re.sub(r" {2,}", " ", drawn)
    if text.strip() and not drawn.strip():
        return LEFT_OUT
    return ENDLESS.sub(_breakable, drawn)


def _breakable(word: re.Match[str]) -> str:
    """First after the signs of an address, then, where there are none, anywhere."""
    parts = re.split(r"(?<=[./@_?&=-])", word[0])
    pieces = (
        piece for part in parts for piece in re.findall(".{1,26}" if len(part) < 27 else ".{1,8}", part)
    )
    return MAY_BREAK.join(pieces)


def _drawn(char: str) -> str:
    if char in drawable() or char in ("\n", NARROW_SPACE):
        return char
    kind = unicodedata.category(char)
    if kind == "Zs" or char == "\t":
        return " "
    if char in STOOD_FOR:
        return STOOD_FOR[char]
    nearest = "".join(part for part in unicodedata.normalize("NFKD", char) if part in drawable())
    return nearest or (UNREADABLE if kind[0] in "LN" else "")


@cache
def drawable() -> frozenset[str]:
    """The characters that every face we ship has a glyph for."""
    faces = [_characters(path.read_bytes()) for path in sorted((ROOT / "fonts").glob("*.ttf"))]
    return frozenset.intersection(*faces)


def _characters(font: bytes) -> frozenset[str]:
    """The printable characters of a TrueType font (OpenType specification, `cmap` table, format 4)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(tables))
    cmap = next(offset for tag, _sum, offset, _length in records if tag == b"cmap")
    (subtables,) = struct.unpack_from(">H", font, cmap + 2)
    starts = [
        cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * number)[2] for number in range(subtables)
    ]
    table = next(start for start in starts if struct.unpack_from(">H", font, start) == (4,))
    size = struct.unpack_from(">H", font, table + 6)[0] // 2
    ends = struct.unpack_from(f">{size}H", font, table + 14)
    begins = struct.unpack_from(f">{size}H", font, table + 16 + 2 * size)
    codes = (code for first, last in zip(begins, ends, strict=True) for code in range(first, last + 1))
    return frozenset(
        char for char in map(chr, codes) if unicodedata.category(char)[0] not in "CZ" or char in " \u00a0"
    )
