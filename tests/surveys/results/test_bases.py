"""The base of every figure: who answered, who skipped, who never saw the question."""

from __future__ import annotations

import pytest

from engage.surveys.results.bases import Account, State, account, shares, top, top_share
from engage.surveys.results.proportions import Share

FIVE = [
    *[State.ANSWERED] * 40, *[State.SKIPPED] * 7, *[State.NOT_SHOWN] * 20,
    *[State.NOT_APPLICABLE] * 5, *[State.ILLEGIBLE] * 3,
]  # fmt: skip


def test_every_response_stands_in_one_of_five_states() -> None:
    seen = account(FIVE)
    assert seen == Account(answered=40, skipped=7, not_shown=20, not_applicable=5, illegible=3)
    assert (seen.responses, seen.shown) == (75, 55)


def test_one_choice_is_a_share_of_those_who_answered() -> None:
    found = shares(account(FIVE), {"easy": 30, "hard": 10})
    assert found == {"easy": Share(30, 40), "hard": Share(10, 40)}


def test_several_choices_are_shares_of_those_who_saw_them_and_did_not_skip() -> None:
    found = shares(account(FIVE), {"phone": 30, "mail": 25, "none": 4}, several=True, population=300)
    assert found["phone"] == Share(30, 45, 300)
    assert sum(share.count for share in found.values()) > 45


def test_nobody_answered_is_no_share_at_all() -> None:
    assert shares(Account(skipped=12, not_shown=4), {"easy": 0}) == {}


@pytest.mark.parametrize("several", [False, True])
def test_counts_of_other_responses_are_refused(several: bool) -> None:
    with pytest.raises(ValueError, match="answered"):
        shares(account(FIVE), {"easy": 41}, several=several)


def test_the_top_two_of_a_scale_and_the_top_of_a_short_one() -> None:
    five = {"very": 5.0, "rather": 4.0, "so": 3.0, "little": 2.0, "not": 1.0}
    assert top(five) == {"very", "rather"}
    assert top({"good": 3.0, "so": 2.0, "bad": 1.0}) == {"good"}
    counts = {"very": 9, "rather": 11, "so": 4, "little": 1, "unknown": 50}
    assert top_share(counts, five, 60) == Share(20, 25, 60)
    with pytest.raises(ValueError, match="nobody"):
        top_share({"unknown": 50}, five)
