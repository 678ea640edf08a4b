"""Changing what may still be changed of a wave, ending it early, and taking back one that never opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import update

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.journal import actions as journal
from engage.surveys.answering import queries
from engage.surveys.answering.kinds import Anonymity, ChannelKind
from engage.surveys.answering.models import Channel, Verbatim, Wave
from engage.surveys.answering.stages import EDITABLE, Stage, stage


def edit(
    wave: Wave,
    *,
    revision: int,
    by: Account,
    channels: Sequence[ChannelKind] | None = None,
    **changes: Any,
) -> None:
    """Change what the stage of the wave still allows; nothing that was promised gets weaker.

    Raises Refused, also when somebody else changed the wave meanwhile.
    """
    if wave.revision != revision:
        raise Refused(_("Somebody changed this wave meanwhile. Please look at it again."))
    changed = {name: value for name, value in changes.items() if getattr(wave, name) != value}
    for sentence in _faults(wave, changed):
        raise Refused(sentence)
    if changed.get("anonymity") is Anonymity.STRICT:
        db.session.execute(update(Verbatim).filter_by(wave_id=wave.id).values(response_id=None))
    for name, value in changed.items():
        setattr(wave, name, value)
    names = sorted(changed) + (["channels"] if channels and _offer(wave, channels) else [])
    if names:
        journal.record("wave edited", "wave", wave.code, by=by, note=", ".join(names))


def _faults(wave: Wave, changed: dict[str, Any]) -> Iterator[str]:
    present = stage(wave)
    if not changed.keys() <= set(EDITABLE[present]):
        yield _("This can no longer be changed at this stage of the wave.")
    if changed.get("anonymity") is Anonymity.CONFIDENTIAL:
        yield _("Strict anonymity was promised: it cannot be taken back.")
    if present is not Stage.PLANNED:
        yield from _weaker(wave, changed)
    if present is Stage.OPEN and changed.get("closes_at", now()) < now():
        yield _("This moment is past. To close now, use the button for it.")
    if changed.get("double_entry") is False and queries.sheets(wave).waiting:
        yield _("Some sheets wait for their second entry. Type them first.")


def _weaker(wave: Wave, changed: dict[str, Any]) -> Iterator[str]:
    if changed.get("minimum_cell", wave.minimum_cell) < wave.minimum_cell:
        yield _("The wave has opened: this number can only grow.")
    if changed.get("retained_until", wave.retained_until) > wave.retained_until:
        yield _("The wave has opened: answers can be erased earlier than promised, never later.")


def _offer(wave: Wave, kinds: Sequence[ChannelKind]) -> bool:
    """Open and shut ways to answer; whether any changed. Raises Refused for one that was used."""
    held = {channel.kind: channel for channel in queries.channels(wave)}
    for kind in held.keys() - set(kinds):
        if held[kind].started or held[kind].completed or held[kind].handed_out:
            raise Refused(_("People already use one of these ways to answer: it stays open."))
        db.session.delete(held[kind])
    db.session.add_all(Channel(wave_id=wave.id, kind=kind) for kind in set(kinds) - held.keys())
    wave.serves_kiosk = ChannelKind.KIOSK in kinds
    return held.keys() != set(kinds)


def close_wave(wave: Wave, *, by: Account) -> None:
    """End it now; who is answering still has the minutes of grace. Raises Refused unless it is open."""
    if stage(wave) is not Stage.OPEN:
        raise Refused(_("Only an open wave can be closed."))
    wave.closes_at = now()
    journal.record("closed", "wave", wave.code, by=by, note=wave.title)


def withdraw(wave: Wave, *, by: Account) -> None:
    """Take back a wave that never opened. Raises Refused for any other."""
    if stage(wave) is not Stage.PLANNED:
        raise Refused(_("This wave has opened: close it instead."))
    journal.record("wave withdrawn", "wave", wave.code, by=by, note=wave.title)
    db.session.delete(wave)
