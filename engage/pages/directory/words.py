"""What the kinds of the directory are called and drawn as, in the order in which people read them."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.pages.directory.models import EntryKind

KINDS = {
    EntryKind.EMERGENCY: _l("Emergencies"),
    EntryKind.TEAM: _l("Our team"),
    EntryKind.DAC: _l("Complex situations (DAC)"),
    EntryKind.CPTS: _l("Carers of the area (CPTS)"),
    EntryKind.CCAS: _l("Social help of the town hall (CCAS)"),
    EntryKind.CLS: _l("Local health contract (CLS)"),
    EntryKind.PHARMACY: _l("Pharmacies"),
    EntryKind.HOSPITAL: _l("Hospitals"),
    EntryKind.ASSOCIATION: _l("Associations"),
    EntryKind.OTHER: _l("Other help"),
}
ICONS = {
    EntryKind.EMERGENCY: "lifebuoy",
    EntryKind.TEAM: "stethoscope",
    EntryKind.DAC: "way",
    EntryKind.CPTS: "team",
    EntryKind.CCAS: "building",
    EntryKind.CLS: "commitment",
    EntryKind.PHARMACY: "pill",
    EntryKind.HOSPITAL: "hospital",
    EntryKind.ASSOCIATION: "people",
    EntryKind.OTHER: "helper",
}
ORDER = {kind: place for place, kind in enumerate(KINDS)}
