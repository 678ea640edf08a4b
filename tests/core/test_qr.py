"""QR codes: the same modules on the page and on paper, named, and allowed by the strict policy."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
import segno

from engage.core import qr

ADDRESSES = ["https://tilleuls.example.org/suivi", "https://tilleuls.example.org/idees/" + "k7m4rt" * 30, "a"]


def painted(svg: str) -> set[tuple[int, int]]:
    """The modules that the picture's dark path covers."""
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg)
    return {(int(x) + step, int(y)) for x, y, length in runs for step in range(int(length))}


@pytest.mark.parametrize("address", ADDRESSES)
def test_matrix_is_the_code_with_its_white_edge(address: str) -> None:
    rows = qr.matrix(address)
    assert {len(row) for row in rows} == {len(rows)}
    inner = [row[4:-4] for row in rows[4:-4]]
    assert inner == ["".join(map(str, row)) for row in segno.make_qr(address, error="m").matrix]
    assert "1" not in "".join(rows[:4] + rows[-4:] + [row[:4] + row[-4:] for row in rows])


@pytest.mark.parametrize("address", ADDRESSES)
def test_picture_paints_the_matrix(address: str) -> None:
    rows = qr.matrix(address)
    dark = {(x, y) for y, row in enumerate(rows) for x, bit in enumerate(row) if bit == "1"}
    assert painted(qr.svg(address, label="Code")) == dark


def test_picture_has_a_role_and_a_name() -> None:
    root = ElementTree.fromstring(qr.svg(ADDRESSES[0], label="Code vers la page « Suivre »"))
    assert root.get("role") == "img"
    assert root.findtext("title") == "Code vers la page « Suivre »"


def test_label_is_never_markup() -> None:
    svg = qr.svg(ADDRESSES[0], label="</title><script>alert(1)</script>")
    assert "<script" not in svg
    assert ElementTree.fromstring(svg).findtext("title") == "</title><script>alert(1)</script>"


def test_picture_needs_nothing_that_the_policy_forbids() -> None:
    svg = qr.svg(ADDRESSES[0], label="Code")
    assert not re.search(r"style|script|href|src=|https?:|\bid=", svg)
