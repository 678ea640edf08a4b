"""What the kinds of relays are called, and how far applications are that they brought."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.groups.calling.models import ApplicationState
from engage.involvement.models import RelayKind

KINDS = {
    RelayKind.SOCIAL_WORKER: _l("Social worker"),
    RelayKind.ASSOCIATION: _l("Association"),
    RelayKind.ELECTED: _l("Elected official"),
    RelayKind.PHARMACIST: _l("Pharmacist"),
    RelayKind.HOME_NURSE: _l("Home nurse"),
    RelayKind.OTHER: _l("Another relay"),
}
APPLICATIONS = {
    ApplicationState.RECEIVED: _l("Received: the team answers each person."),
    ApplicationState.ACCEPTED: _l("Accepted."),
    ApplicationState.REFUSED: _l("Answered: not this time."),
    ApplicationState.WITHDRAWN: _l("Taken back by the person."),
}
