"""The formulas against published worked values."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.surveys.results.proportions import (
    Interval,
    Share,
    Verdict,
    Z,
    compare,
    difference,
    net_promoters,
    wilson,
)


def near(interval: Interval, low: float, high: float, *, within: float = 0.00005) -> None:
    assert interval == pytest.approx((low, high), abs=within + 1e-12)


# From Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven methods",
# Statistics in Medicine 17 (1998) 857–872, table I, method 3 (score, no continuity correction).
@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_limits(count: int, base: int, low: float, high: float) -> None:
    near(wilson(count, base), low, high)


# From Newcombe, "Interval estimation for the difference between independent proportions: comparison of
# eleven methods", Statistics in Medicine 17 (1998) 873–890, table II, method 10, cases (a) to (h).
@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_differences_give_the_published_limits(
    now: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    near(difference(Share(*now), Share(*before)), low, high)


@given(st.integers(2, 300), st.integers(0, 300), st.integers(1, 3000))
def test_both_limits_solve_the_equation_of_the_score_test(base: int, count: int, more: int) -> None:
    """|p̂ − p| = z √(p(1 − p)/n · (N − n)/(N − 1)) is what the corrected formula claims to have solved."""
    count, population = min(count, base), base + more
    for limit in wilson(count, base, population):
        spread = Z * math.sqrt(limit * (1 - limit) / base * (population - base) / (population - 1))
        assert abs(count / base - limit) == pytest.approx(spread, abs=1e-9)


@given(st.integers(1, 200), st.integers(0, 200), st.integers(0, 500))
def test_knowing_the_population_never_widens_an_interval(base: int, count: int, more: int) -> None:
    count = min(count, base)
    plain, corrected = wilson(count, base), wilson(count, base, base + more)
    assert plain.low - 1e-12 <= corrected.low <= count / base <= corrected.high <= plain.high + 1e-12


def test_when_everybody_answered_nothing_is_uncertain() -> None:
    assert wilson(30, 40, 40) == (0.75, 0.75)


def test_a_population_smaller_than_the_answers_is_a_mistake_not_a_census() -> None:
    assert wilson(30, 40, 12) == wilson(30, 40)


@pytest.mark.parametrize(("count", "base"), [(0, 0), (3, 2), (-1, 4)])
def test_what_is_no_share_is_refused(count: int, base: int) -> None:
    with pytest.raises(ValueError, match="not a share"):
        wilson(count, base)


def test_two_waves_are_told_apart_only_when_they_differ() -> None:
    assert compare(Share(56, 70), Share(48, 80)) is Verdict.BETTER
    assert compare(Share(48, 80), Share(56, 70)) is Verdict.WORSE
    assert compare(Share(56, 70), Share(48, 80), higher_is_better=False) is Verdict.WORSE
    assert compare(Share(52, 70), Share(48, 80)) is Verdict.CANNOT_SAY
    assert compare(Share(0, 10), Share(0, 20)) is Verdict.CANNOT_SAY


def test_two_whole_populations_differ_by_one_person() -> None:
    assert compare(Share(20, 40, 40), Share(19, 40, 40)) is Verdict.BETTER
    assert compare(Share(20, 40, 40), Share(20, 40, 40)) is Verdict.CANNOT_SAY


def test_net_promoters_by_hand() -> None:
    """19 promoters, 12 between, 5 detractors of 36. With three more: 19.75/39 and 5.75/39, so
    14/39 = 0.358974; variance (25.5/39 − 0.128863)/39 = 0.01346132; 1.959964 × 0.1160229 = 0.2274007.
    """
    score = net_promoters({10: 10, 9: 9, 8: 7, 7: 5, 6: 3, 0: 2})
    assert score.score == pytest.approx(38.8889, abs=0.0001)
    near(score.interval, 13.1574, 58.6375, within=0.001)
    assert score.base == 36


def test_net_promoters_stay_on_their_scale() -> None:
    assert net_promoters({10: 3}).interval.high <= 100
    assert net_promoters({0: 3}).interval.low >= -100
    for wrong in ({11: 3}, {}, {9: 0}):
        with pytest.raises(ValueError, match="marks of 0 to 10"):
            net_promoters(wrong)
