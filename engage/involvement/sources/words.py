"""What the ways in are called, and the picture that stands beside each."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.involvement.models import SourceKind

KINDS = {
    SourceKind.POSTER: _l("A poster"),
    SourceKind.CARER: _l("A carer’s invitation"),
    SourceKind.NURSE: _l("The Asalee nurse"),
    SourceKind.WORKSHOP: _l("A workshop"),
    SourceKind.SOCIAL: _l("The town’s social services (CCAS)"),
    SourceKind.RELAY: _l("A relay"),
    SourceKind.OTHER: _l("Something else"),
}
ICONS = {
    SourceKind.POSTER.value: "paper",
    SourceKind.CARER.value: "stethoscope",
    SourceKind.NURSE.value: "pill",
    SourceKind.WORKSHOP.value: "users",
    SourceKind.SOCIAL.value: "building",
    SourceKind.RELAY.value: "helper",
    SourceKind.OTHER.value: "other",
}
