"""What the two columns, the doors and the ways to reply are called on the desk."""

from __future__ import annotations

from engage.core.i18n import gettext as _
from engage.ideas.models import Idea, Progress, Publication
from engage.ideas.moderation.listing import Show
from engage.intake.models import Door, Reply
from engage.intake.screening import Kind


def show(value: Show) -> str:
    said: dict[Show, str] = {
        Show.ALL: _("All ideas"),
        Show.DISTRESS: _("Distress, not read yet"),
        Show.WAITING: _("To read"),
        Show.TO_ANSWER: _("To answer"),
        Show.OVERDUE: _("Answer overdue"),
    }
    return said[value]


def publication(value: Publication) -> str:
    said: dict[Publication, str] = {
        Publication.WAITING: _("To read"),
        Publication.PUBLIC: _("Public"),
        Publication.TEAM: _("Team only"),
        Publication.REFUSED: _("Refused"),
        Publication.MERGED: _("Brought together"),
        Publication.WITHDRAWN: _("Withdrawn"),
    }
    return said[value]


def progress(value: Progress) -> str:
    said: dict[Progress, str] = {
        Progress.RECEIVED: _("Received"),
        Progress.STUDY: _("Under study"),
        Progress.ACCEPTED: _("Accepted"),
        Progress.DECLINED: _("Not retained"),
        Progress.UNDER_WAY: _("Under way"),
        Progress.DONE: _("Done"),
    }
    return said[value]


def door(value: Door) -> str:
    said: dict[Door, str] = {
        Door.WEB: _("Web site"),
        Door.KIOSK: _("Kiosk"),
        Door.PAPER: _("Paper"),
        Door.PHONE: _("Phone"),
        Door.RECEPTION: _("Reception desk"),
        Door.RELAY: _("Relay"),
        Door.WORKSHOP: _("Workshop"),
    }
    return said[value]


def reply(value: Reply) -> str:
    said: dict[Reply, str] = {
        Reply.NONE: _("By the follow-up code only"),
        Reply.MAIL: _("By e-mail"),
        Reply.PHONE: _("By phone"),
        Reply.LETTER: _("By letter"),
        Reply.RECEPTION: _("At reception"),
    }
    return said[value]


def marked(kind: Kind) -> str:
    """What a marked span seems to be, in a word or two."""
    said: dict[Kind, str] = {
        Kind.DISTRESS: _("distress"),
        Kind.NIR: _("social security number"),
        Kind.EMAIL: _("e-mail address"),
        Kind.PHONE: _("phone number"),
        Kind.ADDRESS: _("postal address"),
        Kind.BIRTH_DATE: _("date of birth"),
        Kind.STAFF: _("somebody of the team"),
        Kind.PERSON: _("somebody’s name"),
        Kind.HEALTH: _("health"),
    }
    return said[kind]


def publication_tag(idea: Idea) -> str:
    """The kind of tag (ui/status.html) of its first column."""
    tags = {Publication.WAITING: "wait", Publication.PUBLIC: "done", Publication.TEAM: "way"}
    return tags.get(idea.publication, "no")


def progress_tag(idea: Idea) -> str:
    """The kind of tag of its second column."""
    tags = {Progress.RECEIVED: "wait", Progress.DONE: "done", Progress.DECLINED: "no"}
    return tags.get(idea.progress, "way")
