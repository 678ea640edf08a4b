"""The list of plain words grows from what writers accept."""

from __future__ import annotations

import pytest

from engage.reading import Rule, changed, check, grown


@pytest.mark.parametrize(
    ("before", "after", "pair"),
    [
        ("Prenez un avis spécialisé.", "Prenez un avis de médecin.", ("spécialisé", "de médecin")),
        ("L’usager vient.", "Le patient vient.", ("l’usager", "le patient")),
        ("Venez.", "Venez.", None),
        ("Venez.", "Nous avons tout écrit autrement, pour que chacun comprenne.", None),
        ("Venez vite ici.", "Venez ici.", None),
        ("très très bien", "très bien", None),
    ],
)
def test_what_a_writer_replaced(before: str, after: str, pair: tuple[str, str] | None) -> None:
    assert changed(before, after) == pair


def test_what_is_accepted_three_times_becomes_a_rule() -> None:
    accepted = [("Zonage", "secteur")] * 3 + [("zonage", "zone"), ("rare", "peu")]
    accepted += [("pathologie", "maladie")] * 5  # our list has it
    plain = grown(accepted)
    assert plain == (("zonage", "secteur"),)
    (found,) = check("Voici le zonage.", body="simple", plain=plain).findings
    assert (found.rule, found.suggestion) == (Rule.JARGON, "secteur")
    assert grown(accepted, at_least=1)[-1] == ("zonage", "secteur")
