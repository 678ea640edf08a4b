"""Which ideas go out, and how little memory that takes."""

from __future__ import annotations

import os
import tracemalloc
from collections import deque
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import insert

from engage.core.clock import now
from engage.core.db import db
from engage.ideas.exchange import files, queries
from engage.ideas.exchange.columns import columns, dictionary
from engage.ideas.exchange.files import Format
from engage.ideas.exchange.queries import Wanted
from engage.ideas.models import Idea, Progress, Publication, StepKind, Visibility
from engage.ideas.timeline import actions as timeline
from engage.intake.models import Door, Reply
from tests import make

pytestmark = pytest.mark.usefixtures("session")

HOW_MANY = 50_000 if os.environ.get("ENGAGE_TEST_DEEP") else 5_000
MOST_BYTES = 6_000_000  # less than the texts of 5,000 such ideas
LONG = "Un banc devant la porte, pour attendre assis. " * 40


def out(wanted: Wanted | None = None, *, with_contacts: bool = False) -> list[dict[str, Any]]:
    db.session.commit()
    names = [column.name for column in columns(with_contacts=with_contacts)]
    rows = queries.rows(wanted or Wanted(), with_contacts=with_contacts)
    return [dict(zip(names, row, strict=True)) for row in rows]


def codes(wanted: Wanted) -> list[str]:
    found = [row["code"] for row in out(wanted)]
    assert queries.count(wanted) == len(found)
    return found


def test_a_row_says_what_the_team_knows_of_an_idea() -> None:
    target = make.idea("La même")
    idea = make.idea(
        theme_id=make.theme("reach").id,
        door=Door.WORKSHOP,
        workshop="Atelier de mai",
        workshop_table="Accueil",
        merged_into_id=target.id,
        owner_id=make.account("Chloé", last_name="Perrin").id,
        support_count=3,
    )
    for words in ("D’abord ceci.", "Puis cela."):
        timeline.note(idea, StepKind.ANSWER, visibility=Visibility.PUBLIC, words=words)
    timeline.note(idea, StepKind.ANSWER, visibility=Visibility.TEAM, words="Entre nous.")
    row = out()[1]
    assert (row["theme"], row["theme_label"], row["door"]) == ("reach", "Nous joindre", "workshop")
    assert (row["workshop"], row["table"], row["owner"]) == ("Atelier de mai", "Accueil", "Chloé Perrin")
    assert (row["merged_into"], row["supports"], row["imported"]) == (target.code, 3, False)
    assert row["answer"] == "Puis cela."


def test_contacts_and_first_words_stay_in_unless_contacts_are_asked_for() -> None:
    make.idea(
        reply=Reply.MAIL,
        contact="jeanne@exemple.fr",
        first_name="Jeanne",
        original="Le docteur Martin",
        helper_relation="Sa voisine",
        helper_summary="Elle a mal.",
    )
    plain = str(out())
    for kept in ("jeanne@exemple.fr", "Jeanne", "Martin", "Sa voisine", "Elle a mal."):
        assert kept not in plain
    (row,) = out(with_contacts=True)
    assert (row["contact"], row["first_name"], row["reply"]) == ("jeanne@exemple.fr", "Jeanne", "mail")
    assert "Martin" not in str(row)


def test_moments_are_told_on_the_clock_of_the_centre() -> None:
    make.idea(received_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    assert out()[0]["received_at"].isoformat() == "2026-07-02T00:30:00+02:00"


def test_each_filter_narrows_the_export() -> None:
    theme = make.theme("reach")
    plain = make.idea(received_at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    chosen = make.idea(
        theme_id=theme.id,
        door=Door.PAPER,
        publication=Publication.PUBLIC,
        progress=Progress.STUDY,
        received_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC),
    )
    for wanted in (
        Wanted(publication=Publication.PUBLIC),
        Wanted(progress=Progress.STUDY),
        Wanted(theme_id=theme.id),
        Wanted(door=Door.PAPER),
        Wanted(since=date(2026, 7, 2)),
        Wanted(since=date(2026, 7, 2), until=date(2026, 7, 2)),
    ):
        assert codes(wanted) == [chosen.code]
    assert codes(Wanted(until=date(2026, 7, 1))) == [plain.code]
    assert codes(Wanted()) == [plain.code, chosen.code]


def test_the_dictionary_explains_every_column_and_every_code() -> None:
    explained = {name: codes for name, _meaning, _kind, codes in dictionary(with_contacts=True)}
    assert list(explained) == [column.name for column in columns(with_contacts=True)]
    assert len(list(dictionary(with_contacts=False))) == len(columns(with_contacts=False))
    for name, kind in (
        ("publication", Publication),
        ("progress", Progress),
        ("door", Door),
        ("reply", Reply),
    ):
        assert [line.split(" = ")[0] for line in explained[name].split("; ")] == [code.value for code in kind]


def _fill(count: int) -> None:
    facts = {
        "text": LONG,
        "door": Door.WEB,
        "wants_public": True,
        "received_at": now(),
        "version": 1,
        "reply": Reply.MAIL,
        "contact": "jeanne@exemple.fr",
    }
    for start in range(0, count, 1000):
        names = [f"idea-{number}" for number in range(start, start + 1000)]
        db.session.execute(insert(Idea), [facts | {"code": name, "submission_key": name} for name in names])
    db.session.commit()


@pytest.mark.parametrize("kind", list(Format))
def test_any_number_of_ideas_goes_out_in_bounded_memory(kind: Format) -> None:
    _fill(HOW_MANY)
    files.ideas(
        kind, Wanted(door=Door.PAPER), with_contacts=True
    ).close()  # what is loaded once does not count
    tracemalloc.start()
    try:
        with files.ideas(kind, Wanted(), with_contacts=True) as file:
            deque(iter(lambda: file.read(65_536), b""), maxlen=0)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST_BYTES, f"{peak / 1e6:.1f} MB for {HOW_MANY} ideas"
