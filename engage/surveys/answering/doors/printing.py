"""The poster of a wave and its sheets of slips: the words that their templates print."""

from __future__ import annotations

from collections.abc import Sequence

from engage.centre import queries as centre_queries
from engage.core import qr
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import day
from engage.surveys.answering import queries
from engage.surveys.answering.doors.addresses import address, shown, ticket_address
from engage.surveys.answering.kinds import Anonymity, ChannelKind
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire import queries as questionnaires
from engage.surveys.questionnaire.paths import listed
from engage.surveys.questionnaire.telling import duration

GROUP = 4


def grouped(code: str) -> list[str]:
    """A code in groups that can be read aloud."""
    return [code[at : at + GROUP] for at in range(0, len(code), GROUP)]


def promise(wave: Wave) -> str:
    """What anonymity means in this wave, for who holds the paper."""
    if wave.anonymity is Anonymity.STRICT:
        return _("Anonymous: your name is never asked. Your answer is one among at least five.")
    return _("Confidential: your name is never asked. Only a few people of the team read the answers.")


def _phone() -> tuple[str, str]:
    referent = centre_queries.referent()
    name = referent.first_name if referent and referent.phone else _("Reception")
    return name, (referent.phone if referent else "") or centre_queries.centre().phone


def _other_ways(wave: Wave) -> list[str]:
    kinds = {channel.kind for channel in queries.channels(wave)}
    name, phone = _phone()
    ways = []
    if ChannelKind.PHONE in kinds and phone:
        ways.append(_("By phone: call %(name)s, %(phone)s.", name=name, phone=phone))
    if ChannelKind.PAPER in kinds:
        ways.append(_("On paper: ask for a sheet at reception."))
    if ChannelKind.KIOSK in kinds:
        ways.append(_("On the tablet of the waiting room."))
    return ways


def poster(wave: Wave) -> dict[str, object]:
    document = questionnaires.document(wave.version)
    ways, found = _other_ways(wave), listed(document)
    scanned = address(wave, ChannelKind.POSTER)
    name, phone = _phone()
    return {
        "paper": "a4",
        "centre": centre_queries.centre().name,
        "title": wave.title,
        "lead": document.aim.get(language()) or next(iter(document.aim.values()), ""),
        "purpose": wave.purpose,
        "when": _("From %(first)s to %(last)s.", first=day(wave.opens_at), last=day(wave.closes_at)),
        "length": _("About %(duration)s.", duration=duration(found[-1].seconds)) if found else "",
        "promise": promise(wave),
        "scan": _("Scan, or type:"),
        "address": shown(wave),
        "qr": {"rows": qr.matrix(scanned), "alt": _("Code to scan, to the questionnaire")},
        "ways_label": _("Without internet"),
        "ways": ways,
        "contact": _("%(name)s answers your questions:", name=name),
        "phone": phone,
    }


def slips(wave: Wave, codes: Sequence[str]) -> dict[str, object]:
    """One ticket a slip, six slips a sheet, with lines to cut along."""
    return {
        "paper": "a4",
        "centre": centre_queries.centre().name,
        "title": wave.title,
        "until": _("Until %(day)s", day=day(wave.closes_at)),
        "once": _("Serves once, for one person."),
        "promise": _("The slip does not say who you are."),
        "scan": _("Scan, or type:"),
        "address": shown(wave),
        "code_label": _("Your code"),
        "tickets": [
            {
                "code": grouped(code),
                "qr": {"rows": qr.matrix(ticket_address(wave, code)), "alt": _("Code of this slip")},
            }
            for code in codes
        ],
    }
