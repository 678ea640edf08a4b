"""What somebody may need to take part in a meeting."""

from __future__ import annotations

from enum import StrEnum

from engage.core.i18n import lazy_gettext as _l


class Need(StrEnum):
    STEP_FREE = "step_free"
    HEARING = "hearing"
    SIGN_LANGUAGE = "sign_language"
    LARGE_PRINT = "large_print"
    TRANSPORT = "transport"
    COMPANION = "companion"
    QUIET = "quiet"


NEEDS = {
    Need.STEP_FREE: _l("Come in without steps"),
    Need.HEARING: _l("Hear better: hearing loop, a seat near the front"),
    Need.SIGN_LANGUAGE: _l("French sign language"),
    Need.LARGE_PRINT: _l("Papers in large print"),
    Need.TRANSPORT: _l("Help to come"),
    Need.COMPANION: _l("Come with somebody who helps me"),
    Need.QUIET: _l("A quiet place to take a break"),
}
