"""A blank ballot on paper, for members who live by it: the same question, no name."""

from __future__ import annotations

from engage.centre.queries import centre
from engage.core.i18n import gettext as _
from engage.groups.deciding import rules, words
from engage.groups.deciding.models import Decision, Way


def sheet(decision: Decision) -> dict[str, object]:
    """For the template `group_ballot`."""
    has_scores = decision.way is Way.SCORES
    ends = (words.SCORES[rules.BEST], words.SCORES[0]) if has_scores else ()
    return {
        "paper": "a5",
        "centre": centre().name,
        "group": decision.group.name,
        "title": _("Ballot"),
        "question": decision.question,
        "how": _("Tick one score for each option.") if has_scores else _("Tick one box."),
        "scale": [str(end) for end in ends],
        "best": rules.BEST if has_scores else 0,
        "options": [label for _key, label in rules.labels(decision)],
        "rules": _rules(decision),
    }


def _rules(decision: Decision) -> list[str]:
    """What becomes of it; each of these is done by hand, and said as it is."""
    if decision.way is Way.SCORES:
        once = _("One ballot for each place: on paper or on the site, not both.")
        counted = _("It is counted by hand. Its scores are added to the others.")
    else:
        once = _("One ballot for each person. Who gives one raises no hand.")
        counted = _("It is counted by hand, with the hands that are raised.")
    return [_("Do not write your name. Fold this paper."), once, _brought(), counted]


def _brought() -> str:
    address = ", ".join(line.strip() for line in centre().address.splitlines() if line.strip())
    if not address:
        return _("Bring it before the group counts: to the meeting, or to reception.")
    return _("Bring it before the group counts, or post it: %(address)s.", address=address.rstrip("."))
