"""What the parts of a charter are called."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.groups.charter.models import Charter

PARTS = {
    "we_promise": _l("What the health centre promises"),
    "you_promise": _l("What you promise"),
    "confidentiality": _l("What stays between us"),
    "image_rights": _l("Pictures and names"),
    "expenses": _l("What happens to your expenses"),
}


def parts(charter: Charter) -> list[tuple[str, str]]:
    """Its words, part by part."""
    return [(str(title), getattr(charter, name)) for name, title in PARTS.items()]
