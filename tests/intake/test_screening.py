"""Screening: what is found, exactly where, and how fast."""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.core.words import stem
from engage.intake.screening import Finding, Kind, default_distress, is_distress, reason, screen
from engage.intake.screening import content as lists

TODAY = date(2026, 6, 9)


def look(text: str, staff: tuple[str, ...] = ()) -> list[Finding]:
    return screen(text, staff_names=staff, today=TODAY)


def found(text: str, kind: Kind, staff: tuple[str, ...] = ()) -> list[str]:
    return [finding.text for finding in look(text, staff) if finding.kind == kind]


# Where: offsets in the text as it was typed.


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Ré\u0301my : rémy@cœur.fr\u202f!", Kind.EMAIL, "rémy@cœur.fr"),
        ("œœœ ﬁ 06\u202f12\u00a034 56 78", Kind.PHONE, "06\u202f12\u00a034 56 78"),
        ("L’œil : je suis diabe\u0301tique\u0301 !", Kind.HEALTH, "diabe\u0301tique\u0301"),
        ("J’ai ENVIE de mourir…", Kind.DISTRESS, "ENVIE de mourir"),
        ("a\u200bmina@ex\u200bample.fr", Kind.EMAIL, "a\u200bmina@ex\u200bample.fr"),
        ("née le 3 août 1948", Kind.BIRTH_DATE, "3 août 1948"),
    ],
)
def test_offsets_point_into_the_original(text: str, kind: Kind, words: str) -> None:
    (finding,) = look(text)
    assert (finding.kind, finding.text) == (kind, words)
    assert text[finding.start : finding.end] == words


PIECES = [
    "06 12 34 56 78", "a@b.fr", "né le 3 mai 1948", "Dr Martin", "12 rue des Lilas", "34000 Sète",
    "1850578006084", "diabète", "envie de mourir", "Haddad", " ", "\n",
    ".", "é", "œ", "\u0301", "\u200b", "@", "0", "m.", "d'",
]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3))).map("".join)))
def test_any_text_gives_sorted_spans_that_do_not_overlap(text: str) -> None:
    findings = look(text, ("Karim Haddad",))
    assert all(text[f.start : f.end] == f.text for f in findings)
    assert all(f.start < f.end for f in findings)
    assert all(one.end <= other.start for one, other in pairwise(findings))
    assert is_distress(text) == any(f.kind == Kind.DISTRESS for f in findings)


# What: rules worth a sentence each.


def test_a_staff_name_is_told_from_an_everyday_word() -> None:
    staff = ("Julien Petit", "Dr Nadège Le Bihan")
    assert found("Le petit mot du Dr Petit", Kind.STAFF, staff) == ["Dr Petit"]
    assert found("Petit problème. J'ai vu Petit hier.", Kind.STAFF, staff) == ["Petit"]
    assert found("nadege le bihan, Le Bihan Nadège", Kind.STAFF, staff) == [
        "nadege le bihan",
        "Le Bihan Nadège",
    ]
    assert found("Le Dr Petit", Kind.PERSON, staff) == []


def test_a_date_of_birth_is_told_from_an_appointment() -> None:
    assert found("le 12/03/2015", Kind.BIRTH_DATE) == ["12/03/2015"]
    for text in ("le 12/03/2025", "depuis le 12/03/2015", "samedi 3 mai 2014", "le 12 mars", "le 45/13/1950"):
        assert found(text, Kind.BIRTH_DATE) == []
    assert found("née le 12/03/2025", Kind.BIRTH_DATE) == ["12/03/2025"]
    assert found("je ne viens pas le 12 mars 2025", Kind.BIRTH_DATE) == []
    assert found("Je suis née en 1948", Kind.BIRTH_DATE) == ["1948"]


def test_a_street_named_after_a_day_is_an_address() -> None:
    text = "J'habite 14 rue du 8 mai 1945"
    assert [(f.kind, f.text) for f in look(text)] == [(Kind.ADDRESS, "14 rue du 8 mai 1945")]


@pytest.mark.parametrize(
    "nir", ["2 48 05 34 172 045 32", "248052A172045", "2480534172045/32", "2 99 62 99 123 456"]
)
def test_nir_with_and_without_key(nir: str) -> None:
    assert found(f"n° {nir} merci", Kind.NIR) == [nir]


@pytest.mark.parametrize(
    "number", ["9 48 05 34 172 045", "2 48 13 34 172 045", "24805341720", "2480534172045321"]
)
def test_other_long_numbers_are_no_nir(number: str) -> None:
    assert found(number, Kind.NIR) == []


@pytest.mark.parametrize(
    "text",
    [
        "je veux vraiment mourir", "Je ne veux PLUS VIVRE", "j en peux plus", "Il m’a frappée hier",
        "il va me tuer", "c'est mon fils qui me frappe", "je me scarifie", "jveux en finir",
        "j'ai pensé au suicide",
        "envie de mourir de rire ? non, envie de mourir",
    ],
)  # fmt: skip
def test_distress_is_heard(text: str) -> None:
    assert is_distress(text)


@pytest.mark.parametrize(
    "text",
    [
        "je meurs de soif", "mort de rire", "tué le temps", "à mourir d'ennui", "ces escaliers vont me tuer",
        "je n'en peux plus de cette musique", "je suis à bout de souffle", "il me bat toujours aux échecs",
        "je n'ai pas envie de mourir", "Une affiche sur la prévention du suicide", "La vie. Plus de bancs !",
        "pour en finir avec les files d'attente", "J'ai envie. De mourir de peur, il n'est pas question.",
    ],
)  # fmt: skip
def test_sayings_and_plain_words_are_not_distress(text: str) -> None:
    assert not is_distress(text)


def test_the_centre_may_use_its_own_list() -> None:
    assert not is_distress("envie de mourir", ["tout casser"])
    assert is_distress("je vais tout casser", ["tout casser"])
    assert [f.text for f in screen("je vais TOUT casser", distress=["tout casser"])] == ["TOUT casser"]
    assert not is_distress("tout va bien", ["", " ?! "])
    assert is_distress("envie de mourir", default_distress())


def test_every_listed_phrase_is_found_by_itself() -> None:
    assert [phrase for phrase in default_distress() if not is_distress(f"Bonjour, {phrase}")] == []
    health = (*lists.words("health_words", "words"), *lists.words("health_words", "as_written"))
    assert [word for word in health if found(f"Avec {word}", Kind.HEALTH) != [word]] == []


def test_health_words_do_not_catch_ordinary_words_with_the_same_beginning() -> None:
    text = (
        "grosses opérations portes ouvertes, qu'il ait la tension du débat, statistiques, allègre, dialogue"
    )
    assert found(text, Kind.HEALTH) == []
    assert stem("grossesse") != stem("grosses")


def test_each_kind_has_its_own_reason() -> None:
    assert len({reason(kind) for kind in Kind}) == len(Kind)


# How fast.


def cpu_seconds(text: str, staff: tuple[str, ...]) -> float:
    stem.cache_clear()
    start = time.process_time()
    look(text, staff)
    return time.process_time() - start


def test_a_full_idea_takes_less_than_20_ms() -> None:
    sentence = (
        "Bonjour, je suis née le 3 mai 1948, Mme Roux m'a parlé de l'atelier diabète : rappelez le soir. "
    )
    text = (
        sentence + " ".join(default_distress()) + "Un banc devant l'entrée aiderait tout le monde. " * 40
    )[:2000]
    assert len(text) == 2000
    look("", ("Karim Haddad",))  # the lists are read once
    assert min(cpu_seconds(text, ("Karim Haddad",)) for _ in range(3)) < 0.02


HOSTILE = [
    "a", "a.", "a@", "a point ", "0 ", "1 ", "06 ", "+33 ", "Dr ", "Dr A ", "12 rue de la ", "né à ", "me ",
    "A ", "34000 Sète ", "en finir avec la ", "né le 3 mai 1948 ", "e\u0301", "\u200b", "ﷺ", "a'", "(", " ",
    "\n", "habite 34000 a ", "le bihan ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_ten_times_the_text_takes_about_ten_times_as_long(piece: str) -> None:
    short, long = (
        min(cpu_seconds((piece * size)[:size], ("Nadège Le Bihan",)) for _ in range(2))
        for size in (10_000, 100_000)
    )
    assert long < 25 * max(short, 0.01)
