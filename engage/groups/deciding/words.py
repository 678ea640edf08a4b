"""How a group decides, told in plain words."""

from __future__ import annotations

from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.groups.deciding import rules
from engage.groups.deciding.models import Decision, Way
from engage.groups.models import Autonomy

WAYS = {
    Way.CONSENT: _l("By consent: it is adopted when nobody objects"),
    Way.HANDS: _l("By raised hands: hands are counted"),
    Way.SCORES: _l("By scores: each member gives each option 0 to 5, without a name"),
    Way.SUMMARY: _l("In small groups: alone, by two, by four, then all together"),
}
SHORT = {
    Way.CONSENT: _l("By consent"),
    Way.HANDS: _l("By raised hands"),
    Way.SCORES: _l("By scores"),
    Way.SUMMARY: _l("In small groups, then together"),
}
RULES = {
    Way.CONSENT: _l("The proposal is adopted when nobody objects. One objection is enough to go back to it."),
    Way.SCORES: _l(
        "The option with the highest sum is chosen. With two sums alike on top, nothing is chosen."
    ),
    Way.SUMMARY: _l("Each table says its ideas. The ideas said by most tables come first. Nothing is voted."),
}
YES_OR_NO = _l("The proposal is adopted with more hands for than against. As many of both: not adopted.")
CHOICE = _l("The option with most hands is chosen. With two alike on top, nothing is chosen.")
SCORES = {
    0: _l("0: I am against it"),
    1: _l("1: not really for it"),
    2: _l("2: why not"),
    3: _l("3: rather for it"),
    4: _l("4: for it"),
    5: _l("5: very much for it"),
}
AUTONOMY = {
    Autonomy.PROPOSED: _l("The team proposes"),
    Autonomy.CO_LED: _l("Led together with the team"),
    Autonomy.OWN_AGENDA: _l("The group sets its agenda"),
    Autonomy.OWN_CHAIR: _l("The group has its chair and its minutes"),
    Autonomy.OWN_DECISIONS: _l("The group decides, with its budget line"),
}


def autonomy(step: str) -> str:
    return str(AUTONOMY[Autonomy(step)])


def rule(decision: Decision) -> str:
    """How the result comes about, told before anyone votes."""
    if decision.way is Way.HANDS:
        return str(CHOICE if decision.options else YES_OR_NO)
    return str(RULES[decision.way])


def outcome(decision: Decision) -> str:
    """What came out, in a sentence; empty while it is open."""
    if not decision.is_closed:
        return ""
    if rules.is_hidden(decision):
        return _("Fewer than 3 ballots came here: what each option got stays hidden.")
    if decision.way is Way.SUMMARY:
        return _("This is what the tables said.")
    if rules.is_tie(decision):
        return _("It is a tie: nothing is chosen.")
    if decision.way is Way.CONSENT or (decision.way is Way.HANDS and not decision.options):
        return _("Adopted.") if decision.is_adopted else _("Not adopted.")
    first = next((line.label for line in rules.lines(decision) if line.is_first), "")
    return _("Chosen: %(option)s", option=first) if first else _("Nothing is chosen.")
