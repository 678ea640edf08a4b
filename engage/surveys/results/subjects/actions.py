"""A group takes up what a survey found, in a sentence, or lets it go."""

from __future__ import annotations

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.models import Group
from engage.journal import actions as journal
from engage.surveys.answering.models import Wave
from engage.surveys.results.subjects import queries
from engage.surveys.results.subjects.models import Finding

MOST = 20


def take_up(wave: Wave, group: Group, *, words: str, by: Account) -> Finding:
    """The group works on it from now on. Raises Refused for the same words twice, and for too many."""
    held = [finding.words for finding, whose in queries.of_wave(wave) if whose.id == group.id]
    if words in held:
        raise Refused(_("This group works on it already."))
    if len(held) >= MOST:
        raise Refused(_("The group took up %(most)d findings of this survey already.", most=MOST))
    finding = Finding(wave_id=wave.id, group_id=group.id, words=words, taken_up_at=now(), by_id=by.id)
    db.session.add(finding)
    db.session.flush()
    journal.record("finding taken up", "wave", wave.code, by=by, note=group.code)
    return finding


def let_go(wave: Wave, finding: Finding, *, by: Account) -> None:
    """The group works on it no longer."""
    db.session.delete(finding)
    journal.record("finding let go", "wave", wave.code, by=by)
