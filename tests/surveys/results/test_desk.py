"""The team reads results: nothing before the end, then what is safe, crossed and compared."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from engage.core.clock import now
from engage.core.db import db
from engage.surveys.answering import queries as answering
from engage.surveys.questionnaire import actions as questionnaires
from engage.surveys.questionnaire.kinds import Change
from tests.browser import Visitor
from tests.surveys.results import closed

GLAD = {"felt": {"good": 5, "very_good": 4, "fair": 1}, "came": {"yes": 3, "no": 1}}
SAD = {"felt": {"bad": 5, "very_bad": 4, "fair": 3}, "came": {"yes": 3, "no": 1}}


def held(visitor: Visitor, number: int = 150, **plan: object) -> str:
    """The code of a wave that is over since yesterday."""
    with visitor.app.test_request_context("/", method="POST"):
        by = visitor.account
        return closed.wave(by, closed.version(by), number, **plan).code


def at(code: str, rest: str = "") -> str:
    return f"/equipe/enquetes/{code}/resultats{rest}"


def test_before_the_end_nobody_sees_a_figure(chloe: Visitor) -> None:
    code = held(chloe)
    with chloe.app.app_context():
        answering.wave_by_code(code).settled_at = None
        db.session.commit()
    chloe.get(at(code))
    assert "Aucun chiffre avant la fin" in chloe.page
    assert "Lien ouvert" in chloe.page
    assert "Établir les résultats" not in chloe.page
    chloe.post(at(code), status=409)
    assert "pas avant sa fin" in chloe.page
    chloe.get(at(code, "/croisements"), status=404)
    chloe.get(at(code, "/comparaison"), status=404)


def test_a_release_says_each_question_then_draws_it_then_counts_it(chloe: Visitor) -> None:
    code = held(chloe, tastes=GLAD, population=400)
    chloe.get(at(code))
    chloe.follow(chloe.post(at(code)))
    page = chloe.page
    assert "150 personnes ont répondu." in page
    assert "Tout le monde a été interrogé" in page
    felt = page[page.index('id="q-felt"') :]
    sentence, picture, numbers = (felt.index(sign) for sign in ("personnes sur 10", "<svg", "<table"))
    assert sentence < picture < numbers
    assert re.search(r"Sur 1\d\d personnes qui ont répondu", felt)
    assert "Merci d’être là" not in page  # information is no result


def test_few_answers_are_said_to_be_few(chloe: Visitor) -> None:
    code = held(chloe, 24)
    chloe.follow(chloe.post(at(code)))
    assert "moins de 30 réponses" in chloe.page
    assert "caché" in chloe.page


def test_a_release_stays_until_five_more_have_answered(chloe: Visitor) -> None:
    code = held(chloe, 60)
    chloe.post(at(code))
    chloe.post(at(code), status=409)
    assert "Moins de 5 réponses" in chloe.page
    with chloe.app.test_request_context("/", method="POST"):
        closed.add(answering.wave_by_code(code), 40, seed=9)
    chloe.get(at(code))
    assert "Recompter" in chloe.page
    chloe.follow(chloe.post(at(code)))
    assert "100 personnes ont répondu" in chloe.page
    assert "Compte n°\u202f2" in chloe.page or "Compte n° 2" in chloe.page


def test_one_question_is_crossed_by_another_and_never_the_other_way_round(chloe: Visitor) -> None:
    code = held(chloe, 400)
    chloe.post(at(code))
    chloe.get(at(code, "/croisements"))
    chloe.post(at(code, "/croisements"), {"question": "felt", "segment": "felt"}, status=422)
    chloe.follow(chloe.post(at(code, "/croisements"), {"question": "felt", "segment": "came"}))
    assert "Selon les réponses à" in chloe.page
    assert "Êtes-vous venu ce mois-ci" in chloe.page
    chloe.post(at(code, "/croisements"), {"question": "came", "segment": "felt"}, status=409)
    assert "dans l’autre sens" in chloe.page
    chloe.get(at(code, "/croisements"))
    assert at(code, "/croisements/felt/came") in chloe.page
    chloe.get(at(code, "/croisements/came/felt"), status=404)


def test_the_team_reads_and_the_coordination_decides(
    chloe: Visitor, elodie: Visitor, amina: Visitor, nobody: Visitor
) -> None:
    code = held(chloe)
    elodie.get(at(code))
    assert "La coordination décide" in elodie.page
    elodie.post(at(code), status=403)
    chloe.post(at(code))
    elodie.get(at(code))
    elodie.get(at(code, "/croisements"))
    elodie.post(at(code, "/croisements"), {"question": "felt", "segment": "came"}, status=403)
    for rest in ("", "/croisements", "/comparaison"):
        amina.get(at(code, rest), status=403)
        nobody.get(at(code, rest), status=302)


def _two_waves(visitor: Visitor, change: Change | None = None) -> str:
    """One of a year ago, another since; with `change` a new version between them. The code of the later."""
    with visitor.app.test_request_context("/", method="POST"):
        by = visitor.account
        asked = closed.version(by)
        before = closed.wave(by, asked, 200, tastes=SAD, closes_at=now() - timedelta(days=365), title="2025")
        closed.released(before, by)
        if change is not None:
            newer = questionnaires.renew(asked, by=by)
            note = "La question sur l’accueil a de nouveaux mots."
            questionnaires.classify(newer, change=change, note=note, revision=newer.revision, by=by)
            questionnaires.freeze(newer, revision=newer.revision, by=by)
            asked = newer
        later = closed.wave(by, asked, 200, tastes=GLAD, title="2026")
        closed.released(later, by)
        return later.code


def test_two_waves_are_told_apart_in_a_word(chloe: Visitor) -> None:
    code = _two_waves(chloe)
    chloe.get(at(code, "/comparaison"))
    parts = re.findall(
        r'<section class="figure">.*?</section>', chloe.page.split("Vague après vague")[0], re.S
    )
    assert "mieux" in next(part for part in parts if "reçu" in part)
    assert "on ne peut pas dire" in next(part for part in parts if "écouté" in part)
    assert chloe.page.count('class="thread"') > 0


@pytest.mark.parametrize(("change", "is_cut"), [(Change.COMPARABLE, False), (Change.BREAKING, True)])
def test_a_line_is_cut_where_versions_are_not_comparable(
    chloe: Visitor, change: Change, is_cut: bool
) -> None:
    code = _two_waves(chloe, change)
    chloe.get(at(code, "/comparaison"))
    assert ("Ligne coupée" in chloe.page) is is_cut
    assert ('class="thread"' not in chloe.page) is is_cut
    assert ("a de nouveaux mots" in chloe.page) is not is_cut
    assert ("ne se comparent pas" in chloe.page) is is_cut


def test_without_an_earlier_wave_there_is_nothing_to_compare(chloe: Visitor) -> None:
    code = held(chloe)
    chloe.post(at(code))
    chloe.get(at(code, "/comparaison"))
    assert "pas de vague plus ancienne" in chloe.page
