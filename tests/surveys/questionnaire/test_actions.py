"""Writing, freezing, renewing and retiring, on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from engage.accounts.models import Account, Role
from engage.core.db import Model, db
from engage.core.errors import Refused
from engage.core.yamltext import Invalid
from engage.journal.models import Entry
from engage.surveys.questionnaire import actions, editing, queries, rows
from engage.surveys.questionnaire import permissions as may
from engage.surveys.questionnaire.comparing import Sort, compare, least
from engage.surveys.questionnaire.kinds import Change
from engage.surveys.questionnaire.models import Text, Version
from engage.surveys.questionnaire.rehearsal import rehearse
from engage.surveys.questionnaire.writing import content_hash, write
from engage.uploads.models import Upload
from tests import make
from tests.surveys.questionnaire import sample


@pytest.fixture
def coordinator(session: None) -> Account:
    return make.account("Chloé", Role.COORDINATOR)


@pytest.fixture
def draft(coordinator: Account) -> Version:
    return actions.create(sample.document(), by=coordinator)


def counted() -> dict[str, int]:
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Model.metadata.sorted_tables
    }


def test_what_is_stored_is_what_was_written_to_the_byte(draft: Version) -> None:
    db.session.commit()
    db.session.expire_all()
    assert rows.read(draft) == sample.document()
    assert write(rows.read(draft)) == write(sample.document())


def test_a_code_is_taken_once(draft: Version, coordinator: Account) -> None:
    with pytest.raises(Refused):
        actions.create(sample.document(), by=coordinator)


def test_freezing_keeps_the_hash_of_what_is_asked(draft: Version, coordinator: Account) -> None:
    actions.freeze(draft, revision=draft.revision, by=coordinator)
    assert draft.content_hash == content_hash(sample.document())
    with pytest.raises(Refused):
        actions.edit(draft, sample.document(), revision=draft.revision, by=coordinator)
    with pytest.raises(Refused):
        actions.freeze(draft, revision=draft.revision, by=coordinator)
    noted = db.session.scalars(select(Entry.verb).where(Entry.subject_ref == "accueil/1")).all()
    assert noted == ["questionnaire created", "questionnaire frozen"]


def test_what_is_incomplete_is_not_frozen(draft: Version, coordinator: Account) -> None:
    broken = editing.remove(sample.document(), "came")
    actions.edit(draft, broken, revision=draft.revision, by=coordinator)
    with pytest.raises(Invalid, match="came"):
        actions.freeze(draft, revision=draft.revision, by=coordinator)
    assert draft.is_draft


def test_an_old_page_writes_nothing(draft: Version, coordinator: Account) -> None:
    seen = draft.revision
    actions.edit(draft, sample.document(), revision=seen, by=coordinator)
    with pytest.raises(Refused):
        actions.edit(draft, sample.document(), revision=seen, by=coordinator)


def test_renewing_gives_one_draft_and_leaves_the_frozen_one(draft: Version, coordinator: Account) -> None:
    actions.freeze(draft, revision=draft.revision, by=coordinator)
    second = actions.renew(draft, by=coordinator)
    assert second.number == 2
    assert second.parent_id == draft.id
    assert actions.renew(draft, by=coordinator) is second
    with pytest.raises(Refused):  # nobody said what changed
        actions.freeze(second, revision=second.revision, by=coordinator)
    with pytest.raises(Refused):
        actions.classify(draft, change=Change.COSMETIC, note="", revision=draft.revision, by=coordinator)
    actions.classify(second, change=Change.COSMETIC, note="", revision=second.revision, by=coordinator)
    actions.freeze(second, revision=second.revision, by=coordinator)
    actions.retire(draft, by=coordinator)
    with pytest.raises(Refused):
        actions.retire(draft, by=coordinator)
    assert [one.version.number for one in queries.askable()] == [2]


def test_the_class_of_a_change_cannot_lie(draft: Version, coordinator: Account) -> None:
    actions.freeze(draft, revision=draft.revision, by=coordinator)
    second = actions.renew(draft, by=coordinator)
    less = editing.remove(sample.document(), "who")
    actions.edit(second, less, revision=second.revision, by=coordinator)
    for change, note in ((Change.COSMETIC, "Rien"), (Change.COMPARABLE, "")):
        with pytest.raises(Refused):
            actions.classify(second, change=change, note=note, revision=second.revision, by=coordinator)


def test_the_same_file_again_is_the_next_draft(draft: Version, coordinator: Account) -> None:
    raw = write(sample.document()).encode()
    with pytest.raises(Refused):
        actions.bring_in(raw, by=coordinator)
    actions.freeze(draft, revision=draft.revision, by=coordinator)
    second = actions.bring_in(raw, by=coordinator)
    assert (second.number, second.parent_id) == (2, draft.id)


def test_a_bad_file_stores_nothing(coordinator: Account) -> None:
    before = counted()
    with pytest.raises(Invalid):
        actions.bring_in(sample.YAML.replace("key: since", "key: often").encode(), by=coordinator)
    assert counted() == before


def test_throwing_away_leaves_nothing_behind(draft: Version, coordinator: Account) -> None:
    actions.discard(draft, revision=draft.revision, by=coordinator)
    db.session.commit()
    left = {name: rows for name, rows in counted().items() if name.startswith("questionnaire") and rows}
    assert left == {}


def test_a_rehearsal_stores_nothing(draft: Version) -> None:
    db.session.commit()
    before = counted()
    rehearse(queries.document(draft))
    db.session.commit()
    assert counted() == before


def test_recorded_words_keep_their_recording_while_they_stay(draft: Version, coordinator: Account) -> None:
    sound = Upload(media_type="audio/ogg", size=1, width=0, height=0, created_at=draft.edited_at)
    db.session.add(sound)
    db.session.flush()
    said = db.session.scalars(select(Text).where(Text.body == "Merci d’être là.")).one()
    said.audio_id = sound.id
    db.session.flush()
    actions.edit(draft, editing.remove(sample.document(), "who"), revision=draft.revision, by=coordinator)
    db.session.expire_all()
    kept = db.session.scalars(select(Text.body).where(Text.audio_id == sound.id)).all()
    assert kept == ["Merci d’être là."]


def test_what_changed_is_said_question_by_question() -> None:
    before = sample.document()
    came = before.question("came")
    assert came is not None
    after = editing.change(before, "came", replace(came, text={"fr": {"standard": "Venu ?"}}))
    assert [(pair.key, set(pair.sorts)) for pair in compare(before, after).changed] == [
        ("came", {Sort.WORDS})
    ]
    assert least(compare(before, after)) is Change.COSMETIC
    moved = editing.move(before, "hello", up=False)
    assert least(compare(before, moved)) is Change.COMPARABLE
    scored = tuple(replace(choice, score=9) for choice in came.choices[:1]) + came.choices[1:]
    rescored = editing.change(before, "came", replace(came, choices=scored))
    assert least(compare(before, rescored)) is Change.BREAKING
    assert compare(before, before).changed == ()


def test_only_coordination_writes_and_only_the_team_reads() -> None:
    people = {role: Account(role=role) for role in Role}
    for verb in (
        may.create,
        may.edit,
        may.freeze,
        may.renew,
        may.classify,
        may.retire,
        may.discard,
        may.bring_in,
    ):
        assert {role for role, one in people.items() if verb(one)} == {Role.COORDINATOR, Role.ADMIN}
        assert not verb(None)
    assert {role for role, one in people.items() if may.see_desk(one)} == {
        Role.STAFF, Role.COORDINATOR, Role.ADMIN,
    }  # fmt: skip
