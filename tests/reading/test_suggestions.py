"""What one click puts in the place of the words found."""

from __future__ import annotations

import pytest
from flask import Flask

from engage.reading import Rule, Severity, Term, check

CASES = [
    ("80 % des gens viennent.", Rule.PERCENT, "8 personnes sur 10"),
    ("80 % sont venus.", Rule.PERCENT, "8 sur 10"),
    ("80 % des patients âgés viennent.", Rule.PERCENT, ""),
    ("La moitié, soit 50 % d’entre eux.", Rule.PERCENT, ""),
    ("Un remboursement à 65 %.", Rule.PERCENT, "65 sur 100"),
    ("La note est de 12,5 %.", Rule.PERCENT, ""),
    ("Venez dans vingt et un jours.", Rule.NUMBER_IN_LETTERS, "21"),
    ("Il y a quatre-vingt-dix places.", Rule.NUMBER_IN_LETTERS, "90"),
    ("Il y a deux mille trois cents places.", Rule.NUMBER_IN_LETTERS, "2300"),
    ("Il a cent quatre-vingt-sept places.", Rule.NUMBER_IN_LETTERS, "187"),
    ("Prenez un RDV.", Rule.ABBREVIATION, "rendez-vous"),
    ("Du pain, du lait, etc.", Rule.ABBREVIATION, ""),
    ("Une carte et/ou un papier.", Rule.SLASH, "ou"),
    ("Ouvert 24h/24.", Rule.SLASH, "jour et nuit"),
    ("VOTRE AVIS compte.", Rule.CAPITALS, "Votre avis"),
    ("Appelez le 51.", Rule.EMERGENCY_NUMBER, "15"),
    ("Appelez le 3 114.", Rule.EMERGENCY_NUMBER, "3114"),
    ("Afin de venir, appelez.", Rule.JARGON, "Pour"),
    ("Une pathologie se soigne.", Rule.JARGON, "maladie"),
    ("L’hospitalisation dure peu.", Rule.JARGON, ""),
    ("La coordination nous aide.", Rule.JARGON, ""),
    ("Cette problématique revient.", Rule.JARGON, ""),
    ("Sans coordination, rien ne va.", Rule.JARGON, "travail ensemble"),
    ("Chaque pathologie compte.", Rule.JARGON, "maladie"),
    ("L’équipe a raconté un retour d’expérience.", Rule.JARGON, "récit"),
    ("En cas d’urgence, appelez.", Rule.JARGON, "Si c’est urgent"),
    ("En cas de douleur, appelez.", Rule.JARGON, ""),
    ("Prenez ces médicaments. Deux remèdes suffisent.", Rule.SYNONYM, "médicaments"),
]


@pytest.mark.parametrize(("text", "rule", "suggestion"), CASES)
def test_suggestions(text: str, rule: Rule, suggestion: str) -> None:
    assert [one.suggestion for one in check(text, body="simple").findings if one.rule is rule] == [suggestion]


def test_what_grew_from_accepted_edits_comes_before_our_list() -> None:
    (found,) = check("Une pathologie.", body="simple", plain=[("pathologie", "souci de santé")]).findings
    assert found.suggestion == "souci de santé"


def test_what_the_assistant_wrote_itself_is_not_held_against_the_writer() -> None:
    glossary = [Term("MSP", "Maison de santé pluriprofessionnelle")]
    first = check("La MSP vous aide.", body="simple", glossary=glossary).findings[0]
    said = f"La {first.suggestion} vous aide."
    assert not check(said, body="simple", glossary=glossary).findings
    again = check(f"{said} Elle est pluriprofessionnelle.", body="simple", glossary=glossary).findings
    assert [one.rule for one in again] == [Rule.JARGON]


def test_emergency_numbers_are_checked_in_other_languages() -> None:
    said = "Call 51 now. Call 112. Dial the 141. It was 51 years ago."
    found = check(said, body="simple", language="en").findings
    assert [said[one.start : one.end] for one in found] == ["51", "141"]
    assert {one.severity for one in found} == {Severity.BLOCKING}
    assert check("Llame al 121.", body="simple", language="es").findings[0].rule is Rule.EMERGENCY_NUMBER


def test_severity_follows_the_body() -> None:
    text = "Si votre médecin est absent ce jour-là, un autre soignant de la maison de santé peut vous voir."
    assert [one.severity for one in check(text, body="simple").findings] == [Severity.AMBER]
    assert [one.severity for one in check(text, body="short").findings] == [Severity.RED]
    glossary = [Term("DAC", "Dispositif d’appui à la coordination")]
    assert check("Voyez le DAC.", body="short", glossary=glossary).findings[0].severity is Severity.RED


def test_messages_are_warm_french(app: Flask) -> None:
    with app.test_request_context():
        (found,) = check("Vous " + "vite " * 23, body="simple").findings
        assert found.message == "Cette phrase a 24 mots. Coupez-la en deux."
