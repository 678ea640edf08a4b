"""Ideas that come in from a workshop, and exports that the journal remembers."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import func, select

from engage.accounts.models import Role
from engage.core import fulltext
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.ideas.exchange import actions, plan
from engage.ideas.exchange.files import Format
from engage.ideas.exchange.plan import Line
from engage.ideas.exchange.queries import Wanted
from engage.ideas.models import Idea, Progress, Publication, StepKind
from engage.ideas.timeline import queries as timeline
from engage.ideas.timeline.promise import promise
from engage.journal.models import Entry
from engage.outbox.models import Message
from tests import make
from tests.ideas.exchange.sheet import GOOD, REAL, needs_real, stream


def lines(text: str = GOOD) -> Sequence[Line]:
    return plan.read(stream(text)).fresh


def ideas() -> Sequence[Idea]:
    return db.session.scalars(select(Idea).order_by(Idea.id)).all()


def found(kind: str, words: str) -> set[str]:
    return set(db.session.scalars(fulltext.matching(kind, words)))


@pytest.mark.usefixtures("session")
def test_an_imported_idea_is_public_received_and_keeps_its_origin() -> None:
    by = make.account("Chloé", Role.COORDINATOR)
    make.referent(by)
    assert actions.bring_in(lines(), hold=False, by=by) == 2
    bench, saturday = ideas()
    assert (bench.publication, bench.progress) == (Publication.PUBLIC, Progress.RECEIVED)
    assert (bench.title, bench.workshop, bench.workshop_table) == ("Un banc", "Atelier de mai", "Accueil")
    assert bench.published_at
    assert bench.owner == by
    assert saturday.title == ""
    assert [step.kind for step in timeline.steps(bench, "public")] == [StepKind.PUBLICATION]


@pytest.mark.usefixtures("session")
def test_it_has_no_due_date_and_stays_out_of_the_delay_figures() -> None:
    actions.bring_in(lines(), hold=False, by=None)
    for idea in ideas():
        assert idea.due_on is None
        idea.answered_at = now()
    db.session.flush()
    assert (promise().median_days, promise().due) == (None, 0)


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("words", ["creneau consultations", "CRÉNEAUX", "samedis"])
def test_it_is_found_without_accents_and_in_other_inflections(words: str) -> None:
    actions.bring_in(lines(), hold=False, by=None)
    code = ideas()[1].code
    assert found("idea", words) == found("idea-desk", words) == {code}


@pytest.mark.usefixtures("session")
def test_held_ideas_wait_for_the_team_to_read_them() -> None:
    actions.bring_in(lines(), hold=True, by=None)
    idea = ideas()[0]
    assert (idea.publication, idea.published_at, idea.due_on) == (Publication.WAITING, None, None)
    assert not found("idea", "banc")
    assert found("idea-desk", "banc") == {idea.code}


@pytest.mark.usefixtures("session")
def test_a_second_import_changes_nothing_whatever_became_of_the_ideas() -> None:
    same = lines()
    actions.bring_in(same, hold=False, by=None)
    bench, saturday = ideas()
    bench.title, bench.text, bench.publication = "Un siège", "Un siège devant la porte.", Publication.TEAM
    saturday.publication, saturday.text = Publication.WITHDRAWN, ""
    db.session.flush()
    before = [(idea.version, idea.text) for idea in ideas()]
    assert lines() == []
    assert actions.bring_in(same, hold=False, by=None) == 0
    assert [(idea.version, idea.text) for idea in ideas()] == before


@needs_real
@pytest.mark.usefixtures("session")
def test_the_ideas_of_real_workshops_come_in_once_and_can_be_found() -> None:
    with REAL.open("rb") as file:
        fresh = plan.read(file).fresh
    assert actions.bring_in(fresh, hold=False, by=None) == 41
    with REAL.open("rb") as file:
        assert plan.read(file).fresh == []
    assert found("idea", "difficulte recrutement usager")
    assert found("idea", "mediateurs sante") == found("idea", "médiateur santé")
    assert {idea.workshop for idea in ideas()} == {line.workshop for line in fresh}


@pytest.mark.usefixtures("session")
def test_words_of_distress_in_a_file_alert_whoever_is_on_duty() -> None:
    make.referent(make.account("Chloé", Role.COORDINATOR))
    actions.bring_in(lines("text\nJe veux mourir.\n"), hold=True, by=None)
    assert ideas()[0].is_distress
    assert db.session.scalar(select(func.count(Message.id))) == 1


def test_two_imports_of_one_file_at_the_same_moment_bring_each_idea_once(app: Flask) -> None:
    start, counts = threading.Barrier(2), []

    def work() -> None:
        with app.app_context():
            mine = lines()
            db.session.rollback()
            start.wait()
            counts.append(actions.bring_in(mine, hold=False, by=None))
            db.session.commit()
            db.session.remove()

    threads = [threading.Thread(target=work) for _import in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 2]
    with app.app_context():
        assert len(ideas()) == 2
        db.session.rollback()


@pytest.mark.usefixtures("session")
def test_the_journal_keeps_what_came_in_and_what_went_out() -> None:
    by = make.account("Chloé", Role.COORDINATOR)
    actions.bring_in(lines(), hold=False, by=by)
    actions.bring_in([], hold=False, by=by)
    actions.take_out(Format.CSV, Wanted(publication=Publication.PUBLIC), by=by)
    actions.take_out_contacts(Format.XLSX, Wanted(), reason="Inviter à la réunion", by=by)
    with pytest.raises(Refused, match="pourquoi"):
        actions.take_out_contacts(Format.XLSX, Wanted(), reason=" ", by=by)
    entries = db.session.scalars(select(Entry).order_by(Entry.id)).all()
    assert [(entry.verb, entry.note) for entry in entries] == [
        ("imported", "2"),
        ("exported", "csv, 2"),
        ("exported with contacts", "xlsx, 2: Inviter à la réunion"),
    ]
    assert {entry.actor for entry in entries} == {by.actor_id}
