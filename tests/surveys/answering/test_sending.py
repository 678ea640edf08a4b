"""Sent once, however often: two clicks, a lost network, a late one, a ticket of somebody else."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import func, select

from engage.accounts.models import Account, Role
from engage.core.clock import now
from engage.core.db import db
from engage.intake.models import Draft, Kiosk
from engage.surveys.answering import actions, commands, queries
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.answering.models import Channel, Pending, Response, ResultNotice, Ticket
from tests.browser import Visitor
from tests.surveys.answering.steps import begin, change, code_of, step, walk

LAST = {"who": "patient", "go": "send"}


def total(app: Flask) -> int:
    """Everything that was sent, mixed or not."""
    with app.app_context():
        return sum(
            db.session.scalar(select(func.count()).select_from(one)) or 0 for one in (Pending, Response)
        )


def completed(app: Flask, kind: ChannelKind) -> int:
    with app.app_context():
        return db.session.scalars(select(Channel.completed).filter_by(kind=kind)).one()


def hand_out(app: Flask, code: str, number: int = 1) -> list[str]:
    with app.app_context():
        owner = db.session.scalars(select(Account).filter_by(role=Role.COORDINATOR)).first()
        assert owner is not None
        tickets = actions.hand_out(queries.wave_by_code(code), number, by=owner)
        db.session.commit()
    return tickets


def twin_of(app: Flask, visitor: Visitor) -> Visitor:
    """The same browser, as it was before its last request was answered."""
    twin = Visitor(app)
    with visitor.client.session_transaction() as own, twin.client.session_transaction() as copy:
        copy.update(own)
    twin.page = visitor.page
    return twin


def test_two_clicks_are_one_sending(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="who")
    again = twin_of(app, nobody)
    for visitor in (nobody, again, again):
        visitor.follow(step(visitor, code, "who", LAST))
        assert "Nous avons bien reçu vos réponses" in visitor.page
    assert (total(app), completed(app, ChannelKind.LINK)) == (1, 1)


def test_a_sending_that_comes_again_after_all_was_mixed_counts_once(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    twins = []
    for _person in range(5):
        visitor = Visitor(app)
        begin(visitor, code)
        walk(visitor, code, until="who")
        twins.append(twin_of(app, visitor))
        step(visitor, code, "who", LAST)
    with app.app_context():
        assert commands.settle() == 5
    for twin in twins:
        twin.follow(step(twin, code, "who", LAST))
        assert "Nous avons bien reçu vos réponses" in twin.page
    assert (total(app), completed(app, ChannelKind.LINK)) == (5, 5)


def test_a_step_that_comes_after_the_sending_opens_nothing_again(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="who")
    late = twin_of(app, nobody)
    step(nobody, code, "who", LAST)
    late.follow(step(late, code, "word", {"word": "Encore"}))
    assert "Nous avons bien reçu" in late.page
    with app.app_context():
        (draft,) = db.session.scalars(select(Draft)).all()
        assert draft.values == {"wave": code}, "nothing but that it was sent"


def test_who_began_before_the_end_may_send_within_a_quarter_of_an_hour(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="who")
    change(app, code, closes_at=now() - timedelta(minutes=10))
    nobody.get(f"/questionnaires/{code}/question/who", status=302)
    assert total(app) == 0
    change(app, code, closes_at=now() + timedelta(seconds=2))
    nobody.get(f"/questionnaires/{code}/question/who")
    page = nobody.page
    change(app, code, closes_at=now() - timedelta(milliseconds=1))
    nobody.page = page
    nobody.follow(step(nobody, code, "who", LAST))
    assert "Nous avons bien reçu" in nobody.page


def test_too_late_is_said_and_the_words_are_given_back(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="word")
    page = nobody.page
    change(app, code, closes_at=now() - timedelta(minutes=20))
    nobody.page = page
    step(nobody, code, "word", {"word": "Trop tard, mais merci.", "go": "send"}, status=409)
    assert "fermé" in nobody.page
    assert "Trop tard, mais merci." in nobody.page
    assert total(app) == 0


def test_before_after_and_nowhere(app: Flask, nobody: Visitor) -> None:
    code = code_of(app, opens_at=now() + timedelta(days=2))
    nobody.get(f"/questionnaires/{code}")
    assert "pas encore ouvert" in nobody.page
    nobody.post(f"/questionnaires/{code}/debut", {"begun": "1.forged"}, status=409)
    change(app, code, opens_at=now() - timedelta(days=9), closes_at=now() - timedelta(days=1))
    nobody.get(f"/questionnaires/{code}")
    assert "est fermé" in nobody.page
    assert "résultats seront sur cette page" in nobody.page
    nobody.post(f"/questionnaires/{code}/debut", status=409)
    for path in ("", "/question/came", "/merci"):
        nobody.get(f"/questionnaires/nowhere1{path}", status=404)
        assert "Nous ne trouvons pas ce questionnaire" in nobody.page
    assert total(app) == 0


def test_an_answer_without_a_beginning_is_given_back(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    nobody.get(f"/questionnaires/{code}")
    step(nobody, code, "word", {"word": "Des mots qui ne se perdent pas."}, status=409)
    assert "Des mots qui ne se perdent pas." in nobody.page
    nobody.get(f"/questionnaires/{code}/merci", status=302)
    nobody.post(f"/questionnaires/{code}/prevenir", {"contact": "a@exemple.fr"})


def test_a_slip_serves_once_and_leads_to_nothing(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    (ticket,) = hand_out(app, code)
    begin(nobody, code, {"ticket": f" {ticket.lower()} "})
    walk(nobody, code)
    assert completed(app, ChannelKind.SLIPS) == 1
    with app.app_context():
        assert db.session.scalars(select(Ticket.is_spent)).all() == [True]
    other = Visitor(app)
    other.get(f"/questionnaires/{code}")
    other.post(f"/questionnaires/{code}/debut", {"ticket": ticket}, status=422)
    assert "a déjà servi" in other.page
    assert ticket in other.page
    other.post(f"/questionnaires/{code}/debut", {"ticket": "ABCDEFGH"}, status=422)
    assert "Comparez chaque signe" in other.page


def test_a_slip_of_another_wave_or_of_somebody_faster_is_refused(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    (ticket,) = hand_out(app, code)
    begin(nobody, code, {"ticket": ticket})
    walk(nobody, code, until="who")
    faster = Visitor(app)
    begin(faster, code, {"ticket": ticket})
    walk(faster, code)
    step(nobody, code, "who", LAST, status=409)
    assert "déjà" in nobody.page
    assert total(app) == 1
    nobody.get(f"/questionnaires/{code}/question/long_wait")
    assert "debout dans le couloir" in nobody.page, "nothing typed is lost"


def test_only_with_a_slip(app: Flask, nobody: Visitor) -> None:
    code = code_of(app, doors=[ChannelKind.SLIPS])
    nobody.get(f"/questionnaires/{code}")
    nobody.post(f"/questionnaires/{code}/debut", {"ticket": ""}, status=422)
    assert "Tapez le code" in nobody.page
    (ticket,) = hand_out(app, code)
    begin(nobody, code, {"ticket": ticket})
    walk(nobody, code)
    assert completed(app, ChannelKind.SLIPS) == 1


@pytest.mark.parametrize(("query", "kind"), [("?par=affiche", "poster"), ("?par=idee", "link"), ("", "link")])
def test_how_one_came_is_counted_and_nothing_else(app: Flask, nobody: Visitor, query: str, kind: str) -> None:
    code = code_of(app)
    begin(nobody, code, query=query)
    walk(nobody, code)
    assert completed(app, ChannelKind(kind)) == 1


@pytest.mark.parametrize(("contact", "way"), [("amina@exemple.fr", "mail"), ("06 12 34 56 78", "phone")])
def test_the_notice_stands_apart(app: Flask, nobody: Visitor, contact: str, way: str) -> None:
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code)
    assert "Les résultats seront ici le" in nobody.page
    nobody.post(f"/questionnaires/{code}/prevenir", {"contact": "bientôt"}, status=422)
    assert 'value="bientôt"' in nobody.page
    for _press in range(2):
        nobody.follow(nobody.post(f"/questionnaires/{code}/prevenir", {"contact": contact}))
    assert "C’est noté" in nobody.page
    with app.app_context():
        (held,) = db.session.scalars(select(ResultNotice)).all()
        assert (held.contact, held.channel) == (contact, way)
        assert set(ResultNotice.__table__.columns.keys()) == {"id", "wave_id", "channel", "contact"}


def test_a_wave_of_the_kiosk(app: Flask, nobody: Visitor, chloe: Visitor) -> None:
    code = code_of(app, serves_kiosk=True)
    tablet = kiosk(app, chloe)
    tablet.get(tablet_address(app))
    assert "L’accueil, cet automne" in tablet.page
    begin(tablet, code)
    walk(tablet, code, until="word")
    tablet.post(f"{tablet_address(app)}/effacer")
    with app.app_context():
        assert db.session.scalars(select(Draft)).all() == [], "the next person finds nothing"
    begin(tablet, code)
    walk(tablet, code)
    assert "Terminer" in tablet.page
    tablet.post(f"{tablet_address(app)}/effacer")
    tablet.get(f"/questionnaires/{code}/merci", status=302)
    assert completed(app, ChannelKind.KIOSK) == 1
    tablet.get("/questionnaires", status=302)


def kiosk(app: Flask, chloe: Visitor) -> Visitor:
    chloe.get("/equipe/bornes")
    chloe.post("/equipe/bornes", {"name": "Salle d’attente"})
    tablet = Visitor(app)
    tablet.get(tablet_address(app))
    tablet.post(tablet_address(app))
    return tablet


def tablet_address(app: Flask) -> str:
    with app.app_context():
        return f"/borne/{db.session.scalars(select(Kiosk.code)).one()}"


def test_four_words_noted_on_a_tablet_survive_its_wiping(app: Flask, nobody: Visitor, chloe: Visitor) -> None:
    code = code_of(app, serves_kiosk=True)
    tablet = kiosk(app, chloe)
    begin(tablet, code)
    tablet.follow(step(tablet, code, "came", {"came": "yes", "go": "later"}))
    words = noted(tablet)
    tablet.post(f"{tablet_address(app)}/effacer")
    nobody.get("/questionnaires/reprendre")
    nobody.follow(nobody.post("/questionnaires/reprendre", {"words": words}))


def noted(visitor: Visitor) -> str:
    found = re.search(r'<strong class="code"[^>]*>([^<]+)<', visitor.page)
    assert found
    return unescape(found[1])


def test_four_words_open_it_on_another_device(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="felt")
    nobody.follow(step(nobody, code, "felt", {"felt": "good", "go": "later"}))
    words = noted(nobody)
    assert len(words.split()) == 4
    other = Visitor(app)
    other.get("/questionnaires/reprendre")
    other.post("/questionnaires/reprendre", {"words": "chat chien lune pomme"}, status=422)
    assert "chat chien lune pomme" in other.page
    answer = other.post("/questionnaires/reprendre", {"words": words.upper().replace(" ", " - ")})
    other.follow(answer)
    assert "Comment avez-vous été reçu" in other.page
    assert "checked" in other.page
    other.get(f"/questionnaires/{code}")
    assert "Vous avez déjà commencé" in other.page
    other.get(f"/questionnaires/{code}/question/who")
    step(other, code, "who", LAST)
    other.get("/questionnaires/reprendre")
    other.post("/questionnaires/reprendre", {"words": words}, status=200)
    assert "Ces réponses sont envoyées" in other.page
    nobody.follow(nobody.get(f"/questionnaires/{code}/suite", status=302))
    assert "Nous avons bien reçu" in nobody.page, "and the first device knows it too"
    assert total(app) == 1


def test_four_words_still_open_it_in_the_quarter_of_an_hour_after_the_end(
    app: Flask, nobody: Visitor
) -> None:
    """What is kept was begun before the end, on whatever device it is finished."""
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="who")
    nobody.follow(step(nobody, code, "who", {"who": "patient", "go": "later"}))
    words = noted(nobody)
    change(app, code, closes_at=now() - timedelta(minutes=5))
    other = Visitor(app)
    other.get("/questionnaires/reprendre")
    other.follow(other.post("/questionnaires/reprendre", {"words": words}))
    other.follow(step(other, code, "who", LAST))
    assert "Nous avons bien reçu" in other.page
    assert total(app) == 1


def test_a_wave_on_paper_alone_is_not_begun_on_a_screen(app: Flask, nobody: Visitor) -> None:
    code = code_of(app, doors=[ChannelKind.PAPER])
    nobody.get(f"/questionnaires/{code}")
    assert "ne se remplit pas sur cet écran" in nobody.page
    nobody.post(f"/questionnaires/{code}/debut", status=409)


def test_many_sendings_of_one_form_at_the_same_time_count_once(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="who")
    twins = [twin_of(app, nobody) for _click in range(6)]
    with ThreadPoolExecutor(len(twins)) as pool:
        answers = list(pool.map(lambda twin: step(twin, code, "who", LAST), twins))
    assert {answer.headers["Location"] for answer in answers} == {f"/questionnaires/{code}/merci"}
    assert (total(app), completed(app, ChannelKind.LINK)) == (1, 1)


def test_closed_with_results(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    change(app, code, closes_at=now() - timedelta(days=1), finished_at=now())
    nobody.get("/questionnaires")
    assert f"/questionnaires/{code}/resultats" in nobody.page
    assert "Aucun questionnaire" in nobody.page
    nobody.get(f"/questionnaires/{code}")
    assert f"/questionnaires/{code}/resultats" in nobody.page
