"""A group decides: by rules that are told, counted without names, looked at again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engage.accounts.models import Account, Role
from engage.centre.queries import centre_today
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.groups.deciding import actions, queries, rules, words
from engage.groups.deciding.models import Ballot, BallotTicket, Way
from engage.groups.meeting.attending import actions as attending
from engage.groups.minutes import mine
from engage.groups.models import Autonomy, MemberKind, Membership
from engage.journal.models import Entry
from tests import make
from tests.groups.deciding import voting
from tests.groups.minutes import meeting as meetings

pytestmark = pytest.mark.usefixtures("session")


def scores(*given: int) -> dict[str, int]:
    return {str(place): score for place, score in enumerate(given)}


@pytest.mark.parametrize(("objections", "adopted"), [(0, True), (1, False), (7, False)])
def test_consent_is_adopted_when_nobody_objects(objections: int, adopted: bool) -> None:
    group = voting.group()
    chair = voting.members(group, 16)[0]
    made = voting.close(voting.ask(group, chair, Way.CONSENT), chair, {"objections": objections})
    assert made.is_adopted is adopted
    assert words.outcome(made) == ("Adopté." if adopted else "Pas adopté.")


@pytest.mark.parametrize(
    ("yes", "no", "adopted", "tie"),
    [(4, 3, True, False), (3, 3, False, True), (0, 2, False, False), (0, 0, False, True)],
)
def test_more_hands_for_than_against_adopt(yes: int, no: int, adopted: bool, tie: bool) -> None:
    group = voting.group()
    chair = voting.members(group, 16)[0]
    made = voting.ask(group, chair, Way.HANDS)
    voting.close(made, chair, {rules.YES: yes, rules.NO: no, rules.ABSTAIN: 9})
    assert (made.is_adopted, rules.is_tie(made)) == (adopted, tie)
    assert [line.count for line in rules.lines(made)] == [yes, no, 9]


def test_hands_choose_between_options_and_say_a_tie() -> None:
    group = voting.group()
    chair = voting.members(group, 16)[0]
    made = voting.ask(group, chair, Way.HANDS, options=voting.OPTIONS)
    voting.close(made, chair, {"0": 2, "1": 5, "2": 1})
    assert made.is_adopted is True
    assert "Un abri" in words.outcome(made)
    assert [line.label for line in rules.lines(made)] == ["Un abri", "Un banc", "Une horloge"]
    tied = voting.ask(group, chair, Way.HANDS, options=voting.OPTIONS)
    voting.close(tied, chair, {"0": 4, "1": 4, "2": 1})
    assert tied.is_adopted is False
    assert rules.is_tie(tied)
    assert "égalité" in words.outcome(tied)


def test_scores_are_added_up_and_ballots_are_gone() -> None:
    group = voting.group()
    people = voting.members(group, 4)
    made = voting.ask(group, people[0])
    for person, given in zip(people, [(5, 0, 1), (4, 2, 0), (3, 5, 5), (1, 1, 1)], strict=True):
        actions.vote(made, scores=scores(*given), by=person)
    assert rules.lines(made) == []  # nobody sees any sum before the end
    voting.close(made, people[0])
    assert made.counts == {"ballots": 4, "sums": {"0": 13, "1": 8, "2": 7}}
    assert "Un banc" in words.outcome(made)
    assert db.session.query(Ballot).count() == db.session.query(BallotTicket).count() == 0


def test_fewer_than_three_ballots_show_only_how_many_they_were() -> None:
    group = voting.group()
    people = voting.members(group, 3)
    made = voting.ask(group, people[0])
    for person in people[:2]:
        actions.vote(made, scores=scores(5, 0, 0), by=person)
    voting.close(made, people[0])
    assert made.counts == {"ballots": 2}
    assert (made.is_adopted, rules.lines(made), rules.is_hidden(made)) == (None, [], True)
    assert db.session.query(Ballot).count() == 0


def test_two_ballots_stay_hidden_beside_paper_whose_sums_are_known() -> None:
    """Who typed the paper could take it off again."""
    group = voting.group()
    people = voting.members(group, 8)
    made = voting.ask(group, people[0])
    for person in people[:2]:
        actions.vote(made, scores=scores(5, 0, 0), by=person)
    voting.close(made, people[0], {"ballots": 5, "sums": scores(9, 9, 9)})
    assert made.counts == {"ballots": 7}


def test_paper_ballots_count_as_much_as_those_of_the_site() -> None:
    group = voting.group()
    people = voting.members(group, 5)
    made = voting.ask(group, people[0])
    for person in people[:3]:
        actions.vote(made, scores=scores(1, 0, 0), by=person)
    voting.close(made, people[0], {"ballots": 2, "sums": scores(0, 10, 0)})
    assert made.counts == {"ballots": 5, "sums": {"0": 3, "1": 10, "2": 0}}
    alone = voting.ask(group, people[0])
    voting.close(alone, people[0], {"ballots": 1, "sums": scores(5, 0, 0)})
    assert alone.counts["sums"]["0"] == 5  # on paper they were counted by hand, before everyone


def test_there_are_no_more_paper_ballots_than_voices_left() -> None:
    group = voting.group()
    people = voting.members(group, 3)
    voting.substitute(group, people[1])
    made = voting.ask(group, people[0])
    actions.vote(made, scores=scores(1, 0, 0), by=people[0])
    with pytest.raises(Refused, match="Plus de bulletins"):
        voting.close(made, people[0], {"ballots": 3, "sums": {}})
    voting.close(made, people[0], {"ballots": 2, "sums": {}})


def test_nothing_is_counted_without_a_ballot() -> None:
    group = voting.group()
    chair = voting.members(group, 1)[0]
    with pytest.raises(Refused, match="pas encore de bulletin"):
        voting.close(voting.ask(group, chair), chair)


def test_one_voice_a_place_whoever_gives_it() -> None:
    group = voting.group()
    people = voting.members(group, 2)
    other = voting.substitute(group, people[1])
    made = voting.ask(group, people[0])
    actions.vote(made, scores=scores(5, 5, 5), by=other)
    for person in (other, people[1]):
        with pytest.raises(Refused, match="déjà"):
            actions.vote(made, scores=scores(0, 0, 0), by=person)
        assert queries.can_vote(person, made) is None
    assert queries.how_many_voted(made) == 1


def test_who_left_keeps_their_ballot_and_has_no_second_one() -> None:
    group = voting.group()
    people = voting.members(group, 2)
    made = voting.ask(group, people[0])
    actions.vote(made, scores=scores(5, 5, 5), by=people[1])
    db.session.query(Membership).filter_by(account_id=people[1].id).one().ended_at = now()
    db.session.flush()
    with pytest.raises(Refused):
        actions.vote(made, scores=scores(0, 0, 0), by=people[1])
    assert queries.box(made) == [scores(5, 5, 5)]


def comes_back(person: Account, **values: Any) -> None:
    """Their membership ends, and another one begins: a new duty, a renewal, or after having left."""
    held = db.session.query(Membership).filter_by(account_id=person.id, ended_at=None).one()
    held.ended_at = now()
    db.session.flush()
    make.membership(held.group, person, **{"kind": held.kind} | values)


def test_a_new_membership_brings_no_second_ballot() -> None:
    group = voting.group()
    people = voting.members(group, 3)
    other = voting.substitute(group, people[1])
    made = voting.ask(group, people[0])
    actions.vote(made, scores=scores(5, 5, 5), by=other)
    actions.vote(made, scores=scores(5, 5, 5), by=people[2])
    comes_back(people[1])
    comes_back(people[2], kind=MemberKind.FACILITATOR)
    comes_back(other, kind=MemberKind.MEMBER)
    for person in (other, people[1], people[2]):
        assert queries.can_vote(person, made) is None
        with pytest.raises(Refused, match="déjà"):
            actions.vote(made, scores=scores(0, 0, 0), by=person)
    assert queries.unheard(made) == 1
    assert [mine.of(person).decisions for person in (people[0], people[2], other)] == [[made], [], []]


@pytest.mark.parametrize("given", [{"0": 1}, scores(1, 2, 6), scores(-1, 0, 0), scores(0, 0, 0, 0), {}])
def test_a_ballot_scores_each_option_from_0_to_5(given: dict[str, int]) -> None:
    group = voting.group()
    chair = voting.members(group, 1)[0]
    with pytest.raises(Refused, match="de 0 à 5"):
        actions.vote(voting.ask(group, chair), scores=given, by=chair)


def test_nothing_is_counted_after_the_end() -> None:
    group = voting.group()
    people = voting.members(group, 2)
    made = voting.ask(group, people[0])
    actions.vote(made, scores=scores(1, 2, 3), by=people[0])
    voting.close(made, people[0])
    with pytest.raises(Refused, match="close"):
        actions.vote(made, scores=scores(1, 2, 3), by=people[1])
    with pytest.raises(Refused, match="close"):
        voting.close(made, people[0])
    with pytest.raises(Refused, match="close"):
        actions.withdraw(made, by=people[0])


def test_a_question_taken_back_takes_its_ballots_along() -> None:
    group = voting.group()
    chair = voting.members(group, 1)[0]
    made = voting.ask(group, chair)
    actions.vote(made, scores=scores(1, 2, 3), by=chair)
    actions.withdraw(made, by=chair)
    db.session.flush()
    assert db.session.query(Ballot).count() == db.session.query(BallotTicket).count() == 0


@pytest.mark.parametrize(
    ("way", "options", "counts"),
    [
        (Way.CONSENT, [], {"objections": 4}),
        (Way.HANDS, [], {rules.YES: 2, rules.NO: 1, rules.ABSTAIN: 1}),
        (Way.HANDS, voting.OPTIONS, {"0": 4, "1": 0, "2": 0}),
    ],
)
def test_there_are_no_more_hands_than_people(way: Way, options: list[str], counts: dict[str, int]) -> None:
    """Who left after the meeting was there; a substitute has no hand of their own."""
    group = voting.group()
    people = voting.members(group, 3)
    voting.substitute(group, people[1])
    made = voting.ask(group, people[0], way, options=options)
    db.session.query(Membership).filter_by(account_id=people[2].id).one().ended_at = now()
    db.session.flush()
    with pytest.raises(Refused, match="recompter"):
        voting.close(made, people[0], counts)
    voting.close(made, people[0], {key: min(count, 1) for key, count in counts.items()})


def test_a_step_of_autonomy_is_not_decided_by_the_team_alone() -> None:
    group = voting.group(autonomy=Autonomy.CO_LED)
    chair, chloe = voting.members(group, 1)[0], make.account("Chloé", Role.COORDINATOR)
    meeting = meetings.meeting(group)
    facts = {"options": [], "moves_autonomy": Autonomy.OWN_AGENDA, "meeting_id": meeting.id}
    made = voting.ask(group, chloe, Way.HANDS, **facts)
    yes = {rules.YES: 1, rules.NO: 0, rules.ABSTAIN: 0}
    with pytest.raises(Refused, match="en réunion"):
        voting.close(made, chloe, yes)
    row = make.membership(group, make.account("Odile"), begun_at=now() - timedelta(days=9))
    attending.note_who_came(meeting, came=[row.code], by=chloe)
    assert voting.close(made, chloe, yes).is_adopted
    alone = voting.ask(group, chair, Way.HANDS, **facts | {"meeting_id": None})
    assert voting.close(alone, chair, yes).is_adopted


def test_what_is_done_with_decisions_is_journaled_and_a_ballot_never_is() -> None:
    group = voting.group()
    chair = voting.members(group, 1)[0]
    made = voting.ask(group, chair)
    actions.vote(made, scores=scores(1, 2, 3), by=chair)
    assert db.session.query(Entry).count() == 0
    voting.close(made, chair)
    for is_public in (True, False):
        actions.publish(made, is_public=is_public, by=chair)
    actions.review(made, words="Fini.", again_on=None, version=made.version, by=chair)
    actions.withdraw(voting.ask(group, chair), by=chair)
    assert [one.verb for one in db.session.query(Entry).order_by(Entry.id)] == [
        "decision closed", "decision published", "decision kept to the group", "decision reviewed",
        "question taken back",
    ]  # fmt: skip


def test_a_summary_keeps_what_the_tables_said() -> None:
    group = voting.group()
    chair = voting.members(group, 1)[0]
    made = voting.ask(group, chair, Way.SUMMARY)
    voting.close(made, chair, {"0": 2, "1": 5}, options=["Le bruit", "Les horaires"])
    assert [(line.label, line.count) for line in rules.lines(made)] == [("Les horaires", 5), ("Le bruit", 2)]
    assert made.is_adopted is None


@pytest.mark.parametrize(
    "asked",
    [
        {"way": Way.SCORES, "options": ["Un banc"]},
        {"way": Way.HANDS, "options": ["Un banc"]},
        {"way": Way.SCORES, "options": ["Un banc", "Un banc"]},
        {"way": Way.SCORES, "options": [f"Choix {number}" for number in range(9)]},
        {"way": Way.SCORES, "moves_autonomy": Autonomy.OWN_CHAIR},
        {"way": Way.SUMMARY, "moves_autonomy": Autonomy.OWN_CHAIR},
        {"way": Way.CONSENT, "moves_autonomy": "somewhere"},
    ],
)
def test_a_question_must_be_one_that_its_way_can_answer(asked: dict[str, Any]) -> None:
    group = voting.group()
    chair = voting.members(group, 1)[0]
    with pytest.raises(Refused):
        voting.ask(group, chair, **asked)


def test_a_group_that_ended_decides_no_more() -> None:
    group = voting.group()
    chair = voting.members(group, 1)[0]
    group.closed_at = now()
    with pytest.raises(Refused):
        voting.ask(group, chair)


def test_a_decision_comes_back_on_its_day_until_it_is_noted() -> None:
    group = voting.group(autonomy=Autonomy.CO_LED)
    chair = voting.members(group, 1)[0]
    today = centre_today()
    made = voting.closed(group, chair, review_on=today)
    voting.closed(group, chair, review_on=today + timedelta(days=1))
    voting.closed(voting.group(), chair, review_on=today)  # the team has no say in it: its chair is asked
    assert queries.first_to_review() == (made, 1)
    assert queries.first_to_review(group) == (made, 1)
    later = today + timedelta(days=90)
    actions.review(made, words="Cela tient.", again_on=later, version=made.version, by=chair)
    db.session.flush()
    assert (made.review_on, made.reviewed_at) == (later, None)
    assert queries.first_to_review() is None
    actions.review(made, words="Fini.", again_on=None, version=made.version, by=chair)
    assert made.reviewed_at
    assert ["Cela tient." in part for part in made.review_words.split("\n\n")] == [True, False]


def test_a_review_is_for_a_later_day() -> None:
    group = voting.group()
    chair = voting.members(group, 1)[0]
    made = voting.ask(group, chair, Way.CONSENT)
    with pytest.raises(Refused, match="plus tard"):
        voting.close(made, chair, {"objections": 0}, review_on=centre_today())


def test_two_who_close_at_once_lose_nothing() -> None:
    group = voting.group()
    chair = voting.members(group, 1)[0]
    made = voting.ask(group, chair, Way.CONSENT)
    with pytest.raises(Refused, match="vient de"):
        voting.close(made, chair, {"objections": 0}, version=made.version + 1)
    assert not made.is_closed


def test_an_open_question_is_shown_to_nobody_else() -> None:
    group = voting.group()
    chair = voting.members(group, 1)[0]
    with pytest.raises(Refused):
        actions.publish(voting.ask(group, chair), is_public=True, by=chair)
