"""How far somebody is: the count never has to be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest

from engage.surveys.answering.progress import progress
from engage.surveys.questionnaire import bank
from engage.surveys.questionnaire.conditions import Value
from engage.surveys.questionnaire.document import Document
from engage.surveys.questionnaire.kinds import Type
from engage.surveys.questionnaire.paths import visible
from engage.surveys.questionnaire.rehearsal import person
from tests.surveys.questionnaire import sample

DOCUMENTS = [sample.document(), *bank.ready().values()]


def asked(document: Document, values: Mapping[str, Value]) -> list[str]:
    informs = {one.key for one in document.questions if one.type is Type.INFORMATION}
    return [key for key in visible(document, values) if key not in informs]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.code)
def test_what_is_said_stays_true_to_the_end(document: Document) -> None:
    random = Random(3)
    for _walk in range(40):
        values = person(document, random)
        way = asked(document, values)
        most = len(document.questions)
        for number, key in enumerate(way, 1):
            told = progress(document, values, key)
            assert told.number == number
            assert len(way) <= told.most <= most, "it can only become less"
            assert not told.is_exact or told.most == len(way)
            assert not told.is_last or number == len(way)
            most = told.most
        assert told.most == len(way)


def test_information_is_no_question() -> None:
    told = progress(sample.document(), {}, "hello")
    assert (told.number, told.most, told.is_last) == (0, 11, False)
