"""What the demo says: invented through and through, well written, and careful with people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from engage.demo import house, past
from engage.ideas.moderation.answer_check import check
from engage.intake import screening
from engage.intake.screening import Kind

NAMES = ("centre", "people", "boxes", "ideas", "waiting", "commitments", "surveys")
# 04 00 is given to nobody; the others are set aside for fiction (Arcep, décision 2018-0881).
INVENTED_PHONE = re.compile(r"04 00 00 00 \d\d|01 99 00 \d\d \d\d|06 39 98 \d\d \d\d")
INVENTED_MAIL = re.compile(r"[a-z]+@demo\.engage\.example")
PHONE = re.compile(r"(?:\+33|\b0)[ .]?[1-9](?:[ .-]?\d\d){4}\b|\b04 00(?: \d\d){3}")
NUMBER_OF_WORDS = 20
ENDS = re.compile(r"(?<=[.!?…])\s+")


def _strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, path)


ALL = [(name + path, text) for name in NAMES for path, text in _strings(house.read(name))]
_BOXES, IDEAS, COMMITMENTS = house.story()
SPOKEN = [
    (path, text)
    for path, text in ALL
    if re.search(r"\.(text|title|said|summary|purpose|note|heard|promised|words\.\w+)$", path)
]
BY_THE_TEAM = [
    past.SAID.sub("lundi 3 mai", step["text"])
    for idea in IDEAS
    for step in idea.get("then", [])
    if step["do"] in {"answer", "move", "ask", "draft"} and "text" in step
] + [words for one in COMMITMENTS for words in (one["summary"], *(step["text"] for step in one["then"]))]


def test_no_address_and_no_phone_belongs_to_anybody() -> None:
    for path, text in ALL:
        assert not PHONE.search(INVENTED_PHONE.sub("", text)), path
        assert "@" not in INVENTED_MAIL.sub("", text), path


def test_nobody_is_reachable_through_an_idea() -> None:
    """One idea that waits holds a phone number, to show the mask; no other holds a contact."""
    found = [
        (path, finding.kind)
        for path, text in SPOKEN
        for finding in screening.screen(text)
        if finding.kind in {Kind.EMAIL, Kind.PHONE, Kind.NIR, Kind.ADDRESS, Kind.BIRTH_DATE}
    ]
    assert found == [("waiting.text", Kind.PHONE)]


def test_answers_confirm_nobody_as_a_patient_and_blame_nobody(app: Flask) -> None:
    names = house.read("centre")["staff_names"]
    with app.app_context():
        assert [doubt for text in BY_THE_TEAM for doubt in check(text, names)] == []


def test_the_team_writes_short_sentences() -> None:
    sentences = [sentence for text in BY_THE_TEAM for sentence in ENDS.split(text.strip())]
    lengths = [len(re.findall(r"\w[\w’-]*", sentence)) for sentence in sentences]
    assert max(lengths) <= NUMBER_OF_WORDS
    assert sum(lengths) / len(lengths) <= 12


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (r"(?<=\w)'(?=\w)", "a straight apostrophe"),
        (r"(?<=[^\s\u202f])[?!;](?!\w)", "no space before a high sign"),
        (r" [?!;:»]|« ", "a space that may break"),
        (r"\.\.\.|\s,", "dots or a loose comma"),
    ],
)
def test_typography(fault: str, why: str) -> None:
    french = [(path, text) for path, text in SPOKEN if "I moved here" not in text]
    assert [path + ": " + text for path, text in french if re.search(fault, text)] == [], why


def test_few_words_are_marked_as_distress() -> None:
    flagged = [text for path, text in SPOKEN if screening.is_distress(text)]
    assert len(flagged) == 1
    assert "plus goût à rien" in flagged[0]
