"""Pages travel compressed when the phone understands it."""

from __future__ import annotations

import gzip

import brotli

from tests.browser import Visitor


def test_a_page_is_smaller_on_the_way_and_the_same_at_the_end(nobody: Visitor) -> None:
    plain = nobody.client.get("/mentions-legales")
    small = nobody.client.get("/mentions-legales", headers={"Accept-Encoding": "gzip, br"})
    older = nobody.client.get("/mentions-legales", headers={"Accept-Encoding": "gzip"})
    assert plain.content_encoding is None
    assert small.content_encoding == "br"
    assert len(small.data) < len(plain.data) / 2
    assert brotli.decompress(small.data).decode().count("<h1>") == 1
    assert gzip.decompress(older.data).decode().count("<h1>") == 1
    assert "Accept-Encoding" in small.headers["Vary"]


def test_what_is_already_small_is_left_alone(nobody: Visitor) -> None:
    assert nobody.client.get("/couleurs.css", headers={"Accept-Encoding": "br"}).content_encoding is None
