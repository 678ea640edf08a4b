"""What a form says becomes an answer to each question, in its state, or a sentence about what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from engage.accounts.models import Account
from engage.core.db import db
from engage.core.errors import Refused
from engage.surveys.answering.filling import Misfilled, fill, filled
from engage.surveys.answering.given import Given
from engage.surveys.answering.kinds import Answered
from engage.surveys.answering.taking import ILLEGIBLE, PREFER_NOT, Raw, Wrong, take
from engage.surveys.questionnaire import actions as questionnaires
from engage.surveys.questionnaire.document import Choice, Document, Question
from engage.surveys.questionnaire.kinds import ChoiceKind
from engage.surveys.questionnaire.models import Version
from tests.surveys.questionnaire import sample

YES: dict[str, Sequence[str]] = {"came": ["yes"]}


@pytest.fixture(autouse=True)
def french(app: Flask) -> object:
    with app.test_request_context("/"):
        yield


@pytest.fixture
def document() -> Document:
    return sample.document()


def question(key: str) -> Question:
    found = sample.document().question(key)
    assert found is not None
    return found


def wrong(key: str, *marks: str) -> str:
    with pytest.raises(Wrong) as fault:
        take(question(key), {key: marks})
    return str(fault.value)


def states(raw: Raw) -> dict[str, Answered]:
    return {key: taken.state for key, taken in filled(sample.document(), raw).taken.items()}


def test_what_is_not_shown_is_not_there(document: Document) -> None:
    told = filled(document, {"came": ["no"], "minutes": ["45"], "why": ["nurse"]})
    assert not told.wrong
    assert {"why", "minutes", "long_wait"}.isdisjoint(told.taken)


def test_an_answer_that_hides_another_hides_what_followed_from_it(document: Document) -> None:
    waited = YES | {"minutes": ["45"], "long_wait": ["Personne."]}
    assert "long_wait" in filled(document, waited).taken
    assert "long_wait" not in filled(document, waited | {"came": ["dont_know"]}).taken
    assert "long_wait" not in filled(document, waited | {"why": ["none"]}).taken


def test_each_type_is_read(document: Document) -> None:
    raw = YES | {
        "why": ["nurse", "doctor", "nurse"], "minutes": [" 1\u00a020 "], "long_wait": ["  On a\r\nattendu. "],
        "felt": ["good"], "listen": ["yes"], "often": ["never"], "since": ["3", "2024"],
        "first": ["hours", "", "phone"], "word": ["Merci"], "who": ["relative"],
    }  # fmt: skip
    told = filled(document, raw)
    assert not told.wrong
    taken = told.taken
    assert taken["why"].codes == ("doctor", "nurse")
    assert (taken["minutes"].number, taken["long_wait"].words) == (120, "On a\nattendu.")
    assert taken["since"].month == date(2024, 3, 1)
    assert (taken["first"].codes, taken["first"].value) == (("hours", "phone"), ("hours", "phone"))
    assert filled(document, {"since": ["2024-03"]}).taken["since"].month == date(2024, 3, 1)


def test_five_states(document: Document) -> None:
    told = states(YES | {"listen": ["not_concerned"], "minutes": ["31"], "long_wait": [PREFER_NOT]})
    assert told["came"] is Answered.ANSWERED
    assert told["listen"] is Answered.NOT_APPLICABLE
    assert told["long_wait"] is told["word"] is Answered.SKIPPED
    assert states({"came": ["dont_know"]})["came"] is Answered.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("key", "marks", "sentence"),
    [
        ("who", ["nobody"], "n’est pas dans la liste"),
        ("who", [PREFER_NOT], "n’est pas dans la liste"),
        ("who", ["patient", "relative"], "une seule"),
        ("why", ["none", "nurse"], "« Rien de cela » ne va pas avec"),
        ("minutes", ["-1"], "entre 0 et 300"),
        ("minutes", ["301"], "entre 0 et 300"),
        ("minutes", ["beaucoup"], "en chiffres"),
        ("minutes", ["nan"], "en chiffres"),
        ("minutes", ["1e3"], "en chiffres"),
        ("minutes", ["9" * 100_000], "en chiffres"),
        ("since", ["13", "2024"], "un mois et une année"),
        ("since", ["", "2024"], "un mois et une année"),
        ("since", ["3", "0024"], "Vérifiez"),
        ("first", ["hours", "hours"], "« Les horaires » est là 2 fois"),
        ("first", ["hours", "phone", "chairs"], "2 réponses au plus"),
        ("first", ["sofa"], "n’est pas dans la liste"),
        ("long_wait", ["a" * 100_000], "500 caractères"),
        ("long_wait", [PREFER_NOT, "Personne."], "pas les deux"),
        ("hello", ["oui"], "ne correspondent pas"),
    ],
)
def test_what_cannot_be_an_answer_is_said(key: str, marks: list[str], sentence: str) -> None:
    assert sentence in wrong(key, *marks).replace("\u00a0", " ")


def test_bounds_may_stand_on_one_side() -> None:
    for settings, sentence in (({"min": 2}, "à partir de 2"), ({"max": 0}, "jusqu’à 0")):
        with pytest.raises(Wrong, match=sentence):
            take(replace(question("minutes"), settings=settings), {"minutes": ["1"]})
    assert take(replace(question("minutes"), settings={}), {"minutes": ["2,5"]}).number == 2.5


def test_another_answer_may_be_said() -> None:
    other = Choice("else", {"fr": {"standard": "Autrement"}}, kind=ChoiceKind.OTHER)
    asked = replace(question("who"), choices=(*question("who").choices, other))
    told = take(asked, {"who": ["else"], "who.other": [" Un voisin "]})
    assert (told.codes, told.words) == (("else",), "Un voisin")
    assert take(asked, {"who": [""], "who.other": ["Un voisin"]}).codes == ("else",)
    assert take(asked, {"who": ["patient"], "who.other": ["Un voisin"]}).words == ""
    with pytest.raises(Wrong, match="200"):
        take(asked, {"who": ["else"], "who.other": ["a" * 201]})


def test_what_must_be_answered_is_asked_for(document: Document) -> None:
    assert "attend" in filled(document, {}).wrong["came"]
    assert filled(document, {}, on_paper=True).wrong == {}
    first = replace(question("came"), prefer_not=True)
    asked = document.with_pages((replace(document.pages[0], questions=(first,)),))
    assert "préfère" in filled(asked, {}).wrong["came"]
    assert filled(asked, {"came": [PREFER_NOT]}).wrong == {}


def test_only_on_paper_something_cannot_be_read(document: Document) -> None:
    assert filled(document, {"who": [ILLEGIBLE]}, on_paper=True).taken["who"].state is Answered.ILLEGIBLE
    assert "who" in filled(document, {"who": [ILLEGIBLE]}).wrong


def test_a_question_of_another_version_is_refused(document: Document) -> None:
    with pytest.raises(Refused, match="ne correspondent pas"):
        filled(document, YES | {"stranger": ["yes"]})


@pytest.fixture
def version(session: object, chloe_row: Account) -> Version:
    made = questionnaires.create(sample.document(), by=chloe_row)
    questionnaires.freeze(made, revision=made.revision, by=chloe_row)
    db.session.commit()
    return made


def test_codes_become_the_ids_of_the_version(version: Version) -> None:
    given: list[Given] = fill(version, YES | {"why": ["nurse"], "word": ["Merci"]})
    assert len(given) == len(sample.document().questions) == len({one.question_id for one in given})
    assert [one.state for one in given].count(Answered.ANSWERED) == 3
    assert given[0].state is Answered.NOT_SHOWN, "what only informs asks nothing"
    assert {len(one.choices) for one in given} == {0, 1}
    with pytest.raises(Misfilled) as fault:
        fill(version, {"minutes": ["3"]})
    assert fault.value.wrong.keys() == {"came"}
