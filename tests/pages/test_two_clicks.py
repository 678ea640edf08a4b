"""The same form sent twice ends where it ended the first time, and leaves one thing, not two."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from engage.centre.queries import centre_today
from engage.core.db import db
from engage.pages import actions
from engage.pages.directory.models import Entry
from engage.pages.glossary.models import Term
from engage.pages.guide import actions as guides
from engage.pages.guide import queries as guide
from engage.pages.models import Page, PageDraft, PagePicture
from engage.pages.rounds.models import ReadingRound, RoundReader
from engage.pages.sounds.models import Recording
from tests import make
from tests.browser import Visitor
from tests.pages.guide.small import SMALL
from tests.pages.writing import sample
from tests.uploads.pictures import photo
from tests.uploads.sounds import sound

HERE = "/equipe/pages/sortir"


def twice(who: Visitor, path: str, data: dict[str, Any] | None = None, *, at: str = "") -> str:
    """Open a page, press its button two times; where both led, and what stands there the second time."""
    who.get(at or path)
    shown, led = who.page, []
    for _click in range(2):
        who.page = shown
        led.append(who.post(path, data).headers["Location"])
        who.get(led[-1].partition("#")[0])
    assert led[0] == led[1]
    return led[0]


def count(app: Flask, model: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_page_is_begun_once_and_thrown_away_once(app: Flask, chloe: Visitor) -> None:
    facts = {"title": "Sortir de l’hôpital", "shelf": "path", "icon": "hospital", "slug": "sortir"}
    at = twice(chloe, "/equipe/pages/nouvelle", facts)
    assert (count(app, Page), count(app, PageDraft)) == (1, 1)
    chloe.get("/equipe/pages/nouvelle")
    chloe.post("/equipe/pages/nouvelle", facts | {"icon": "phone"}, status=409)
    assert at == f"{HERE}/fr/brouillon"
    twice(chloe, f"{HERE}/fr/abandon", at=HERE)
    assert "Ce brouillon n’est plus là" in chloe.page
    assert count(app, Page) == 0


def test_a_page_that_somebody_else_began_is_not_mine(app: Flask, chloe: Visitor, admin: Visitor) -> None:
    facts = {"title": "Sortir de l’hôpital", "shelf": "path", "icon": "hospital", "slug": "sortir"}
    for who, status in ((chloe, 302), (admin, 409)):
        who.get("/equipe/pages/nouvelle")
        who.post("/equipe/pages/nouvelle", facts, status=status)
    assert count(app, Page) == 1


def test_pictures_and_voices_are_put_in_and_taken_out_once(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        sample.published()
        db.session.commit()
    for _click in range(2):
        chloe.get(f"{HERE}/images")
        sent = {"photo": (io.BytesIO(photo()), "a.jpg"), "alt": "Une porte", "name": "porte"}
        chloe.post(f"{HERE}/images", sent, content_type="multipart/form-data")
    assert count(app, PagePicture) == 1
    twice(chloe, f"{HERE}/images/porte/retrait", at=f"{HERE}/images")
    chloe.get(f"{HERE}/voix")
    said = {"text": "fr:simple", "said_by": "Rose", "sound": (io.BytesIO(sound(2)), "voix.mp3")}
    chloe.post(f"{HERE}/voix", said, content_type="multipart/form-data")
    twice(chloe, f"{HERE}/voix/fr/simple/retrait", at=f"{HERE}/voix")
    assert "C’était déjà fait" in chloe.page
    assert (count(app, PagePicture), count(app, Recording)) == (0, 0)


def test_a_word_is_changed_once_and_taken_out_once(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        make.term("MSP")
        db.session.commit()
    twice(chloe, "/equipe/mots/fr/msp", {"term": "MSP", "definition": "Une maison de soins."})
    twice(chloe, "/equipe/mots/fr/msp/retrait", at="/equipe/mots")
    assert "C’était déjà fait" in chloe.page
    assert count(app, Term) == 0


def test_an_address_is_changed_and_checked_once(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        make.entry("Aide aux repas")
        db.session.commit()
        code = db.session.scalars(select(Entry.code)).one()
    here = f"/equipe/annuaire/{code}"
    said = {"kind": "association", "name": "Aide aux repas", "does": "Elle livre.", "phone": "15"}
    twice(chloe, here, said | {"is_step_free": ""})
    twice(chloe, f"{here}/verification", at=here)
    twice(chloe, f"{here}/retrait", at=here)
    twice(chloe, f"{here}/retour", at="/equipe/annuaire")
    chloe.get(here)
    old = chloe.page
    chloe.post(here, said | {"is_step_free": "", "does": "Elle cuisine."})
    chloe.page = old
    chloe.post(f"{here}/verification", status=302)
    chloe.page = old
    chloe.post(here, said | {"is_step_free": "", "does": "Elle mange."}, status=409)


def test_a_round_is_opened_once_and_each_person_invited_once(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        actions.freeze(sample.draft(by=chloe.account), by=chloe.account)
        db.session.commit()
        until = centre_today() + timedelta(days=9)
    asked = {"body": "short", "group": "", "closes_on": until.isoformat()}
    desk = twice(chloe, f"{HERE}/relectures/fr/1", asked)
    assert count(app, ReadingRound) == 1
    other = asked | {"closes_on": (until + timedelta(days=1)).isoformat()}
    chloe.post(f"{HERE}/relectures/fr/1", other, status=409)
    twice(chloe, f"{desk}/invitations", {"name": ""}, at=desk)
    assert count(app, RoundReader) == 1
    twice(chloe, f"{desk}/invitations", {"name": ""}, at=desk)
    assert count(app, RoundReader) == 2
    with app.app_context():
        who = db.session.scalars(select(RoundReader.code)).first()
    twice(chloe, f"{desk}/lecteurs/{who}/retrait", at=desk)
    assert "C’était déjà fait" in chloe.page
    assert count(app, RoundReader) == 1


def test_the_guide_takes_each_change_once(app: Flask, chloe: Visitor) -> None:
    with app.app_context():
        draft = guides.begin("fr", SMALL, by=None)
        guides.put_before_readers(draft, author="Chloé")
        db.session.commit()
    desk, first = "/equipe/qui-appeler/fr", SMALL.questions[0].key
    twice(chloe, f"{desk}/cadre", {"title": "Qui appeler ?", "lead": "", "danger": "Grand mal"})
    twice(
        chloe,
        f"{desk}/etape/{first}",
        {"ask": "Où ?", "help": "", "words0": "Ici", "to0": "+end", "icon0": ""},
    )
    with app.app_context():
        assert len(guide.drafted("fr").tree["ends"]) == len(SMALL.ends) + 1
    with app.app_context():
        guides.put_before_readers(guide.drafted("fr"), author="Chloé")
        db.session.commit()
    twice(chloe, f"{desk}/versions/1/reprise", at=desk)
