"""The attestation of a year, to show to an employer, a school, or who recognises experience."""

from __future__ import annotations

from collections.abc import Iterator

from engage.accounts.models import Account
from engage.centre import queries as centre_queries
from engage.core import pdf
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import day
from engage.groups.partnering.models import Mission, PartnerFile
from engage.groups.partnering.queries import Year
from engage.groups.partnering.words import AGREEMENTS, duration


def data(account: Account, year: Year, file: PartnerFile) -> dict[str, object]:
    centre = centre_queries.centre()
    return {
        "paper": "a4",
        "centre": centre.name,
        "address": " ".join(centre.address.split()),
        "title": _("What was given in %(year)s", year=year.year),
        "said": _("%(centre)s certifies that this person took part in its work:", centre=centre.name),
        "name": account.full_name,
        "facts": _facts(year, file),
        "parts": list(_parts(year)),
        "use": _("This paper may be shown for a recognition of experience (VAE)."),
        "made": _("Made on %(day)s.", day=day(centre_queries.centre_today())),
        "signed": _("For the team, name and signature:"),
    }


def _facts(year: Year, file: PartnerFile) -> list[dict[str, str]]:
    agreement = str(AGREEMENTS[file.agreement])
    if file.association:
        agreement = f"{agreement}, {file.association}"
    said = ((_("How"), agreement), (_("Hours in all"), duration(year.minutes)))
    return [{"label": label, "value": value} for label, value in said]


def _parts(year: Year) -> Iterator[dict[str, object]]:
    """Each part with its lines; an empty one is left out."""
    found = (
        (_("Missions"), [_line(_days(one), one.title, one.minutes) for one in year.confirmed]),
        (_("Meetings and events"), [_line(day(one.day), one.title, one.minutes) for one in year.given]),
        (_("Training"), [_line(day(one.day), _given(one.title, one.given_by), one.minutes)
                         for one in year.trainings]),
    )  # fmt: skip
    for heading, lines in found:
        if lines:
            yield {"heading": heading, "lines": lines}


def _line(when: str, what: str, minutes: int) -> dict[str, str]:
    return {"when": when, "what": what, "time": duration(minutes)}


def _given(title: str, given_by: str) -> str:
    return f"{title}, {given_by}" if given_by else title


def _days(mission: Mission) -> str:
    if mission.first_day == mission.last_day:
        return day(mission.first_day)
    return _("from %(first)s to %(last)s", first=day(mission.first_day), last=day(mission.last_day))


def attestation(account: Account, year: Year, file: PartnerFile) -> bytes:
    return pdf.render("partner_year", data(account, year, file), lang=language())
