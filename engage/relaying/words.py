"""What the kinds of relays are called."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.involvement.models import RelayKind

KINDS = {
    RelayKind.SOCIAL_WORKER: _l("Social worker"),
    RelayKind.ASSOCIATION: _l("Association"),
    RelayKind.ELECTED: _l("Elected official"),
    RelayKind.PHARMACIST: _l("Pharmacist"),
    RelayKind.HOME_NURSE: _l("Home nurse"),
    RelayKind.OTHER: _l("Another relay"),
}
