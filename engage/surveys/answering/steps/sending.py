"""The last deed: answers leave the draft for those that wait to be mixed, in one transaction."""

from __future__ import annotations

from datetime import datetime

from engage.core.i18n import gettext as _
from engage.surveys.answering import actions, queries
from engage.surveys.answering.facts import Facts
from engage.surveys.answering.filling import Filled, given
from engage.surveys.answering.steps import care, writing
from engage.surveys.answering.steps.writing import Writing


def send(held: Writing, facts: Facts, filled: Filled, *, begun_at: datetime | None) -> None:
    """Send what the draft holds. Raises Refused when the wave or the ticket takes it no more.

    What is left of the draft says that it was sent and nothing else: sent again, it is the same sending,
    also when the answers were mixed long ago. Neither it nor its words lead to the answers.
    """
    wave = queries.wave_by_code(facts.code)
    actions.send(
        wave,
        given(wave.version_id, facts.document, filled),
        channel=held.channel,
        submission_key=held.values["key"],
        ticket=held.values["ticket"],
        begun_at=begun_at,
    )
    if care.is_distress(care.texts(filled)):
        care.alert(facts)
    writing.close(held, facts)


def check_ticket(facts: Facts, code: str) -> str:
    """Why this ticket opens nothing, in a sentence; nothing when it does."""
    held = queries.ticket(queries.wave_by_code(facts.code), code)
    if held is None:
        return _("We do not know this code here. Please compare each sign with your paper.")
    return _("This paper was already used. Each paper serves once.") if held.is_spent else ""
