"""Scores of instruments, from what is declared of them."""

from __future__ import annotations

import pytest

from engage.surveys.results.scoring import Item, Mean, Scale, declared, linear, mean, score

FOUR = {"not": 4.0, "little": 3.0, "rather": 2.0, "much": 1.0}
SEVEN = {str(mark): float(mark) for mark in range(1, 8)}


def scale(size: int, scores: dict[str, float], *, half: bool = True) -> Scale:
    return Scale("c", tuple(Item(f"q{n}", "c", scores) for n in range(size)), half)


def answers(*choices: str) -> dict[str, str]:
    return {f"q{n}": choice for n, choice in enumerate(choices) if choice}


def test_linear_goes_from_0_to_100() -> None:
    item = Item("q", "c", SEVEN)
    assert [linear(item, mark) for mark in ("1", "4", "7")] == [0, 50, 100]
    assert linear(item, "unknown") is None


# The formulas of the EORTC QLQ-C30 scoring manual (Fayers et al., 3rd edition 2001), by hand:
# a functional scale is (1 − (RS − 1)/3) × 100, global health (RS − 1)/6 × 100, RS the mean of the items.
@pytest.mark.parametrize(
    ("size", "scores", "given", "expected"),
    [
        (2, SEVEN, ("5", "6"), (5.5 - 1) / 6 * 100),
        (4, FOUR, ("not", "little", "little", "much"), (1 - ((1 + 2 + 2 + 4) / 4 - 1) / 3) * 100),
        (4, FOUR, ("not", "little", "", ""), (1 - ((1 + 2) / 2 - 1) / 3) * 100),
        (5, FOUR, ("not", "little", "rather", "", ""), (1 - ((1 + 2 + 3) / 3 - 1) / 3) * 100),
    ],
)
def test_a_scale_as_in_the_manual(
    size: int, scores: dict[str, float], given: tuple[str, ...], expected: float
) -> None:
    assert score(scale(size, scores), answers(*given)) == pytest.approx(expected)


def test_less_than_half_is_no_score() -> None:
    assert score(scale(4, FOUR), answers("not", "", "", "")) is None
    assert score(scale(5, FOUR), answers("not", "little", "", "", "")) is None
    assert score(scale(4, FOUR), answers("not", "unknown", "unknown", "unknown")) is None


def test_without_the_half_rule_all_must_be_there() -> None:
    strict = scale(2, FOUR, half=False)
    assert score(strict, answers("not", "")) is None
    assert score(strict, answers("not", "much")) == 50


def test_items_of_other_ranges_weigh_the_same() -> None:
    mixed = Scale("c", (Item("q0", "c", FOUR), Item("q1", "c", SEVEN)))
    assert score(mixed, answers("not", "1")) == 50


def test_the_declaration_names_concept_and_rule() -> None:
    items = [
        Item("q1", "reach.phone", FOUR), Item("q2", "reach", FOUR), Item("q3", "reaching", FOUR),
        Item("q4", "welcome", FOUR),
    ]  # fmt: skip
    found = declared({"concept": "reach", "rule": "linear-0-100", "half": True}, items)
    assert [item.key for item in found.items] == ["q1", "q2"]
    assert found.half
    assert not declared({"concept": "reach", "rule": "linear-0-100"}, items).half


@pytest.mark.parametrize(
    "scoring",
    [
        {"concept": "reach", "rule": "magic"},
        {"concept": "nothing", "rule": "linear-0-100"},
        {"rule": "linear-0-100"},
    ],
)
def test_what_cannot_be_scored_is_refused(scoring: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="scor"):
        declared(scoring, [Item("q1", "reach", FOUR)])


def test_a_question_with_one_score_cannot_be_scored() -> None:
    with pytest.raises(ValueError, match="nothing to score"):
        declared({"concept": "reach", "rule": "linear-0-100"}, [Item("q1", "reach", {"yes": 1.0})])


def test_the_mean_says_how_many_have_a_score() -> None:
    assert mean([100, None, 50]) == Mean(75, 2)
    assert mean([None]) is None
