"""What the verbs of the journal say about pages."""

from __future__ import annotations

from engage.core.i18n import gettext as _


def verbs() -> dict[str, str]:
    return {
        "page created": _("Page begun"),
        "page frozen": _("Version of a page frozen"),
        "page published": _("Page published"),
        "page restored": _("Old version of a page taken up"),
        "page settled": _("Settings of a page changed"),
        "page reviewed": _("Page read again"),
        "page withdrawn": _("Page taken off the site"),
        "page put back": _("Page put back on the site"),
        "draft of a page discarded": _("Draft of a page thrown away"),
        "reading round opened": _("Reading round opened"),
        "reading round closed": _("Reading round closed"),
        "easy to read allowed": _("Mention “easy to read” allowed"),
        "easy to read taken back": _("Mention “easy to read” taken back"),
        "page read aloud": _("Recording of a page added"),
        "recording of a page removed": _("Recording of a page taken away"),
        "missing words handled": _("What a reader misses was dealt with"),
        "picture of a page added": _("Picture of a page added"),
        "picture of a page removed": _("Picture of a page taken out"),
    }


def kinds() -> dict[str, str]:
    return {"page": _("Page")}
