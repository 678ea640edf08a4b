"""The optional parser: what it adds is held against our lists, and nothing breaks without it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from engage.core import heavy
from engage.reading import Mode, Rule, check, sharper


class Word(SimpleNamespace):
    def __len__(self) -> int:
        return len(self.text)


def document(text: str, passive: tuple[str, str] | None = None, name: str = "", noun: str = "") -> Any:
    """As the parser gives it: words with their places, and the names among them."""
    words = [
        Word(text=word, idx=text.index(word), i=at, dep_="", pos_="") for at, word in enumerate(text.split())
    ]
    by_text = {word.text: word for word in words}
    for word in words:
        word.head = word
    if passive:
        by_text[passive[0]].dep_, by_text[passive[0]].head = "aux:pass", by_text[passive[1]]
    if noun:
        by_text[noun].pos_ = "NOUN"

    class Document(list[Word]):
        ents = [type("Entity", (list,), {"label_": "PER"})([by_text[name]])] if name else []

    return Document(words)


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> Any:
    def teach(**seen: Any) -> None:
        monkeypatch.setattr(sharper, "_model", lambda: lambda text: document(text, **seen))

    return teach


def passives(text: str) -> list[str]:
    found = check(text, body="simple").findings
    return [text[one.start : one.end] for one in found if one.rule is Rule.PASSIVE]


def test_it_joins_what_stands_far_apart(parser: Any) -> None:
    text = "Les chaises sont depuis une heure environ rangées ici"
    assert passives(text) == []
    parser(passive=("sont", "rangées"))
    assert passives(text) == ["sont depuis une heure environ rangées"]


@pytest.mark.parametrize("last", ["arrivés", "fatigués", "contents"])
def test_what_our_lists_know_better_stays(parser: Any, last: str) -> None:
    text = f"Ils sont depuis une heure environ {last} ici"
    parser(passive=("sont", last))
    assert passives(text) == []


def test_a_noun_is_no_participle(parser: Any) -> None:
    text = "Elle est employée ici"
    assert passives(text) == ["est employée"]
    parser(noun="employée")
    assert passives(text) == []


def test_a_name_is_not_rare(parser: Any) -> None:
    text = "Maxence reçoit le lundi"
    assert [one.rule for one in check(text, body="simple").findings] == [Rule.RARE_WORD]
    parser(name="Maxence")
    report = check(text, body="simple")
    assert report.findings == ()
    assert report.mode is Mode.NLP


def test_without_the_extra_everything_works(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(heavy, "load", missing)
    sharper._model.cache_clear()
    try:
        assert check("Votre idée est lue.", body="simple").mode is Mode.RULES
    finally:
        sharper._model.cache_clear()


def test_with_the_extra_the_model_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def load(name: str) -> Any:
        asked.append(name)
        return SimpleNamespace(load=lambda exclude: document)

    monkeypatch.setattr(heavy, "load", load)
    sharper._model.cache_clear()
    try:
        assert sharper.is_there()
        assert check("Bonjour", body="simple").mode is Mode.NLP
        assert asked == [sharper.MODEL]
    finally:
        sharper._model.cache_clear()
