"""What is hidden is hidden whole, and the rest still reads."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engage.intake.screening import screen
from engage.surveys.results.verbatims.masking import HIDDEN, masked, pieces, proposed, spans

BODY = "Madame Durand, 06 12 34 56 78, m’a aidée.\nMerci !"


def test_personal_data_is_proposed_and_illness_left_to_the_reader() -> None:
    found = screen(BODY + " J’ai un cancer.")
    assert masked(BODY, proposed(found)) == "[…], m’a aidée.\nMerci !"
    assert all("cancer" not in BODY[start:end] for start, end in proposed(found))


def test_half_a_word_ticked_hides_it_whole() -> None:
    assert masked("Voir Dupont-Durand demain.", [(5, 8)]) == f"Voir {HIDDEN} demain."


def test_neighbours_leave_one_mark_and_the_sentence_its_end() -> None:
    assert masked("Chez Paul Martin. Merci.", [(5, 9), (10, 17)]) == f"Chez {HIDDEN}. Merci."
    assert masked("Paul aide Marie.", [(0, 4), (10, 16)]) == f"{HIDDEN} aide {HIDDEN}."


def test_nonsense_ticks_nothing() -> None:
    assert spans(["x", "1", "-3", "999999-1000000", "5-4"], BODY) == []


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=5))
def test_no_hidden_word_is_read(body: str, hidden: list[tuple[int, int]]) -> None:
    left = masked(body, hidden)
    kept = [one.word for one in pieces(body, hidden) if not one.is_hidden]
    assert [word for word in left.split() if not word.startswith(HIDDEN)] == [
        part for word in kept for part in word.split() if not part.startswith(HIDDEN)
    ]
    again = spans([one.value for one in pieces(body, hidden) if one.is_hidden], body)
    assert masked(body, again) == left
