"""Paper that strangers may ask for is drawn once for the same words, and what is kept is bounded."""

from __future__ import annotations

import pytest

from engage.core import pdf


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    seen: list[object] = []

    def render(_template: str, data: dict[str, object], *, lang: str) -> bytes:
        seen.append((data, lang))
        return b"x" * 400

    monkeypatch.setattr(pdf, "render", render)
    monkeypatch.setattr(pdf, "KEPT", {})
    return seen


def test_the_same_words_are_drawn_once(drawn: list[object]) -> None:
    papers = [pdf.kept("page", {"title": title}, lang="fr") for title in ("Un", "Un", "Deux", "Un")]
    assert len(drawn) == 2
    assert set(papers) == {b"x" * 400}
    pdf.kept("page", {"title": "Un"}, lang="en")
    assert len(drawn) == 3


def test_what_is_kept_is_bounded(drawn: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_BYTES", 1000)
    for number in range(20):
        pdf.kept("page", {"title": str(number)}, lang="fr")
    assert len(pdf.KEPT) == 2
    pdf.kept("page", {"title": "19"}, lang="fr")
    assert len(drawn) == 20
