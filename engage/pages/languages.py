"""The languages a page may be written in, each by its own name."""

from __future__ import annotations

from functools import cache

from babel import Locale

from engage.core.i18n import RIGHT_TO_LEFT

FIRST = "fr"
CODES = ("fr", "en", "ar", "es", "fa", "it", "pl", "pt", "ro", "ru", "so", "tr", "uk", "vi", "zh")


@cache
def own_name(code: str) -> str:
    """`Français`, `العربية`"""
    name = str(Locale.parse(code).get_display_name(code) or code)
    return name[:1].upper() + name[1:]


def direction(code: str) -> str:
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"
