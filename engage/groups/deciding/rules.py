"""What comes out of a decision, by rules that its page tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engage.core.i18n import gettext as _
from engage.groups.deciding.models import Decision, Way

BEST = 5
"""The highest score that somebody may give to an option; the lowest is 0."""
LEAST_BALLOTS = 3
"""With fewer ballots filled on this site, sums would tell what each person gave: only their number stays."""
YES, NO, ABSTAIN = "for", "against", "abstain"
HANDS = (YES, NO, ABSTAIN)
ON_PAPER = (Way.HANDS, Way.SCORES)


@dataclass(frozen=True)
class Line:
    """One option with what was counted for it."""

    label: str
    count: int
    is_first: bool


def labels(decision: Decision) -> list[tuple[str, str]]:
    """Each thing that is counted: its key in `counts`, and its words."""
    if decision.way is Way.HANDS and not decision.options:
        return [(YES, _("For")), (NO, _("Against")), (ABSTAIN, _("No opinion"))]
    return [(str(place), str(option)) for place, option in enumerate(decision.options)]


def is_on_paper(decision: Decision) -> bool:
    """It is open, and a paper can answer it."""
    return not decision.is_closed and decision.way in ON_PAPER


def adopted(way: Way, options: Sequence[str], counts: dict[str, Any]) -> bool | None:
    """Yes or no; None where nothing can be said: a summary, or scores that stay hidden."""
    if way is Way.CONSENT:
        return int(counts["objections"]) == 0
    if way is Way.SUMMARY or ("sums" not in counts and way is Way.SCORES):
        return None
    if way is Way.HANDS and not options:
        return int(counts[YES]) > int(counts[NO])
    return len(_first(counts["sums"] if way is Way.SCORES else counts)) == 1


def _first(counts: dict[str, Any]) -> set[str]:
    """The keys with the highest count; none when nothing was counted."""
    most = max(counts.values(), default=0)
    return {key for key, count in counts.items() if count == most and most > 0}


def counted(decision: Decision) -> dict[str, Any]:
    """What was counted, by option; empty while it is open, or where sums stay hidden."""
    if not decision.is_closed or decision.way is Way.CONSENT:
        return {}
    return dict(decision.counts.get("sums", {}) if decision.way is Way.SCORES else decision.counts)


def lines(decision: Decision) -> list[Line]:
    """The options with their counts, the highest first; what was counted the same keeps its order."""
    counts = counted(decision)
    first = _first(counts)
    found = [Line(label, counts[key], key in first) for key, label in labels(decision) if key in counts]
    plain = decision.way is Way.HANDS and not decision.options
    return found if plain else sorted(found, key=lambda line: -line.count)


def is_tie(decision: Decision) -> bool:
    """Two or more came first alike, and nothing is chosen."""
    counts = counted(decision)
    if decision.way is Way.HANDS and not decision.options:
        return bool(counts) and counts[YES] == counts[NO]
    return decision.way is not Way.SUMMARY and len(_first(counts)) > 1


def is_hidden(decision: Decision) -> bool:
    return decision.is_closed and decision.way is Way.SCORES and "sums" not in decision.counts
