"""What partner patients gave: in a year, for coordinators and for themselves."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from engage.accounts.models import Role
from engage.core.clock import now
from engage.core.db import db
from engage.events.after.hours import queries
from engage.events.kinds import SignUpState
from engage.events.models import Occurrence
from engage.journal.models import Entry
from tests import make
from tests.browser import Visitor
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
    assert "anonymes" in page
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
