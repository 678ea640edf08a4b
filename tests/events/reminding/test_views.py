"""Choosing how to be reminded; the short address of an SMS; the sheet of who is to be called."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from pypdf import PdfReader

from engage.centre.queries import zone
from engage.core.clock import now
from engage.core.db import db
from engage.events import sealed
from engage.events.kinds import Reminded
from engage.events.models import Occurrence
from engage.events.reminding import actions, commands, telling
from engage.events.reminding.models import DeliveryKind
from engage.events.reminding.times import when
from engage.events.reminding.ways import Way
from engage.events.signing.models import SignUp
from engage.intake.models import Reply
from engage.journal.models import Entry
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind
from tests import make
from tests.browser import Visitor
from tests.events.agenda.test_reading import planned
from tests.events.signing.people import signed
from tests.outbox.conftest import use

CALLED: dict[str, Any] = {"name": "Léa Martin", "reply": "phone", "phone": "06 12 34 56 78"}


@pytest.fixture
def engine_name() -> str:
    """What the database decides is tried on both engines in `test_commands`."""
    return "sqlite"


def sends_sms(app: Flask) -> None:
    use(app, sms_command="/bin/true")


def wish(app: Flask) -> Reminded | None:
    with app.app_context():
        found = db.session.query(SignUp).order_by(SignUp.id.desc()).first()
        assert found
        return found.reminded_by


def enter(visitor: Visitor, code: str, **said: str) -> None:
    visitor.get(f"/evenements/{code}/inscription")
    visitor.post(f"/evenements/{code}/inscription", CALLED | said)


@pytest.mark.parametrize("chosen", ["sms", "call", "not"])
def test_who_is_reached_by_phone_says_how_to_be_reminded(app: Flask, nobody: Visitor, chosen: str) -> None:
    sends_sms(app)
    enter(nobody, planned(app), reminder=chosen)
    assert wish(app) is Reminded(chosen)


def test_without_gateway_nothing_is_asked(app: Flask, nobody: Visitor) -> None:
    code = planned(app)
    nobody.get(f"/evenements/{code}/inscription")
    assert 'value="sms"' not in nobody.page
    enter(nobody, code, reminder="sms")
    assert wish(app) is None


def test_who_gives_a_mail_address_is_reminded_there(app: Flask, nobody: Visitor) -> None:
    """The tiles of the phone stand on the page too: they are not read."""
    sends_sms(app)
    enter(nobody, planned(app), reply="mail", email="lea@exemple.fr", reminder="sms")
    assert wish(app) is None


def test_nonsense_is_no_wish(app: Flask, nobody: Visitor) -> None:
    sends_sms(app)
    enter(nobody, planned(app), reminder="pigeon")
    assert wish(app) is None


def test_it_can_be_changed_on_the_own_page(app: Flask, nobody: Visitor) -> None:
    sends_sms(app)
    enter(nobody, planned(app), reminder="sms")
    with app.app_context():
        code = db.session.query(SignUp).one().code
    nobody.get(f"/evenements/inscription/{code}")
    assert "Par SMS" in nobody.page
    nobody.get(f"/evenements/inscription/{code}/rappel")
    assert 'value="mail"' not in nobody.page
    nobody.post(f"/evenements/inscription/{code}/rappel", {"way": "mail"}, status=422)
    nobody.post(f"/evenements/inscription/{code}/rappel", {"way": "not"})
    assert wish(app) is Reminded.NOT
    nobody.get(f"/evenements/inscription/{code}")
    assert "Pas de rappel" in nobody.page


def test_without_a_way_home_there_is_nothing_to_choose(app: Flask, nobody: Visitor) -> None:
    enter(nobody, planned(app), reply="reception")
    with app.app_context():
        code = db.session.query(SignUp).one().code
    answer = nobody.get(f"/evenements/inscription/{code}/rappel", status=302)
    assert answer.location == f"/evenements/inscription/{code}"


def test_only_whose_it_is_changes_it(app: Flask, nobody: Visitor, amina: Visitor) -> None:
    enter(nobody, planned(app))
    with app.app_context():
        code = db.session.query(SignUp).one().code
    amina.get(f"/evenements/inscription/{code}/rappel", status=404)


def test_the_team_asks_it_on_the_phone(app: Flask, chloe: Visitor) -> None:
    sends_sms(app)
    code = planned(app)
    chloe.get(f"/equipe/evenements/dates/{code}/inscription")
    assert "Par SMS" in chloe.page
    said = (
        CALLED
        | {"language": "fr", "door": "phone", "reminder": "sms"}
        | {f"role_{place}": "" for place in range(1, 6)}
    )
    chloe.post(f"/equipe/evenements/dates/{code}/inscription", said, status=200)
    assert wish(app) is Reminded.SMS


def test_a_short_address_leads_to_the_page_with_a_button(app: Flask, nobody: Visitor) -> None:
    code = planned(app)
    enter(nobody, code)
    with app.app_context():
        own = db.session.query(SignUp).one().code
        short, whole = sealed.short_seal(own), sealed.seal(own)
    stranger = Visitor(app)
    answer = stranger.get(f"/r/{own}/{short}", status=302)
    assert answer.location == f"/evenements/inscription/{own}/ouvrir/{whole}"
    stranger.get(f"/r/{own}/{whole[:12]}", status=404)
    stranger.get(f"/r/{own}/é", status=404)


@pytest.fixture
def date(app: Flask) -> str:
    """Amina is mailed, Rose called, Ahmed told at reception; Karim wants nothing."""
    with app.app_context():
        made: Occurrence = make.occurrence(make.event())
        phone: dict[str, Any] = {"reply": Reply.PHONE, "contact": "06 00 00 00 01"}
        signed(made, "Amina")
        signed(made, "Rose", 3, **phone)
        signed(made, "Ahmed", reply=Reply.RECEPTION, contact=None)
        karim = signed(made, "Karim", **phone)
        actions.prefer(karim, Reminded.NOT)
        db.session.commit()
        return made.code


def test_who_is_to_be_called_before_a_date_on_paper(app: Flask, chloe: Visitor, date: str) -> None:
    chloe.get(f"/equipe/evenements/dates/{date}")
    assert "Imprimer qui appeler" in chloe.page
    answer = chloe.post(f"/equipe/evenements/dates/{date}/appels.pdf", status=200)
    assert answer.mimetype == "application/pdf"
    words = " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages).split()
    )
    assert "Rose" in words
    assert "06 00 00 00 01" in words.replace("\u00a0", " ")
    assert "Ahmed" in words
    assert "Amina" not in words
    assert "Karim" not in words
    assert "3 personnes" in words.replace("\u00a0", " ")
    with app.app_context():
        noted = db.session.query(Entry).filter_by(verb="call list printed").one()
        assert (noted.subject_kind, noted.subject_ref) == ("occurrence", date)
    chloe.get(f"/equipe/evenements/dates/{date}/appels.pdf", status=405)


def test_who_stopped_the_mails_reads_so_and_may_start_again(app: Flask, nobody: Visitor) -> None:
    enter(nobody, planned(app), reply="mail", email="lea@exemple.fr", phone="")
    with app.app_context():
        code = db.session.query(SignUp.code).scalar()
        mine = f"/evenements/inscription/{code}"
        stopped = outbox.write(
            key="one reminder", kind=Kind.REMINDER, channel=Channel.MAIL, subject="Rappel", body="Bonjour",
            address="lea@exemple.fr",
        )  # fmt: skip
        assert stopped
        outbox.stop(stopped)
        db.session.commit()
    assert "vous avez arrêté ces e-mails" in nobody.get(mine).text
    page = nobody.get(f"{mine}/rappel").text
    assert "Pour les recevoir de nouveau" in page
    assert re.search(r'value="not"[^>]*checked|checked[^>]*value="not"', page)
    nobody.follow(nobody.post(f"{mine}/rappel", {"way": "mail"}))
    assert "vous avez arrêté" not in nobody.page
    assert "Pour les recevoir de nouveau" not in nobody.get(f"{mine}/rappel").text


def test_the_nearest_date_is_called_first(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        for name, days in (("Zoé", 9), ("Rose", 2), ("Omar", 5)):
            made = signed(make.occurrence(make.event(), starts_at=now() + timedelta(days=days)), name,
                          reply=Reply.PHONE, contact=f"06 00 00 00 0{days}")  # fmt: skip
            telling.tell(made, DeliveryKind.DAY, Way(Channel.PHONE, made.contact))
        db.session.commit()
    page = chloe.get("/equipe/appels").text
    assert page.index("Rose") < page.index("Omar") < page.index("Zoé")


def test_patients_print_nobody(amina: Visitor, date: str) -> None:
    amina.post(f"/equipe/evenements/dates/{date}/appels.pdf", status=403)


def test_a_reminder_stands_on_the_call_list_until_its_date(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        with time_machine.travel(now() - timedelta(days=3)):
            made = make.occurrence(make.event(), starts_at=now() + timedelta(days=3, hours=20))
            signed(made, "Rose", reply=Reply.PHONE, contact="06 00 00 00 01")
            starts_at = made.starts_at
        due = when(DeliveryKind.DAY, starts_at, made.ends_at, zone()).due
        with time_machine.travel(due + timedelta(minutes=1)):
            commands.remind()
    chloe.get("/equipe/appels")
    assert "Rose" in chloe.page
    assert "Rappel : Marche du jeudi" in chloe.page
    with app.app_context(), time_machine.travel(starts_at):
        commands.remind()
    chloe.get("/equipe/appels")
    assert "Rose" not in chloe.page
