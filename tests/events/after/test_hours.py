"""What partner patients gave: in a year, for coordinators and for themselves."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import time_machine
from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Role
from engage.core.clock import now
from engage.core.db import db
from engage.events.after.attesting import queries as attesting
from engage.events.after.hours import actions, queries
from engage.events.after.models import Presence
from engage.events.kinds import SignUpState
from engage.events.models import Occurrence
from engage.events.signing import commands as lists
from engage.journal.models import Entry
from tests import make
from tests.browser import Visitor
from tests.core import paper
from tests.events.after.conftest import coming, over

HERE = "/equipe/evenements/heures"


def on(day: date) -> Occurrence:
    """A date of an hour and a half on that day."""
    made = over(people=0)
    made.day = day
    db.session.flush()
    return made


def test_dates_and_minutes_of_each_partner(session: None) -> None:
    benoit = make.account("Benoît", Role.PARTNER, last_name="Roux")
    make.account("Zoé", Role.PARTNER, last_name="Abel")
    amina = make.account("Amina", Role.MEMBER)
    for day, state in (
        (date(2026, 1, 1), SignUpState.ATTENDED), (date(2026, 12, 31), SignUpState.WALK_IN),
        (date(2026, 5, 1), SignUpState.ABSENT), (date(2025, 12, 31), SignUpState.ATTENDED),
    ):  # fmt: skip
        coming(on(day), "Benoît", state, account_id=benoit.id)
    twice = on(date(2026, 6, 1))
    for state in (SignUpState.ATTENDED, SignUpState.WALK_IN):
        coming(twice, "Benoît", state, account_id=benoit.id)
    coming(twice, "Amina", SignUpState.ATTENDED, account_id=amina.id)
    assert queries.of_everybody(2026) == [("Zoé Abel", 0, 0), ("Benoît Roux", 3, 270)]
    assert queries.of(benoit, 2025) == ("Benoît Roux", 1, 90)
    assert queries.of(benoit, 2024) == ("Benoît Roux", 0, 0)


def test_coordinators_see_and_take_out_a_year(app: Flask, chloe: Visitor, benoit: Visitor) -> None:
    with app.app_context():
        day = on(now().date())
        coming(day, "Benoît", SignUpState.ATTENDED, account_id=benoit.account_id)
        db.session.commit()
    year = now().year
    page = chloe.get(HERE).text
    assert "1\u00a0h\u00a030" in page
    assert "même quand les listes sont devenues anonymes" in page
    assert "1\u00a0h\u00a030" not in chloe.get(f"{HERE}?annee={year - 1}").text
    for wrong in ("0", "x", "-3", "99999"):
        assert f"partenaires, {year}" in chloe.get(f"{HERE}?annee={wrong}").text
    table = chloe.post(f"{HERE}.csv", {"annee": str(year)}, status=200).text
    assert '"Benoît";1;1.5' in table.replace(" Roux", "")
    with app.app_context():
        (noted,) = db.session.scalars(select(Entry))
        assert (noted.verb, noted.subject_ref) == ("hours exported", str(year))


def test_a_centre_without_partners_says_so(chloe: Visitor) -> None:
    assert "pas encore de patient partenaire" in chloe.get(HERE).text


def test_a_partner_sees_their_own(app: Flask, benoit: Visitor, amina: Visitor) -> None:
    mine = "/evenements/inscription"
    assert "vous avez donné" not in benoit.get(mine).text
    with app.app_context():
        day = on(now().date())
        for visitor in (benoit, amina):
            coming(day, "Qui vient", SignUpState.ATTENDED, account_id=visitor.account_id)
        coming(
            on(now().date() - timedelta(days=3)), "Absent", SignUpState.ABSENT, account_id=amina.account_id
        )
        db.session.commit()
    page = benoit.get(mine).text
    assert "vous avez donné 1\u00a0h\u00a030, sur 1 date" in page
    page = amina.get(mine).text
    assert "vous avez donné" not in page
    assert page.count("Atelier sommeil") == 1


def test_only_coordinators(app: Flask, benoit: Visitor) -> None:
    with app.app_context():
        staff = make.account("Inès", Role.STAFF).id
        db.session.commit()
    for visitor in (benoit, Visitor(app, staff)):
        visitor.get(HERE, status=403)
        visitor.post(f"{HERE}.csv", status=403)


def forgotten(dates: list[Occurrence]) -> None:
    """As the clock does it when the months are over."""
    with time_machine.travel(max(one.ends_at for one in dates) + timedelta(days=190)):
        assert lists.forget_lists() == len(dates)
        assert lists.forget_lists() == 0
    db.session.expire_all()


def test_hours_outlive_the_lists(session: None) -> None:
    benoit = make.account("Benoît", Role.PARTNER, last_name="Roux")
    amina = make.account("Amina", Role.MEMBER)
    kept, missed, still = on(date(2026, 3, 2)), on(date(2026, 3, 9)), on(date(2026, 3, 16))
    coming(kept, "Benoît", SignUpState.ATTENDED, account_id=benoit.id)
    coming(kept, "Benoît", SignUpState.WALK_IN, account_id=benoit.id)
    coming(kept, "Amina", SignUpState.ATTENDED, account_id=amina.id)
    coming(missed, "Benoît", SignUpState.ABSENT, account_id=benoit.id)
    db.session.commit()
    forgotten([kept, missed])
    coming(still, "Benoît", SignUpState.ATTENDED, account_id=benoit.id)
    actions.keep_presence(still)  # its list is still there: counted once
    assert db.session.execute(select(Presence.account_id, Presence.occurrence_id)).all() == [
        (benoit.id, kept.id), (benoit.id, still.id),
    ]  # fmt: skip
    assert queries.of_everybody(2026) == [("Benoît Roux", 2, 180)]
    assert queries.of(benoit, 2026) == ("Benoît Roux", 2, 180)
    assert [one.code is None for one in queries.attended(benoit, 9)] in ([False, True], [True, False])
    assert queries.attended(amina, 9) == []
    assert [one.name for one in attesting.attested(kept)] == ["Benoît Roux"]
    assert [one.name for one in attesting.attested(still)] == ["Benoît"]
    actions.forget_person(benoit)
    assert queries.of(benoit, 2026) == ("Benoît Roux", 1, 90)


def test_two_clocks_that_forget_one_list_keep_it_once(app: Flask) -> None:
    with app.app_context():
        benoit = make.account("Benoît", Role.PARTNER)
        day = on(date(2026, 3, 2))
        coming(day, "Benoît", SignUpState.ATTENDED, account_id=benoit.id)
        db.session.commit()
        day_id = day.id
    start, faults = threading.Barrier(6), []

    def forget() -> None:
        start.wait(timeout=30)
        with app.app_context():
            try:
                actions.keep_presence(db.session.get_one(Occurrence, day_id))
                db.session.commit()
            except Exception as fault:  # noqa: BLE001 - whatever it is, the test must fail with it
                faults.append(fault)

    threads = [threading.Thread(target=forget) for _clock in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == []
    with app.app_context():
        assert len(db.session.scalars(select(Presence.account_id)).all()) == 1


def test_a_partner_has_it_in_writing_when_the_list_is_forgotten(
    app: Flask, benoit: Visitor, amina: Visitor
) -> None:
    with app.app_context():
        days = [on(now().date()) for _person in range(2)]
        for day, visitor in zip(days, (benoit, amina), strict=True):
            coming(day, "Qui vient", SignUpState.ATTENDED, account_id=visitor.account_id)
        db.session.commit()
        codes = [day.code for day in days]
        forgotten(days)
    page = benoit.get("/evenements/inscription").text
    assert "vous avez donné 1\u00a0h\u00a030, sur 1 date" in page
    mine, theirs = (f"/evenements/inscription/attestation/{code}.pdf" for code in codes)
    assert mine in page
    assert "Benoît" in paper.words(benoit.get(mine).data)
    benoit.get(theirs, status=404)
    amina.get(mine, status=404)
    assert [one["event"] for one in benoit.get("/vos-donnees/copie").get_json()["attended"]] == [
        "Atelier sommeil"
    ]
    benoit.get("/vos-donnees/effacement")
    benoit.post("/vos-donnees/effacement", {"sure": "y"})
    with app.app_context():
        assert db.session.scalars(select(Presence.account_id)).all() == []
