"""The team’s waves: how far each one is, and what to do now."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from engage.accounts.session import me
from engage.core.guard import require
from engage.core.render import render
from engage.surveys.answering import numbers, queries
from engage.surveys.answering import permissions as may
from engage.surveys.answering.doors.addresses import address
from engage.surveys.answering.kinds import ChannelKind
from engage.surveys.answering.stages import CHANNELS, MARKS, PROMISES, STAGES, last_answers_until, stage
from engage.surveys.questionnaire import queries as questionnaires

bp = Blueprint("waves_desk", __name__, url_prefix="/equipe/enquetes")


# Ways whose address the team sends or sets on another page.
COPIED = (ChannelKind.LINK, ChannelKind.EVENT, ChannelKind.IDEA)


@bp.route("")
def index() -> ResponseReturnValue:
    require(may.see_desk(me()))
    return render(
        "waves_desk/index.html",
        every=[(one.wave, stage(one.wave), one.completed) for one in queries.everything()],
        may_open=may.open_wave(me()),
        stages=STAGES,
        marks=MARKS,
        last_answers_until=last_answers_until,
        said=numbers.said,
    )


@bp.route("/<code>")
def show(code: str) -> ResponseReturnValue:
    """One wave: what it promised, its ways in, its figures, and the next thing to do."""
    require(may.see_desk(me()))
    wave = queries.wave_by_code(code)
    channels = sorted(queries.channels(wave), key=lambda channel: [*ChannelKind].index(channel.kind))
    kinds = {channel.kind for channel in channels}
    return render(
        "waves_desk/show.html",
        wave=wave,
        present=stage(wave),
        document=questionnaires.document(wave.version),
        lines=[numbers.line(channel) for channel in channels],
        total=sum(channel.completed for channel in channels),
        kinds=kinds,
        addresses={kind: address(wave, kind) for kind in COPIED if kind in kinds},
        sheets=queries.sheets(wave) if wave.double_entry else None,
        last_answers_until=last_answers_until,
        may_open=may.open_wave(me()),
        said=numbers.said,
        stages=STAGES,
        marks=MARKS,
        channel_names=CHANNELS,
        promises=PROMISES,
    )
