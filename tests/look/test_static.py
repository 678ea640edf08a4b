"""The style sheet and its fonts keep their weight, their contrast and their distance from other hosts."""

from __future__ import annotations

import re
from itertools import product

import brotli
import pytest

from engage.core.config import PACKAGE

STATIC = PACKAGE / "static"
CSS = (STATIC / "css" / "engage.css").read_text()
ICON = re.compile(r"""\bicon\("([a-z-]+)""")


def _token(name: str) -> str:
    found = re.search(rf"--{name}: ?(#[0-9a-f]+)", CSS)
    assert found, name
    digits = found[1][1:]
    return digits if len(digits) == 6 else "".join(2 * digit for digit in digits)


def _light(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def test_nothing_is_drawn_in_italics() -> None:
    assert "italic" not in CSS
    assert re.search(r"\bdfn,em\{font-style:normal\}", CSS), "browsers would"


def test_first_visit_stays_light() -> None:
    sheet = len(brotli.compress(CSS.encode()))
    fonts = sum(file.stat().st_size for file in (STATIC / "fonts").glob("*.woff2"))
    assert sheet <= 13_000
    assert fonts <= 26_000
    scripts = sum(file.stat().st_size for file in (STATIC / "js").glob("*.js"))
    assert scripts <= 21_000


def test_nothing_comes_from_another_host() -> None:
    assert not re.search(r"https?://|@import|url\(['\"]?//", CSS)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *product(("ink", "ink-soft", "teal-700", "plum-700"), ("ground", "surface")),
        *product(("ink", "ink-soft", "teal-900"), ("teal-50",)),
        ("surface", "clay-700"),
        ("surface", "plum-700"),
        ("surface", "teal-700"),
    ],
)
def test_words_are_seen(ink: str, ground: str) -> None:
    assert _contrast(_token(ink), _token(ground)) >= 7


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("moss-700", "moss-100"),
        ("teal-900", "teal-100"),
        ("plum-700", "plum-100"),
        ("clay-700", "clay-100"),
        ("ink", "sun-100"),
        ("ink", "sunk"),
    ],
)
def test_tags_are_read(ink: str, ground: str) -> None:
    assert _contrast(_token(ink), _token(ground)) >= 4.5


def test_edges_of_controls_are_seen() -> None:
    assert _contrast(_token("edge"), _token("surface")) >= 3


def test_every_pictogram_named_in_a_template_exists() -> None:
    templates = PACKAGE / "templates"
    known = set(re.findall(r'"([a-z-]+)": "M', (templates / "ui" / "icon.html").read_text()))
    named = {
        (file.name, name) for file in templates.rglob("*.html") for name in ICON.findall(file.read_text())
    }
    assert known
    assert {(file, name) for file, name in named if name not in known} == set()
