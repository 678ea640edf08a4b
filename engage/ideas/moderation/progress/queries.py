"""From where to where an idea may go."""

from __future__ import annotations

from engage.ideas.models import Idea, Progress

NEXT = {
    Progress.RECEIVED: [Progress.STUDY, Progress.ACCEPTED, Progress.DECLINED],
    Progress.STUDY: [Progress.ACCEPTED, Progress.DECLINED, Progress.RECEIVED],
    Progress.ACCEPTED: [Progress.UNDER_WAY, Progress.DONE, Progress.DECLINED, Progress.STUDY],
    Progress.DECLINED: [Progress.STUDY],
    Progress.UNDER_WAY: [Progress.DONE, Progress.DECLINED, Progress.ACCEPTED],
    Progress.DONE: [Progress.UNDER_WAY],
}
BACK = {
    (Progress.STUDY, Progress.RECEIVED),
    (Progress.ACCEPTED, Progress.STUDY),
    (Progress.DECLINED, Progress.STUDY),
    (Progress.UNDER_WAY, Progress.ACCEPTED),
    (Progress.DONE, Progress.UNDER_WAY),
}


def possible(idea: Idea) -> list[Progress]:
    """Where it may go from here; steps back come last."""
    return NEXT[idea.progress]


def needs_words(idea: Idea, to: Progress) -> bool:
    """What is not retained says why, and so does a step back."""
    return to is Progress.DECLINED or (idea.progress, to) in BACK
