"""Codes, drafts, private messages, tablets and the words of distress, as rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from engage.accounts.models import Role
from engage.centre.models import Complaint
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.intake import actions, drafts, queries, screening
from engage.intake.models import CODE_LENGTH, DistressPhrase, Draft, FollowUp, Kiosk
from engage.journal.models import Entry
from engage.outbox.models import Kind, Message
from tests import make

pytestmark = pytest.mark.usefixtures("session")


def journal() -> list[tuple[str, str]]:
    db.session.flush()
    return [
        (entry.verb, entry.subject_kind) for entry in db.session.scalars(select(Entry).order_by(Entry.id))
    ]


def test_a_code_is_45_bits_in_three_groups_without_look_alikes() -> None:
    code = actions.open_follow_up("idea", "abc")
    groups = code.split("-")
    assert [len(group) for group in groups] == [3, 3, 3]
    assert set("".join(groups)) <= set(keys.ALPHABET)
    assert not set("01OI") & set(keys.ALPHABET)
    assert CODE_LENGTH * 5 >= 40


def test_a_code_is_kept_as_a_keyed_digest_alone() -> None:
    code = actions.open_follow_up("idea", "abc")
    db.session.flush()
    row = db.session.scalars(select(FollowUp)).one()
    stored = " ".join(map(str, (row.digest, row.kind, row.ref)))
    assert code.replace("-", "") not in stored.upper()
    assert row.digest == keys.digest("follow-up", code.replace("-", ""))


def test_a_submission_always_has_the_same_code_and_others_another() -> None:
    codes = {actions.code_of(seed) for seed in ("a" * 32, "b" * 32, "c" * 32)}
    assert len(codes) == 3
    assert actions.open_follow_up("idea", "x", seed="a" * 32) == actions.code_of("a" * 32)
    assert actions.open_follow_up("idea", "y") != actions.open_follow_up("idea", "z")


def test_closed_codes_open_nothing() -> None:
    code = actions.open_follow_up("idea", "abc")
    actions.close_follow_ups("idea", "abc")
    assert queries.find_follow_up(code) is None


def test_a_draft_is_encrypted_and_found_by_its_key_alone() -> None:
    key, draft = drafts.begin("idea", {"text": "Rien"})
    db.session.flush()
    drafts.keep(draft, {"text": "Un secret"})
    stored = db.session.execute(text("SELECT key_digest, content FROM draft")).one()
    assert "secret" not in stored.content
    assert key not in stored.key_digest
    found = queries.draft(key, "idea")
    assert found is not None
    assert found.values == {"text": "Un secret"}
    assert queries.draft(key, "story") is None
    assert queries.draft("another", "idea") is None
    assert queries.draft(None, "idea") is None


def test_a_step_is_added_without_reading_the_others_and_taken_with_them_once() -> None:
    key, draft = drafts.begin("idea", {"text": "Un secret", "theme": None})
    db.session.expunge(draft)
    assert drafts.add(key, "idea", {"theme": "reach"})
    assert "reach" not in db.session.execute(text("SELECT content FROM draft")).scalar_one()
    assert not drafts.add(key, "story", {"theme": "places"})
    assert not drafts.add("another", "idea", {"theme": "places"})
    found = queries.draft(key, "idea")
    assert found is not None
    assert found.values == {"text": "Un secret", "theme": "reach"}
    db.session.expunge(found)
    assert drafts.take(key, "story") is None
    taken = drafts.take(key, "idea")
    assert taken is not None
    assert taken.values == {"text": "Un secret", "theme": "reach"}
    assert drafts.take(key, "idea") is None
    assert not drafts.add(key, "idea", {"theme": "places"})


def test_a_step_sent_again_and_again_does_not_grow_a_draft_without_end() -> None:
    key, draft = drafts.begin("idea", {"text": "Un banc"})
    db.session.expunge(draft)
    long = {"summary": "x" * 9_000}
    added = [drafts.add(key, "idea", long) for _again in range(30)]
    assert added[0]
    assert not added[-1]
    assert db.session.execute(text("SELECT length(content) FROM draft")).scalar_one() < 2 * drafts.MOST_SIGNS
    found = queries.draft(key, "idea")
    assert found is not None
    assert found.values == {"text": "Un banc", **long}


def test_a_draft_lives_a_day_after_the_last_word() -> None:
    key, draft = drafts.begin("idea", {})
    db.session.flush()
    drafts.keep(draft, {})
    assert now() + timedelta(hours=23) < draft.expires_at <= now() + timedelta(hours=24)
    draft.expires_at = now() - timedelta(seconds=1)
    db.session.flush()
    assert queries.draft(key, "idea") is None
    assert queries.expired_drafts() == [draft]


def test_a_private_message_is_kept_once_encrypted_and_announced_without_a_word() -> None:
    chloe = make.account("Chloé", Role.COORDINATOR)
    make.referent(chloe)
    said = {"text": "Le docteur m’a blessée", "contact": "06 00 00 00 00", "submission_key": "k" * 32}
    first = actions.send_complaint(**said)
    assert actions.send_complaint(**said) is first
    stored = db.session.execute(text("SELECT text, contact FROM complaint")).one()
    assert "blessée" not in stored.text
    assert "06" not in stored.contact or "06 00" not in stored.contact
    message = db.session.scalars(select(Message)).one()
    assert (message.kind, message.address) == (Kind.ALERT, chloe.email)
    assert "blessée" not in message.body


def test_a_private_message_dealt_with_is_erased() -> None:
    chloe = make.account("Chloé", Role.COORDINATOR)
    complaint = actions.send_complaint(text="Secret", contact="Ici", submission_key="k" * 32)
    actions.close_complaint(complaint, by=chloe)
    actions.close_complaint(complaint, by=chloe)
    assert (complaint.text, complaint.contact) == ("", None)
    assert queries.complaints() == []
    assert journal() == [("closed", "complaint")]
    assert db.session.scalars(select(Complaint)).one().closed_at


def test_a_tablet_opens_gets_a_name_and_closes_in_the_journal() -> None:
    chloe = make.account("Chloé", Role.COORDINATOR)
    kiosk = actions.open_kiosk("Salle", by=chloe)
    actions.rename_kiosk(kiosk, name="Salle d’attente", by=chloe)
    actions.rename_kiosk(kiosk, name="Salle d’attente", by=chloe)
    db.session.flush()
    assert queries.kiosk(kiosk.code) is kiosk
    actions.close_kiosk(kiosk, by=chloe)
    actions.close_kiosk(kiosk, by=chloe)
    assert journal() == [("opened", "kiosk"), ("renamed", "kiosk"), ("closed", "kiosk")]
    assert queries.kiosk(kiosk.code) is None
    assert db.session.scalars(select(Kiosk)).one().name == "Salle d’attente"


def test_words_of_distress_are_added_and_taken_off_in_the_journal() -> None:
    admin = make.account("Dominique", Role.ADMIN)
    actions.fill_distress_phrases()
    actions.fill_distress_phrases()
    assert len(queries.phrases()) == len(set(screening.default_distress()))
    assert not queries.is_distress("plus de lumière au bout du tunnel")
    actions.add_distress_phrase(phrase="au bout du tunnel", by=admin)
    db.session.flush()
    assert queries.is_distress("Plus de lumière AU BOUT du tunnel")
    with pytest.raises(Refused):
        actions.add_distress_phrase(phrase="Au  bout du Tunnél", by=admin)
    added = db.session.scalars(select(DistressPhrase).filter_by(phrase="au bout du tunnel")).one()
    actions.remove_distress_phrase(added, by=admin)
    db.session.flush()
    assert not queries.is_distress("au bout du tunnel")
    assert journal() == [("added", "distress_phrase"), ("removed", "distress_phrase")]


def test_without_a_list_of_its_own_the_centre_has_the_shipped_one() -> None:
    assert queries.phrases() == []
    assert queries.is_distress("je veux mourir")


def test_erasing_a_draft_erases_its_row() -> None:
    _key, draft = drafts.begin("idea", {})
    drafts.keep(draft, {"text": "x"})
    db.session.flush()
    drafts.erase(draft)
    db.session.flush()
    assert db.session.scalars(select(Draft)).all() == []


def test_two_private_messages_at_the_same_moment_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, Any] = {"text": "Secret", "contact": "", "submission_key": "k" * 32}
    first = actions.send_complaint(**said)
    answers = iter([None, first])
    monkeypatch.setattr(queries, "complaint", lambda _key: next(answers))
    assert actions.send_complaint(**said) is first
