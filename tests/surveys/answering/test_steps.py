"""One question a screen: what was typed stays, what is wrong is said, what is not asked does not count."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from engage.accounts.models import Role
from engage.core import cache
from engage.core.db import db
from engage.intake.models import Draft
from engage.outbox.models import Message
from engage.surveys.answering.given import Given, unpacked
from engage.surveys.answering.kinds import Anonymity, Answered
from engage.surveys.answering.models import Pending
from engage.surveys.questionnaire import actions as questionnaires
from engage.surveys.questionnaire.models import Question
from engage.uploads.sounds import CheckedSound
from tests import make
from tests.browser import Visitor
from tests.surveys.answering.steps import begin, change, code_of, open_wave, step, walk
from tests.surveys.questionnaire import sample
from tests.uploads.sounds import sound


def sent(app: Flask) -> list[dict[str, Given]]:
    """What waits to be mixed, by the key of the question."""
    with app.app_context():
        rows = db.session.scalars(select(Pending)).all()
        filled = [unpacked(row.content) for row in rows]
        keys = {row.id: row.key for row in db.session.execute(select(Question.id, Question.key))}
    return [{keys[given.question_id]: given for given in one} for one in filled]


def drafts(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(func.count()).select_from(Draft)).one()


def test_going_back_keeps_what_is_typed_right_or_wrong(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="minutes")
    back = step(nobody, code, "minutes", {"minutes": "beaucoup", "go": "back"})
    assert back.headers["Location"].endswith("/question/why")
    nobody.follow(back)
    assert 'value="nurse" checked' in nobody.page
    nobody.follow(step(nobody, code, "why", {"why": ["nurse"]}))
    assert 'value="beaucoup"' in nobody.page
    assert "Erreur" not in nobody.page
    nobody.get(f"/questionnaires/{code}/question/minutes")
    assert 'value="beaucoup"' in nobody.page, "a page that is opened again says the same"


def test_what_cannot_stand_is_said_on_top_and_beside(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="minutes")
    step(nobody, code, "minutes", {"minutes": "900"}, status=422)
    assert '<a href="#q-minutes">' in nobody.page
    assert 'id="q-minutes-error"' in nobody.page
    assert 'aria-invalid="true"' in nobody.page
    assert "<title>Erreur" in nobody.page
    assert 'value="900"' in nobody.page
    step(nobody, code, "came", {"came": ""}, status=422)
    assert "attend une réponse" in nobody.page


def test_none_of_these_does_not_go_with_others(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    step(nobody, code, "came", {"came": "yes"})
    step(nobody, code, "why", {"why": ["none", "nurse"]}, status=422)
    assert "ne va pas avec" in nobody.page
    assert nobody.page.count("checked") == 2, "both are still ticked"
    step(nobody, code, "why", {"why": []})
    nobody.get(f"/questionnaires/{code}/question/why")
    assert "checked" not in nobody.page, "what is unticked is no longer there"


def test_the_count_stays_true_when_conditions_change(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    nobody.follow(step(nobody, code, "hello", {}))
    assert "Question 1 sur 11 au plus" in nobody.page
    nobody.follow(step(nobody, code, "came", {"came": "no"}))
    assert "Question 2 sur 8" in nobody.page
    assert "au plus" not in nobody.page
    nobody.get(f"/questionnaires/{code}/question/came")
    assert "Question 1 sur 11 au plus" in nobody.page
    nobody.get(f"/questionnaires/{code}/question/minutes", status=302)


def test_what_was_answered_on_another_way_counts_for_nothing(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="who")
    step(nobody, code, "came", {"came": "no"})
    step(nobody, code, "who", {"who": "patient", "go": "send"})
    (told,) = sent(app)
    assert told["minutes"].state is told["long_wait"].state is told["why"].state is Answered.NOT_SHOWN
    assert told["long_wait"].words == ""
    assert told["came"].state is Answered.ANSWERED


def test_a_question_may_be_passed_and_a_tick_taken_back(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="word")
    step(nobody, code, "felt", {"felt": "good", "go": "skip"})
    step(nobody, code, "word", {"word": "", "go": ""})
    step(nobody, code, "who", {"go": "send"})
    (told,) = sent(app)
    assert told["felt"].state is told["word"].state is told["who"].state is Answered.SKIPPED


@pytest.mark.parametrize(
    ("key", "data", "status"),
    [
        ("felt", {"felt": "wonderful"}, 422),
        ("felt", {"felt": ["good", "bad"]}, 422),
        ("felt", {"stranger": "yes"}, 409),
        ("stranger", {"stranger": "yes"}, 409),
        ("word", {"word": "a" * 100_000}, 422),
        ("since", {"since": ["14", "2024"]}, 422),
        ("first", {"first": ["hours", "hours"]}, 422),
    ],
)
def test_bad_input_is_refused_and_given_back(
    app: Flask, nobody: Visitor, key: str, data: dict[str, object], status: int
) -> None:
    code = code_of(app)
    begin(nobody, code)
    step(nobody, code, "came", {"came": "no"})
    step(nobody, code, key, data, status=status)
    assert sent(app) == []
    if key == "word":
        assert "a" * 100_000 in nobody.page
        nobody.get(f"/questionnaires/{code}/question/word")
        assert "a" * 100_000 in nobody.page, "kept, right or wrong"
    nobody.get(f"/questionnaires/{code}/question/who")
    step(nobody, code, "who", {"who": "patient", "go": "send"})
    assert len(sent(app)) == (status == 409), "what was refused whole was not kept"


def test_what_is_missing_is_asked_for_before_sending(app: Flask, nobody: Visitor) -> None:
    """Somebody goes straight to the end: the one question that needs an answer comes back."""
    code = code_of(app)
    begin(nobody, code)
    answer = step(nobody, code, "who", {"who": "patient", "go": "send"})
    assert "/question/came" in answer.headers["Location"]
    nobody.follow(answer)
    assert "attend une réponse" in nobody.page
    assert sent(app) == []


def test_shorter_words_keep_what_is_typed(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    step(nobody, code, "came", {"came": "yes"})
    nobody.follow(step(nobody, code, "word", {"word": "Merci", "go": "words"}))
    assert "Un mot ?" in nobody.page
    assert 'value="Merci"' in nobody.page
    nobody.follow(step(nobody, code, "word", {"word": "Merci", "go": "words"}))
    assert "Un mot pour finir ?" in nobody.page


def test_in_english(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    nobody.get("/langue/en", status=302)
    begin(nobody, code)
    assert "Thank you for being here." in nobody.page
    walk(nobody, code)
    assert "We have received your answers" in nobody.page


def test_all_on_one_page(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code, {"together": "yes"})
    assert "Seulement si" in nobody.page
    whole = {"came": "yes", "minutes": "400", "word": "Merci", "go": "send"}
    nobody.post(f"/questionnaires/{code}/tout", whole, status=422)
    assert 'href="#q-minutes"' in nobody.page
    assert 'value="Merci"' in nobody.page
    nobody.get(f"/questionnaires/{code}/tout")
    assert 'value="400"' in nobody.page
    nobody.post(f"/questionnaires/{code}/tout", {**whole, "minutes": "40", "stranger": "1"}, status=409)
    nobody.get(f"/questionnaires/{code}/tout")
    nobody.follow(nobody.post(f"/questionnaires/{code}/tout", {**whole, "minutes": "40"}))
    (told,) = sent(app)
    assert told["minutes"].number == 40


def test_reading_again_is_for_who_asks(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="who")
    nobody.follow(step(nobody, code, "who", {"who": "relative", "go": "review"}))
    for words in ("mars 2024", "1. Les horaires · 2. Le téléphone", "45 minutes", "Un proche"):
        assert words in nobody.page
    nobody.follow(nobody.post(f"/questionnaires/{code}/relecture", {"go": "send"}))
    assert len(sent(app)) == 1


@pytest.mark.parametrize(("go", "kept"), [("mask", "Merci à […]"), ("send", "Merci à Madame Durand")])
def test_words_that_tell_who_is_meant_are_read_again(app: Flask, nobody: Visitor, go: str, kept: str) -> None:
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="word")
    step(nobody, code, "word", {"word": "Merci à Madame Durand, 06 12 34 56 78"})
    answer = step(nobody, code, "who", {"who": "patient", "go": "send"})
    assert answer.headers["Location"].endswith("/relecture")
    nobody.follow(answer)
    assert "<mark>" in nobody.page
    nobody.follow(nobody.post(f"/questionnaires/{code}/relecture", {"go": go}))
    (told,) = sent(app)
    assert told["word"].words.startswith(kept)
    assert ("06 12 34 56 78" in told["word"].words) == (go == "send")


PAIN = "Je veux mourir."


def test_in_a_strict_wave_only_the_person_sees_the_numbers(
    app: Flask, nobody: Visitor, chloe: Visitor
) -> None:
    """The address of the page is the ordinary one, so that no log of a server tells."""
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="long_wait")
    answer = step(nobody, code, "long_wait", {"long_wait": PAIN})
    assert answer.headers["Location"].endswith("/question/felt")
    nobody.follow(answer)
    assert "3114" in nobody.page
    assert "Quelqu’un peut vous écouter maintenant" in nobody.page
    nobody.follow(answer)
    assert "Comment avez-vous été reçu" in nobody.page
    nobody.get(f"/questionnaires/{code}/question/long_wait")
    assert PAIN in nobody.page
    nobody.follow(step(nobody, code, "who", {"who": "patient", "go": "send"}))
    assert "Nous avons bien reçu" in nobody.page
    with app.app_context():
        assert db.session.scalars(select(Message)).all() == []


def test_in_a_confidential_wave_who_is_on_duty_is_told_without_the_words(
    app: Flask, nobody: Visitor, chloe: Visitor
) -> None:
    code = code_of(app, anonymity=Anonymity.CONFIDENTIAL)
    begin(nobody, code)
    walk(nobody, code, until="word")
    step(nobody, code, "who", {"who": "patient"})
    answer = step(nobody, code, "word", {"word": PAIN, "go": "send"})
    nobody.follow(answer)
    assert "3114" in nobody.page, "before it is sent"
    assert sent(app) == []
    nobody.follow(answer)
    nobody.follow(nobody.post(f"/questionnaires/{code}/relecture", {"go": "send"}))
    with app.app_context():
        (message,) = db.session.scalars(select(Message)).all()
        assert PAIN not in message.body
        assert code in message.about_ref


def test_erased_is_erased(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    begin(nobody, code)
    step(nobody, code, "came", {"came": "yes"})
    nobody.post(f"/questionnaires/{code}/effacer")
    assert drafts(app) == 0
    step(nobody, code, "came", {"came": "yes"}, status=409)
    nobody.get(f"/questionnaires/{code}/question/came", status=302)


def test_few_questions_to_the_database(app: Flask, nobody: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the site runs: what strangers share is remembered for some seconds."""
    monkeypatch.setattr(cache, "monotonic", lambda: 0.0)
    code = code_of(app)
    begin(nobody, code)
    walk(nobody, code, until="word")
    app.testing = False
    for path in ("", "/question/word", "/question/came", "/tout", "/relecture", "/plus-tard"):
        nobody.get(f"/questionnaires/{code}{path}")
        with nobody.counting() as seen:
            nobody.get(f"/questionnaires/{code}{path}")
        assert len(seen) <= 1, (path, seen)
    with nobody.counting() as seen:
        step(nobody, code, "word", {"word": "Merci"})
    assert len(seen) <= 2, seen


def test_the_day_of_results_and_the_title_come_from_the_wave(app: Flask, nobody: Visitor) -> None:
    code = code_of(app)
    change(app, code, title="Votre avis compte")
    nobody.get(f"/questionnaires/{code}")
    assert "Votre avis compte" in nobody.page


def test_a_question_read_aloud_can_be_heard_where_it_is_asked(app: Flask, nobody: Visitor) -> None:
    with app.app_context():
        owner = make.account("Chloé", Role.COORDINATOR)
        version = questionnaires.create(sample.document(), by=owner)
        voice = {("fr", "standard"): CheckedSound(sound(), "audio/wav")}
        questionnaires.record(version, "came", voice, revision=version.revision, by=owner)
        db.session.commit()
        code = open_wave(version=version, owner=owner).code
    heard = f"/questionnaires/{code}/voix/came/fr/standard"
    begin(nobody, code)
    nobody.get(f"/questionnaires/{code}/question/came")
    assert f'src="{heard}"' in nobody.page
    assert nobody.get(heard).mimetype == "audio/wav"
    nobody.get(heard.replace("came", "felt"), status=404)
    nobody.get(f"/questionnaires/{code}/tout")
    assert f'src="{heard}"' in nobody.page
