"""The pages of meetings, as members, the team and strangers meet them."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from engage.core.clock import now
from engage.core.db import db
from engage.groups.meeting.models import Attendance, GroupDocument, Meeting
from engage.groups.models import Autonomy, Group
from engage.outbox import attached
from engage.outbox.models import Message
from tests.browser import Visitor
from tests.core.paper import words
from tests.groups.meeting.sample import Circle, belongs, meeting, point, visitor
from tests.uploads import papers, pictures

LINK = "https://visio.exemple.fr/salle"


@pytest.fixture
def circle(app: Flask) -> Circle:
    with app.app_context():
        made = Circle.made()
        db.session.commit()
        db.session.refresh(made.group)
        for row in (made.group, made.lea, made.sam, made.zoe, made.max):
            db.session.refresh(row)
        db.session.expunge_all()
        return made


def held(app: Flask, circle: Circle, **values: Any) -> str:
    with app.app_context():
        group = db.session.get_one(Group, circle.group.id)
        made = meeting(group, **{"remote_link": LINK, "transport": "Bus 4", "access": "Ascenseur"} | values)
        db.session.commit()
        return made.code


def typed(**values: Any) -> dict[str, Any]:
    return {
        "title": "", "day": "2099-03-02", "starts": "18:30", "ends": "20:00", "place": "Salle 2",
        "remote_link": "", "transport": "", "access": "", "repeat": "once", "count": "",
    } | values  # fmt: skip


def test_a_co_chair_plans_changes_and_cancels(app: Flask, circle: Circle) -> None:
    lea = visitor(app, circle.lea)
    address = f"/groupes/{circle.group.code}/reunions/nouvelle"
    lea.get(address)
    lea.post(address, typed(ends="18:00"), status=422)
    assert "se terminer" in lea.page or "finir" in lea.page or "après" in lea.page
    lea.post(address, typed(repeat="weekday"), status=422)
    lea.post(address, typed(remote_link="javascript:alert(1)"), status=422)
    lea.follow(lea.post(address, typed(repeat="weekday", count="3", remote_link=LINK)))
    assert LINK in lea.page
    assert "3 réunions sont prévues" in lea.page
    with app.app_context():
        first = db.session.query(Meeting).order_by(Meeting.starts_at).first()
        assert first is not None
        code = first.code
    lea.get(f"/groupes/reunions/{code}/modification")
    lea.follow(lea.post(f"/groupes/reunions/{code}/modification", typed(place="Mairie")))
    assert "Mairie" in lea.page
    lea.get(f"/groupes/reunions/{code}/annulation")
    lea.post(f"/groupes/reunions/{code}/annulation", {"why": ""}, status=422)
    lea.follow(lea.post(f"/groupes/reunions/{code}/annulation", {"why": "Trop de neige."}))
    assert "Trop de neige." in lea.page
    lea.get(f"/groupes/{circle.group.code}/reunions")
    assert "Cette réunion est annulée" in lea.page
    lea.get(f"/groupes/reunions/{code}/modification", status=403)


def test_everybody_reads_when_and_where_and_nothing_of_those_inside(
    app: Flask, circle: Circle, nobody: Visitor, amina: Visitor
) -> None:
    code = held(app, circle)
    with app.app_context():
        point(db.session.query(Meeting).one(), "Un point secret")
        db.session.commit()
    for stranger in (nobody, amina):
        stranger.get(f"/groupes/reunions/{code}")
        assert "Bus 4" in stranger.page
        assert "Ascenseur" in stranger.page
        assert LINK not in stranger.page
        assert "Un point secret" not in stranger.page
        assert "Zoe" not in stranger.page
        stranger.get(f"/groupes/{circle.group.code}/reunions")
        calendar = stranger.get(f"/groupes/reunions/{code}.ics").get_data(as_text=True)
        assert LINK not in calendar
    nobody.get(f"/groupes/reunions/{code}/a-distance", status=302)
    amina.get(f"/groupes/reunions/{code}/a-distance", status=403)
    there = visitor(app, circle.zoe).get(f"/groupes/reunions/{code}/a-distance", status=302)
    assert there.headers["Location"] == LINK
    amina.get(f"/groupes/reunions/{code}/ordre-du-jour", status=403)
    amina.get(f"/groupes/reunions/{code}/ordre-du-jour.pdf", status=403)
    amina.get(f"/groupes/{circle.group.code}/agenda", status=403)
    amina.post(f"/groupes/reunions/{code}/presence/{circle.zoe.code}", {"coming": "there"}, status=403)


def test_a_group_that_is_not_public_has_no_page_for_others(
    app: Flask, circle: Circle, amina: Visitor
) -> None:
    with app.app_context():
        db.session.get_one(Group, circle.group.id).is_public = False
        db.session.commit()
    code = held(app, circle)
    amina.get(f"/groupes/reunions/{code}", status=404)
    visitor(app, circle.zoe).get(f"/groupes/reunions/{code}")


def test_one_tap_says_who_comes(app: Flask, circle: Circle, chloe: Visitor) -> None:
    code = held(app, circle)
    zoe = visitor(app, circle.zoe)
    zoe.get(f"/groupes/reunions/{code}")
    for tap, said in (
        ({"coming": "there"}, "Vous avez dit\u00a0: je viens."),
        ({"coming": "remote"}, "je viens, à distance"),
        ({"coming": "no"}, "je ne viens pas"),
        ({"substitute": circle.max.code}, "Max vient à ma place"),
    ):
        zoe.follow(zoe.post(f"/groupes/reunions/{code}/presence/{circle.zoe.code}", tap))
        assert said in zoe.page
    other = f"/groupes/reunions/{code}/presence/{circle.lea.code}"
    zoe.post(other, {"coming": "no"}, status=403)
    zoe.post(f"/groupes/reunions/{code}/presence/unknown1", {"coming": "no"}, status=404)
    chloe.follow(chloe.post(other, {"coming": "no"}))
    assert "À sa place" in chloe.page
    with app.app_context():
        assert db.session.query(Attendance).count() == 2


def test_what_somebody_needs_is_for_the_team_alone(app: Flask, circle: Circle, chloe: Visitor) -> None:
    code = held(app, circle)
    zoe, address = visitor(app, circle.zoe), f"/groupes/reunions/{code}/besoins/{circle.zoe.code}"
    zoe.get(address)
    zoe.post(address, {"needs": ["nonsense"]}, status=422)
    zoe.follow(zoe.post(address, {"needs": ["hearing"], "needs_words": "Un siège dur"}))
    assert "Un siège dur" in zoe.page
    chloe.get(f"/groupes/reunions/{code}")
    assert "Un siège dur" in chloe.page
    sam = visitor(app, circle.sam)
    sam.get(f"/groupes/reunions/{code}")
    assert "Un siège dur" not in sam.page
    for one in (sam, visitor(app, circle.lea)):
        one.get(f"/groupes/reunions/{code}")
        assert address not in one.page
        one.get(address, status=403)
        one.post(address, {"needs": ["quiet"]}, status=403)
    chloe.get(f"/groupes/reunions/{code}")
    assert address in chloe.page
    chloe.get(address)
    assert "Ce qu’il faut à Zoe" in chloe.page


def test_afterwards_the_secretary_notes_who_was_there(app: Flask, circle: Circle) -> None:
    code = held(app, circle, starts_at=now() - timedelta(hours=2))
    address = f"/groupes/reunions/{code}/presents"
    visitor(app, circle.zoe).get(address, status=403)
    sam = visitor(app, circle.sam)
    sam.get(address)
    sam.follow(sam.post(address, {"came": [circle.sam.code, circle.max.code]}))
    assert "2 personnes" in sam.page
    sam.get(address)
    assert sam.page.count("checked") == 2
    sam.post(f"/groupes/reunions/{code}/presence/{circle.sam.code}", {"coming": "no"}, status=403)


def test_members_feed_the_agenda_and_who_sets_it_orders_and_closes_it(app: Flask, circle: Circle) -> None:
    code = held(app, circle)
    address = f"/groupes/reunions/{code}/ordre-du-jour"
    zoe, lea = visitor(app, circle.zoe), visitor(app, circle.lea)
    zoe.get(address)
    zoe.post(address, {"text": "", "subject": "", "minutes": ""}, status=422)
    zoe.follow(zoe.post(address, {"text": "Le parking", "subject": "", "minutes": "15"}))
    assert "Mettre à l’ordre du jour" not in zoe.page
    lea.get(address)
    lea.post(address, {"text": "Le budget", "subject": "", "minutes": ""})
    with app.app_context():
        rows = db.session.query(Meeting).one()
        from engage.groups.meeting.agenda import queries as agenda

        found = {item.text: item.code for item in agenda.items(rows)}
    base = "/groupes/reunions/ordre-du-jour"
    zoe.post(f"{base}/{found['Le parking']}/garde", status=403)
    for deed in ("garde", "montee", "attente", "garde", "montee"):
        lea.follow(lea.post(f"{base}/{found['Le parking']}/{deed}"))
    assert lea.page.index("Le parking") < lea.page.index("Le budget")
    lea.follow(lea.post(f"{address}/fermeture"))
    assert "clos depuis le" in lea.page
    zoe.post(address, {"text": "Encore", "subject": "", "minutes": ""}, status=403)
    lea.follow(lea.post(f"{address}/reouverture"))
    lea.follow(lea.post(f"{base}/{found['Le budget']}/retrait"))
    paper = zoe.get(f"{address}.pdf").get_data()
    assert "Le parking (15 minutes)" in words(paper)
    assert "Le budget" not in words(paper)
    zoe.get(f"/groupes/reunions/{code}")
    assert "Le parking" in zoe.page


def test_papers_are_given_by_their_address_alone(
    app: Flask, circle: Circle, nobody: Visitor, amina: Visitor
) -> None:
    code = held(app, circle)
    zoe, lea = visitor(app, circle.zoe), visitor(app, circle.lea)
    address = f"/groupes/{circle.group.code}/documents/nouveau?reunion={code}"
    zoe.get(address)
    zoe.post(address, {"title": "Plan", "file": (io.BytesIO(papers.PROGRAM), "plan.pdf")}, status=422)
    acting = io.BytesIO(papers.paper(papers.hidden))
    zoe.post(address, {"title": "Plan", "file": (acting, "a.pdf")}, status=422)
    assert "programme" in zoe.page
    zoe.follow(zoe.post(address, {"title": "Le plan", "file": (io.BytesIO(papers.paper()), "plan.exe")}))
    assert "Le plan" in zoe.page
    zoe.post(address, {"title": "La photo", "file": (io.BytesIO(pictures.photo()), "a.jpg")})
    with app.app_context():
        codes = {row.title: row.code for row in db.session.query(GroupDocument)}
    file = f"/groupes/documents/{codes['Le plan']}"
    answer = zoe.get(file)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="le-plan.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert zoe.get(f"/groupes/documents/{codes['La photo']}").mimetype == "image/jpeg"
    for stranger in (nobody, amina):
        stranger.get(file, status=404)
        stranger.get(f"/groupes/{circle.group.code}/documents")
        assert "Le plan" not in stranger.page
    zoe.post(f"{file}/publication", {"public": "yes"}, status=403)
    lea.get(f"/groupes/{circle.group.code}/documents")
    lea.follow(lea.post(f"{file}/publication", {"public": "yes"}))
    nobody.get(file)
    nobody.get(f"/groupes/reunions/{code}")
    assert "Le plan" in nobody.page
    lea.post(f"{file}/publication", {"public": "no"})
    nobody.get(file, status=404)
    amina.post(f"{file}/retrait", status=404)
    zoe.follow(zoe.post(f"{file}/retrait"))
    zoe.get(file, status=404)


def test_who_has_left_sees_what_was_public_and_what_they_wrote(app: Flask, circle: Circle) -> None:
    code = held(app, circle)
    with app.app_context():
        gone = belongs(db.session.get_one(Group, circle.group.id), "Eve")
        row = db.session.query(Meeting).one()
        point(row, "Mon souhait", kept=False, proposed_by_id=gone.account_id)
        point(row, "Celui d’un autre")
        gone.ended_at = now()
        db.session.commit()
        eve = visitor(app, gone)
    eve.get(f"/groupes/reunions/{code}")
    assert "Mon souhait" in eve.page
    assert "Celui d’un autre" not in eve.page
    assert LINK not in eve.page
    eve.get(f"/groupes/reunions/{code}/ordre-du-jour", status=403)


def test_the_team_plans_as_long_as_it_leads(app: Flask, circle: Circle, chloe: Visitor) -> None:
    address = f"/groupes/{circle.group.code}/reunions/nouvelle"
    chloe.get(address, status=403)
    with app.app_context():
        db.session.get_one(Group, circle.group.id).autonomy = Autonomy.PROPOSED
        db.session.commit()
    chloe.get(address)
    visitor(app, circle.lea).get(address, status=403)


def test_a_mail_brings_the_meeting_for_calendars(app: Flask, circle: Circle) -> None:
    lea = visitor(app, circle.lea)
    lea.get(f"/groupes/{circle.group.code}/reunions/nouvelle")
    lea.post(f"/groupes/{circle.group.code}/reunions/nouvelle", typed())
    with app.app_context():
        message = db.session.query(Message).first()
        assert message is not None
        brought = attached.attachment(message)
    assert brought is not None
    assert b"BEGIN:VEVENT" in brought.content
    assert "lundi 2 mars 2099 à 18\u00a0h\u00a030" in message.body.replace(" h ", "\u00a0h\u00a0")


def test_the_page_asks_as_much_for_many_as_for_few(app: Flask, circle: Circle) -> None:
    code = held(app, circle)
    zoe, asked = visitor(app, circle.zoe), []
    for more in (0, 12):
        with app.app_context():
            group, row = db.session.get_one(Group, circle.group.id), db.session.query(Meeting).one()
            for number in range(more):
                who = belongs(group, f"Nour{number}")
                point(row, f"Point {number}", proposed_by_id=who.account_id)
            db.session.commit()
        zoe.get(f"/groupes/reunions/{code}")
        with zoe.counting() as seen:
            zoe.get(f"/groupes/reunions/{code}")
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 10


def test_papers_of_a_group_that_ended_are_kept_to_it_by_the_coordination(
    app: Flask, circle: Circle, chloe: Visitor, nobody: Visitor
) -> None:
    zoe, address = visitor(app, circle.zoe), f"/groupes/{circle.group.code}/documents/nouveau"
    zoe.get(address)
    zoe.post(address, {"title": "Le plan", "file": (io.BytesIO(papers.paper()), "plan.pdf")})
    with app.app_context():
        file = db.session.query(GroupDocument).one()
        file.is_public, code = True, file.code
        db.session.get_one(Group, circle.group.id).closed_at = now()
        db.session.commit()
    address = f"/groupes/documents/{code}"
    visitor(app, circle.lea).post(f"{address}/publication", {"public": "no"}, status=403)
    nobody.get(address)
    chloe.get(f"/groupes/{circle.group.code}/documents")
    chloe.post(f"{address}/publication", {"public": "yes"}, status=409)
    chloe.post(f"{address}/publication", {"public": "no"})
    chloe.post(f"{address}/publication", {"public": "yes"}, status=403)
    nobody.get(address, status=404)
    chloe.post(f"{address}/retrait")
    chloe.get(address, status=404)
