"""What a group finds among its own work: the pages that it is asked to read."""

from __future__ import annotations

from flask import url_for

from engage.core.i18n import gettext as _
from engage.core.render import day
from engage.groups.models import Group
from engage.groups.registry import Subject
from engage.pages.rounds import queries
from engage.pages.rounds.models import ReadingRound


def of_group(group: Group) -> list[Subject]:
    return [_subject(round_) for round_ in queries.of_group(group) if queries.is_open(round_)]


def _subject(round_: ReadingRound) -> Subject:
    title = _("Read with us") + _(": %(title)s", title=round_.version.title)
    until = _("Until %(day)s", day=day(round_.closes_on))
    return Subject("reading_round", round_.code, title, url_for("rounds.index"), until)
