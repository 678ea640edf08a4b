"""What groups took up from the published results of surveys."""

from __future__ import annotations

from flask import abort, url_for
from sqlalchemy import select

from engage.core.db import db
from engage.core.i18n import gettext as _
from engage.core.render import day
from engage.groups.models import Group
from engage.groups.registry import Subject
from engage.surveys.answering.models import Wave
from engage.surveys.results.sheet import queries as sheets
from engage.surveys.results.sheet.models import State, SurveySheet
from engage.surveys.results.subjects.models import Finding

MOST = 100


def told(code: str) -> Wave:
    """A wave whose results everybody reads, else 404."""
    wave = sheets.wave(code)
    return wave if sheets.published(wave) else abort(404)


def group(code: str) -> Group:
    return db.session.scalars(select(Group).filter_by(code=code)).one_or_none() or abort(404)


def of_wave(wave: Wave) -> list[tuple[Finding, Group]]:
    """What groups work on since this wave, in the order in which they took it up."""
    rows = select(Finding, Group).join(Group, Group.id == Finding.group_id).where(Finding.wave_id == wave.id)
    return [(finding, group) for finding, group in db.session.execute(rows.order_by(Finding.id))]


def get(wave: Wave, code: str) -> tuple[Finding, Group]:
    """A finding of this wave and whose subject it is; 404 when there is none."""
    return next((one for one in of_wave(wave) if one[0].code == code), None) or abort(404)


def of_group(group: Group) -> list[Subject]:
    """What this group took up from results that everybody reads, the last one first, and from which."""
    rows = select(Finding, Wave).join(Wave, Wave.id == Finding.wave_id).where(Finding.group_id == group.id)
    told = select(SurveySheet.wave_id).where(SurveySheet.state == State.PUBLISHED)
    rows = rows.where(Wave.id.in_(told))
    found = db.session.execute(rows.order_by(Finding.id.desc()).limit(MOST))
    return [
        Subject(
            "finding",
            finding.code,
            finding.words,
            url_for("survey_sheet.show", code=wave.code),
            _("from the survey “%(title)s”, since %(day)s", title=wave.title, day=day(finding.taken_up_at)),
        )
        for finding, wave in found
    ]
