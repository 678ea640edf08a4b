"""What the shelves of /comprendre are called."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.pages.models import Shelf

SHELVES = {
    Shelf.HERE: _l("The health centre"),
    Shelf.REACH: _l("Get care"),
    Shelf.PATH: _l("Be accompanied"),
    Shelf.RIGHTS: _l("Your rights"),
    Shelf.WORDS: _l("Words and help"),
}

ALREADY_DONE = _l("That was done already. Nothing more has changed.")
