"""What the answer helper notices, and what it lets through."""

from __future__ import annotations

import pytest

from engage.ideas.moderation.answer_check import Risk, check

STAFF = ["Karim Belaïd", "Docteur Anne Rousselot"]

PATIENT = [
    "Vous êtes suivie chez nous depuis 2019.",
    "Vous êtes bien notre patient.",
    "Lors de votre consultation du 3 mars, tout était en ordre.",
    "Nous avons regardé votre dossier.",
    "Votre mère est suivie par le cabinet.",
    "Votre traitement sera revu.",
    "En tant que patiente, vous pouvez venir.",
    "Lors de votre visite, l’accueil était fermé.",
    "VOTRE ORDONNANCE EST PRÊTE",
    "Vous avez été hospitalisé en mai.",
    "Parlez-en à votre médecin traitant.",
    "Pour son diabète, nous ferons mieux.",
]
CARER = [
    "Le docteur Rousselot a fait une erreur.",
    "Karim Belaïd n’aurait pas dû parler ainsi.",
    "Mme Martin a été recadrée.",
    "Nous sommes désolés pour l’attitude de Karim Belaid.",
]
FINE = [
    "Merci pour cette idée. Un banc sera posé devant la porte avant le 30 juin.",
    "L’accueil répond désormais de 8 h à 18 h.",
    "Les rendez-vous se prennent aussi par téléphone.",
    "Nous avons commis une erreur sur le panneau : il est corrigé.",
    "Karim Belaïd a posé le banc. Merci à lui !",
    "Les patients partenaires ont choisi la couleur.",
    "Votre idée est bonne. Votre message nous a touchés.",
    "Le retard de la livraison est de deux semaines.",
    "Les ordonnances se déposent dans la boîte bleue.",
]


@pytest.mark.parametrize("text", PATIENT)
def test_it_notices_that_somebody_would_be_known_as_a_patient(text: str) -> None:
    assert [doubt.risk for doubt in check(text, STAFF)] == [Risk.PATIENT]


@pytest.mark.parametrize("text", CARER)
def test_it_notices_a_carer_blamed_by_name(text: str) -> None:
    assert [doubt.risk for doubt in check(text, STAFF)] == [Risk.CARER]


@pytest.mark.parametrize("text", FINE)
def test_it_lets_a_plain_answer_through(text: str) -> None:
    assert check(text, STAFF) == []


def test_blame_in_one_sentence_and_a_name_in_another_is_no_blame_of_that_person() -> None:
    assert check("Nous avons eu tort. Karim Belaïd vous rappelle demain.", STAFF) == []


def test_the_passage_is_given_as_it_was_typed() -> None:
    (doubt,) = check("Bonjour. Nous avons relu VOTRE Dossier médical hier.", STAFF)
    assert doubt.text == "VOTRE Dossier médical"


def test_it_bears_any_text() -> None:
    assert check("") == []
    assert check("\u200b\n\n…!?") == []
