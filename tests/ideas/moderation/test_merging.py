"""Two ideas that say the same, one list of voices; and back, without losing one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.core import fulltext, keys
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.ideas import actions as ideas
from engage.ideas.models import Idea, Merge, Publication, Step, StepKind, Support
from engage.ideas.moderation.actions import Overtaken
from engage.ideas.moderation.merging import actions, queries
from engage.ideas.moderation.progress import actions as progress
from engage.ideas.timeline import actions as timeline
from engage.ideas.timeline.queries import steps
from engage.intake.models import Reply
from engage.outbox.models import Message
from tests import make

PEOPLE = 4
DEVICES = ("tablette", "vieux téléphone", "ordinateur")
FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture
def chloe_(session: None) -> Account:
    return make.account("Chloé", Role.COORDINATOR)


def public(text: str = "Un banc devant la porte.", **values: Any) -> Idea:
    return make.idea(text, publication=Publication.PUBLIC, **values)


def support(idea: Idea, *who: Account | str) -> None:
    for voice in who:
        digest = keys.digest("device", f"device {voice}") if isinstance(voice, str) else None
        account_id = None if isinstance(voice, str) else voice.id
        db.session.add(Support(idea_id=idea.id, at=now(), account_id=account_id, device_digest=digest))
    db.session.flush()
    idea.support_count = queries.count_supports(idea)
    db.session.flush()


def voices(idea: Idea) -> set[object]:
    rows = db.session.scalars(select(Support).filter_by(idea_id=idea.id))
    return {row.account_id or row.device_digest for row in rows}


def merge(source: Idea, into: Idea, by: Account) -> None:
    actions.merge(source, into, version=source.version, by=by)
    db.session.flush()


def unmerge(source: Idea, by: Account) -> None:
    actions.unmerge(source, version=source.version, by=by)
    db.session.flush()


def counts(*several: Idea) -> list[int]:
    return [idea.support_count for idea in several]


def test_each_person_counts_once_and_both_pages_say_so(chloe_: Account) -> None:
    source, target = public("Des bancs à l’entrée."), public()
    amina = make.account("Amina")
    support(source, amina, "tablette")
    support(target, amina, "téléphone")
    merge(source, target, chloe_)
    assert counts(source, target) == [1, 3]
    assert source.publication is Publication.MERGED
    assert list(db.session.scalars(fulltext.matching("idea", "entrée"))) == []
    assert {step.kind for idea in (source, target) for step in steps(idea, "public")} == {StepKind.MERGED}
    assert steps(target, "public")[0].words == "Des bancs à l’entrée."
    unmerge(source, chloe_)
    assert counts(source, target) == [2, 2]
    assert source.is_public
    assert steps(source, "public")[-1].kind is StepKind.UNMERGED


def test_followers_go_along_and_read_the_answer_with_their_own_code(chloe_: Account) -> None:
    source = public(reply=Reply.MAIL, contact="jeanne@exemple.fr")
    target = public()
    merge(source, target, chloe_)
    progress.answer(target, text="Oui, en juin.", version=target.version, by=chloe_)
    db.session.flush()
    assert [step.words for step in steps(source, "author") if step.kind is StepKind.ANSWER] == [
        "Oui, en juin."
    ]
    assert source.answered_at
    told = [m.body for m in db.session.scalars(select(Message).order_by(Message.id))]
    assert len(told) == 2
    assert "Oui, en juin." in told[1]


def test_joining_an_idea_that_is_answered_gives_the_answer_and_undoing_asks_for_one_again(
    chloe_: Account,
) -> None:
    source = make.idea("Le banc.", reply=Reply.MAIL, contact="jeanne@exemple.fr")
    target = public()
    progress.answer(target, text="Oui, en juin.", version=target.version, by=chloe_)
    db.session.flush()
    merge(source, target, chloe_)
    assert source.answered_at
    assert "Oui, en juin." in db.session.scalars(select(Message)).one().body
    unmerge(source, chloe_)
    assert source.answered_at is None
    assert source.publication is Publication.WAITING


def test_words_nobody_may_read_are_not_named_on_the_public_page(chloe_: Account) -> None:
    source, target = make.idea("Mon secret."), public()
    merge(source, target, chloe_)
    assert steps(target, "public")[0].words == ""


@pytest.mark.parametrize("publication", queries.CANNOT_RECEIVE)
def test_what_is_gone_receives_nothing(chloe_: Account, publication: Publication) -> None:
    source, target = public(), make.idea(publication=publication)
    with pytest.raises(Refused):
        actions.merge(source, target, version=source.version, by=chloe_)


def test_an_idea_joins_neither_itself_nor_one_that_fewer_people_read(chloe_: Account) -> None:
    source = public()
    with pytest.raises(Refused):
        actions.merge(source, source, version=source.version, by=chloe_)
    with pytest.raises(Refused, match="autre sens"):
        actions.merge(source, make.idea(), version=source.version, by=chloe_)
    with pytest.raises(Refused):
        actions.unmerge(source, version=source.version, by=chloe_)


def test_a_chain_is_undone_from_its_end(chloe_: Account) -> None:
    first, second, third = public("Un."), public("Deux."), public("Trois.")
    support(first, "a")
    support(second, "b")
    merge(first, second, chloe_)
    merge(second, third, chloe_)
    assert counts(first, second, third) == [0, 0, 2]
    with pytest.raises(Refused, match="troisième"):
        actions.unmerge(first, version=first.version, by=chloe_)
    unmerge(second, chloe_)
    unmerge(first, chloe_)
    assert counts(first, second, third) == [1, 1, 0]


def test_the_second_of_two_people_sees_the_merge(chloe_: Account) -> None:
    source, target = public(), public()
    seen = source.version
    merge(source, target, chloe_)
    with pytest.raises(Overtaken, match="réuni cette idée"):
        actions.merge(source, public(), version=seen, by=chloe_)


def test_suggestions_are_near_words_found_words_or_a_code(chloe_: Account) -> None:
    idea, near, far = (
        public("Un banc devant la porte"),
        public("Des bancs devant les portes"),
        public("Le parking"),
    )
    for one in (idea, near, far):
        timeline.index(one)
    db.session.flush()
    assert list(queries.suggestions(idea)) == [near]
    assert list(queries.suggestions(idea, "parking")) == [far]
    assert list(queries.suggestions(idea, far.code.upper())) == [far]


@contextmanager
def undone() -> Iterator[None]:
    """Each example leaves the database as it was."""
    nested = db.session.begin_nested()
    try:
        yield
    finally:
        nested.rollback()
        db.session.expire_all()


some_voices = st.sets(st.integers(0, PEOPLE + len(DEVICES) - 1))


@settings(max_examples=15, deadline=None, suppress_health_check=FIXTURES)
@given(first=some_voices, second=some_voices, into=some_voices, order=st.booleans())
def test_merging_and_undoing_in_any_order_changes_no_count(
    chloe_: Account, first: set[int], second: set[int], into: set[int], order: bool
) -> None:
    with undone():
        crowd: list[Account | str] = [make.account(f"P{n}") for n in range(PEOPLE)] + list(DEVICES)
        one, two, target = public("Un."), public("Deux."), public("Trois.")
        for idea, chosen in ((one, first), (two, second), (target, into)):
            support(idea, *(crowd[n] for n in sorted(chosen)))
        before = [voices(idea) for idea in (one, two, target)]
        merge(one, target, chloe_)
        assert target.support_count == len(first | into)
        merge(two, target, chloe_)
        assert target.support_count == len(voices(target)) == len(first | second | into)
        early, late = ((one, two), (two, one))[order]
        unmerge(early, chloe_)
        assert target.support_count == len(into | (second if late is two else first))
        unmerge(late, chloe_)
        assert [voices(idea) for idea in (one, two, target)] == before
        assert counts(one, two, target) == [len(first), len(second), len(into)]


@settings(max_examples=15, deadline=None, suppress_health_check=FIXTURES)
@given(source_has=some_voices, target_has=some_voices, come=some_voices, leave=some_voices)
def test_voices_that_come_and_go_meanwhile_stay_where_they_were_said(
    chloe_: Account, source_has: set[int], target_has: set[int], come: set[int], leave: set[int]
) -> None:
    with undone():
        crowd: list[Account | str] = [make.account(f"P{n}") for n in range(PEOPLE)] + list(DEVICES)
        source, target = public("Un."), public("Deux.")
        support(source, *(crowd[n] for n in sorted(source_has)))
        support(target, *(crowd[n] for n in sorted(target_has)))
        merge(source, target, chloe_)
        for n in sorted(come):
            _press(ideas.support, target, crowd[n])
        for n in sorted(leave):
            _press(ideas.stop_supporting, target, crowd[n])
        assert target.support_count == len((source_has | target_has | come) - leave)
        unmerge(source, chloe_)
        assert counts(source, target) == [len(voices(source)), len(voices(target))]
        carried = source_has - target_has
        assert source.support_count == len(source_has - (carried & leave))
        assert target.support_count == len((target_has | (come - carried)) - leave)


def _press(deed: object, idea: Idea, who: Account | str) -> None:
    account = who if isinstance(who, Account) else None
    device = "" if isinstance(who, Account) else f"device {who}"
    deed(idea, by=account, device=device)  # type: ignore[operator]


def test_voices_said_while_ideas_are_merged_are_counted_once_and_never_lost(app: Flask) -> None:
    with app.app_context():
        chloe = make.account("Chloé", Role.COORDINATOR).id
        source, target = public().id, public("Un autre banc.").id
        db.session.commit()
    start, refused = threading.Barrier(9), []

    def press(n: int) -> None:
        with app.app_context():
            start.wait()
            try:
                ideas.support(db.session.get_one(Idea, source), by=None, device=f"device {n}")
                db.session.commit()
            except Refused:
                refused.append(n)
                db.session.rollback()

    def bring_together() -> None:
        with app.app_context():
            start.wait()
            idea = db.session.get_one(Idea, source)
            actions.merge(
                idea, db.session.get_one(Idea, target), version=1, by=db.session.get_one(Account, chloe)
            )
            db.session.commit()

    threads = [threading.Thread(target=press, args=[n]) for n in range(8)]
    threads.append(threading.Thread(target=bring_together))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        one, two = db.session.get_one(Idea, source), db.session.get_one(Idea, target)
        assert one.publication is Publication.MERGED
        assert counts(one, two) == [0, 8 - len(refused)]
        assert len(voices(two)) == 8 - len(refused)
        assert len(db.session.scalars(select(Merge)).one().moved["supports"]) == 8 - len(refused)
        assert len(list(db.session.scalars(select(Step).filter_by(kind=StepKind.MERGED)))) == 2
