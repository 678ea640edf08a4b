"""What the parts of the list are called."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.involvement.pathway.queries import Show

SHOWS = {
    Show.ALL: _l("Everyone"),
    Show.TO_DO: _l("To do now"),
    Show.MINE: _l("Mine"),
    Show.PAUSED: _l("Taking a pause"),
    Show.DECLINED: _l("Not now"),
}
