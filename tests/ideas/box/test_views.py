"""Reading ideas: what everybody sees, what only some see, and one voice a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import select

from engage.core.clock import now
from engage.core.db import db
from engage.ideas.models import (
    Idea,
    IdeaCommitment,
    Merge,
    Progress,
    Publication,
    StepKind,
    Support,
    Visibility,
)
from engage.ideas.timeline import actions as timeline
from tests import make
from tests.browser import Visitor
from tests.ideas.box import pen

ATOM = "{http://www.w3.org/2005/Atom}"


def kept(app: Flask, text: str = pen.BANC, **values: Any) -> str:
    """An idea in the database, public unless said otherwise; its code."""
    with app.app_context():
        idea = make.idea(text, **{"publication": Publication.PUBLIC} | values)
        make.findable(idea)
        db.session.commit()
        return idea.code


def voices(app: Flask, code: str) -> tuple[int, int]:
    """What the idea counts, and the rows it counts."""
    with app.app_context():
        idea = db.session.scalars(select(Idea).filter_by(code=code)).one()
        return idea.support_count, len(db.session.scalars(select(Support).filter_by(idea_id=idea.id)).all())


def test_the_list_shows_what_is_public_and_nothing_else(app: Flask, nobody: Visitor) -> None:
    shown = kept(app)
    hidden = [kept(app, publication=one) for one in set(Publication) - {Publication.PUBLIC}]
    nobody.get("/idees")
    assert shown in nobody.page
    assert not any(code in nobody.page for code in hidden)


def test_search_minds_neither_accents_nor_endings(app: Flask, nobody: Visitor) -> None:
    one = kept(app, "Les horaires du cœur de la maison")
    other = kept(app, "Un parking")
    nobody.get("/idees?q=HORAIRE+coeurs")
    assert one in nobody.page
    assert other not in nobody.page
    nobody.get("/idees?q=zzz")
    assert "Aucune idée" in nobody.page


def test_filters_by_theme_and_progress(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        theme = make.theme("reach").id
    one = kept(app, theme_id=theme, progress=Progress.DONE)
    other = kept(app)
    for asked in ("theme=reach", "avancement=done", "theme=reach&avancement=done"):
        nobody.get(f"/idees?{asked}")
        assert one in nobody.page
        assert other not in nobody.page


@pytest.mark.parametrize(
    "asked",
    [
        *("page=0", "page=-1", "page=999999999999", "page=%C2%B2", "page=40"),
        *("ordre=rien", "theme=%00", "avancement=x"),
        *("q=%00%22*", "q=%FF%FE", "q=" + "a" * 5000, "q=';DROP TABLE idea;--"),
    ],
)
def test_a_strange_address_still_shows_a_list(app: Flask, nobody: Visitor, asked: str) -> None:
    kept(app)
    nobody.get(f"/idees?{asked}")


def test_the_pages_of_the_list_hold_each_idea_once(app: Flask, nobody: Visitor) -> None:
    codes = {kept(app, f"Idée {number}") for number in range(45)}
    seen: list[str] = []
    for number in (1, 2, 3):
        nobody.get(f"/idees?page={number}")
        seen += [code for code in codes if code in nobody.page]
    assert sorted(seen) == sorted(codes)
    nobody.get("/idees?page=2&ordre=recentes")
    assert "ordre=recentes&amp;page=3" in nobody.page or "page=3&amp;ordre=recentes" in nobody.page


def test_the_feed_is_atom_and_names_each_idea(app: Flask, nobody: Visitor) -> None:
    code = kept(app, "Un banc & <b>deux</b>")
    answer = nobody.get("/idees/flux.xml")
    assert answer.mimetype == "application/atom+xml"
    entry = ElementTree.fromstring(answer.get_data()).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "Un banc & <b>deux</b>"
    assert code in (entry.findtext(f"{ATOM}id") or "")


def test_an_idea_tells_what_happened_signed_by_role(app: Flask, nobody: Visitor, chloe: Visitor) -> None:
    code = kept(app, "Un banc\n<script>alert(1)</script>", title="Un banc")
    with app.app_context():
        idea = db.session.scalars(select(Idea).filter_by(code=code)).one()
        by = chloe.account
        timeline.note(idea, StepKind.ANSWER, visibility=Visibility.PUBLIC, words="Oui, en mai.", by=by)
        timeline.note(idea, StepKind.QUESTION, visibility=Visibility.AUTHOR, words="Où ?", by=by)
        db.session.commit()
    nobody.get(f"/idees/{code}")
    assert "Oui, en mai." in nobody.page
    assert "La coordination" in nobody.page
    assert "Chloé" not in nobody.page.split("<main", 1)[1].split("</main>")[0]
    assert "Où ?" not in nobody.page
    assert "<script>alert" not in nobody.page


@pytest.mark.parametrize("publication", sorted(set(Publication) - {Publication.PUBLIC}))
def test_strangers_do_not_find_what_is_not_public(
    app: Flask, nobody: Visitor, amina: Visitor, benoit: Visitor, chloe: Visitor, publication: Publication
) -> None:
    code = kept(app, publication=publication, account_id=amina.account_id)
    for stranger in (nobody, benoit):
        stranger.get(f"/idees/{code}", status=404)
    for reader in (amina, chloe):
        reader.get(f"/idees/{code}")
        assert "n’est pas publique" in reader.page


@pytest.mark.parametrize("code", ["zzzzzzzz", "%00", "../../etc", "é", "a" * 300, "AAAAAAAA"])
def test_an_unknown_code_is_not_found(nobody: Visitor, code: str) -> None:
    for page in ("", "/photo", "/partage", "/suivie"):
        nobody.get(f"/idees/{code}{page}", status=404)


def test_a_merged_idea_leads_to_the_one_it_joined_if_everybody_could_read_it(
    app: Flask, nobody: Visitor
) -> None:
    target = kept(app, "Trois bancs")
    was_public, never = kept(app, "Un banc"), kept(app, "Un secret")
    with app.app_context():
        goal = db.session.scalars(select(Idea).filter_by(code=target)).one()
        for code, before in ((was_public, Publication.PUBLIC), (never, Publication.WAITING)):
            source = db.session.scalars(select(Idea).filter_by(code=code)).one()
            source.publication, source.merged_into = Publication.MERGED, goal
            facts = {"publication_before": before, "moved": {}, "at": source.received_at}
            db.session.add(Merge(source_id=source.id, target_id=goal.id, **facts))
        db.session.commit()
    nobody.get(f"/idees/{was_public}")
    assert f"/idees/{target}" in nobody.page
    assert "Je soutiens" not in nobody.page
    nobody.get(f"/idees/{never}", status=404)


def test_a_device_supports_once_and_takes_back(app: Flask, nobody: Visitor) -> None:
    code = kept(app)
    nobody.get(f"/idees/{code}")
    assert "device" not in str(nobody.client._cookies)
    nobody.follow(nobody.post(f"/idees/{code}/soutien"))
    nobody.post(f"/idees/{code}/soutien")
    assert voices(app, code) == (1, 1)
    nobody.get(f"/idees/{code}")
    assert 'aria-pressed="true"' in nobody.page
    nobody.post(f"/idees/{code}/soutien/retrait")
    nobody.post(f"/idees/{code}/soutien/retrait")
    assert voices(app, code) == (0, 0)


def test_the_cookie_of_a_supporter_is_random_lasts_a_year_and_is_not_kept_in_plain(
    app: Flask, nobody: Visitor
) -> None:
    code = kept(app)
    nobody.get(f"/idees/{code}")
    cookie = next(
        value
        for value in nobody.post(f"/idees/{code}/soutien").headers.getlist("Set-Cookie")
        if "device=" in value
    )
    assert "Max-Age=31536000" in cookie
    assert "HttpOnly" in cookie
    with app.app_context():
        assert db.session.scalars(select(Support)).one().device_digest not in {
            None,
            cookie.split("=")[1].split(";")[0],
        }


def test_an_account_supports_once_on_every_device(app: Flask, amina: Visitor) -> None:
    code = kept(app)
    again = Visitor(app, amina.account_id)
    for device in (amina, again):
        device.get(f"/idees/{code}")
        answer = device.post(f"/idees/{code}/soutien")
        assert "device=" not in str(answer.headers.getlist("Set-Cookie"))
    assert voices(app, code) == (1, 1)


def test_what_is_not_public_cannot_be_supported(app: Flask, nobody: Visitor, chloe: Visitor) -> None:
    code = kept(app, publication=Publication.TEAM)
    nobody.post(f"/idees/{code}/soutien", status=404)
    chloe.get("/idees")
    chloe.post(f"/idees/{code}/soutien", status=403)


def test_a_photo_is_seen_by_all_only_when_published(app: Flask, nobody: Visitor) -> None:
    nobody.get("/idees/nouvelle")
    nobody.post("/idees/nouvelle", {"text": pen.BANC, "alt": "La porte", "photo": (pen.photo(), "a.jpg")})
    nobody.post("/idees/nouvelle/reponse", pen.PUBLIC)
    nobody.get("/idees/nouvelle/relecture")
    nobody.post("/idees/nouvelle/envoi")
    with app.app_context():
        idea = db.session.scalars(select(Idea)).one()
        idea.publication, code = Publication.PUBLIC, idea.code
        db.session.commit()
    stranger = Visitor(app)
    stranger.get(f"/idees/{code}/photo", status=404)
    nobody.get(f"/idees/{code}/photo")
    with app.app_context():
        db.session.scalars(select(Idea)).one().photo_is_public = True
        db.session.commit()
    stranger.get(f"/idees/{code}")
    assert 'alt="La porte"' in stranger.page
    stranger.get(f"/idees/{code}/photo")


def test_an_idea_is_shared_on_paper(app: Flask, nobody: Visitor) -> None:
    code = kept(app, "Un banc " * 100)
    nobody.get(f"/idees/{code}")
    assert 'class="qr"' in nobody.page
    assert nobody.get(f"/idees/{code}/partage").data.startswith(b"%PDF")
    nobody.get(f"/idees/{kept(app, publication=Publication.TEAM)}/partage", status=404)


def test_commitments_stand_on_the_page_of_their_idea(app: Flask, nobody: Visitor) -> None:
    code = kept(app)
    with app.app_context():
        promised = make.commitment("Deux bancs avant mai")
        idea = db.session.scalars(select(Idea).filter_by(code=code)).one()
        db.session.add(IdeaCommitment(idea_id=idea.id, commitment_id=promised.id))
        timeline.note(idea, StepKind.COMMITMENT, visibility=Visibility.PUBLIC)
        db.session.commit()
    nobody.get(f"/idees/{code}")
    assert "Deux bancs avant mai" in nobody.page


def test_the_list_says_whether_answers_come_in_time(app: Flask, nobody: Visitor) -> None:
    present = now()
    late: dict[str, Any] = {
        "received_at": present - timedelta(days=40),
        "due_on": (present - timedelta(days=25)).date(),
    }
    kept(app, **late, answered_at=present - timedelta(days=38))
    kept(app, **late)
    nobody.get("/idees")
    assert "1 réponses sur 2 sont arrivées à temps" in nobody.page
    assert "en 2 jours au plus" in nobody.page


@pytest.mark.parametrize(
    "path", ["/idees", "/idees?page=2", "/idees?q=banc", "/idees?ordre=soutenues", "/idees/{code}"]
)
def test_pages_ask_at_most_six_things_of_the_database(
    app: Flask, nobody: Visitor, amina: Visitor, path: str
) -> None:
    codes = [kept(app, f"Un banc {number}") for number in range(25)]
    for reader in (nobody, amina):
        with reader.counting() as asked:
            reader.get(path.format(code=codes[0]))
        assert len(asked) <= 6, "\n".join(asked)
