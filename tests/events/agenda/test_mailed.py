"""The mails of a sign-up bring its date for calendars: the same UID as the feeds, and what became of it."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest

from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.events.agenda import ical
from engage.events.models import Occurrence
from engage.events.signing import actions
from engage.outbox import sending
from engage.outbox.models import Channel
from engage.outbox.post import Fate, Letter, Outcome
from tests import make
from tests.events.signing.people import signed


@pytest.fixture
def date(session: None) -> Occurrence:
    made = make.occurrence(make.event("Atelier VIH", neutral_title="Rencontre"), capacity=1)
    db.session.commit()
    return made


def mails() -> list[EmailMessage]:
    """Those that wait, as they leave."""
    found: list[EmailMessage] = []
    while claim := sending.claim(Channel.MAIL):
        assert isinstance(claim.letter, Letter)
        found.append(message_from_bytes(claim.letter.content, policy=policy.default))
        sending.finish(claim, Outcome(Fate.SENT))
    db.session.commit()
    return found


def entries(mail: EmailMessage) -> list[Any]:
    files = [part for part in mail.iter_attachments() if part.get_content_type() == "text/calendar"]
    whole = [icalendar.Calendar.from_ical(part.get_content()) for part in files]
    return [entry for one in whole for entry in one.walk("VEVENT")]


def test_who_has_a_place_gets_the_date_and_who_waits_does_not(date: Occurrence) -> None:
    signed(date)
    signed(date, "Paul")
    first, second = mails()
    (entry,) = entries(first)
    assert entry["uid"] == ical.uid(date.code)
    assert (entry["sequence"], entry["summary"], entry["status"]) == (0, "Rencontre", "CONFIRMED")
    assert entry.start == date.starts_at
    assert "VIH" not in first.as_string()
    assert entries(second) == []
    assert "liste d’attente" in second.get_body().get_content()  # type: ignore[union-attr]


def test_a_cancelled_date_takes_its_entry_away(date: Occurrence) -> None:
    by: Account = make.account("Chloé", Role.COORDINATOR)
    signed(date)
    mails()
    actions.cancel_occurrence(date, "Orage", by=by)
    (mail,) = mails()
    (entry,) = entries(mail)
    assert entry["uid"] == ical.uid(date.code)
    assert (entry["sequence"], entry["status"]) == (1, "CANCELLED")
    assert entry["summary"] == "ANNULÉ – Rencontre"


def test_who_leaves_gets_no_entry(date: Occurrence) -> None:
    amina = signed(date)
    mails()
    actions.cancel(amina)
    (mail,) = mails()
    assert entries(mail) == []
    assert date.starts_at > now() + timedelta(hours=1)
