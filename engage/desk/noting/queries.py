"""The follow-up code as it is read aloud."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from engage.core.i18n import gettext as _

SPELLING = Path(__file__).parent / "content" / "spelling.yaml"


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = yaml.safe_load(SPELLING.read_text(encoding="utf-8"))
    return names


def aloud(code: str) -> list[list[str]]:
    """Each group of the code, sign by sign, as one says it on the phone: `M as in Marcel`, `7`."""
    return [[_said(sign) for sign in group] for group in code.split("-")]


def _said(sign: str) -> str:
    name = _names().get(sign)
    return _("%(letter)s as in %(name)s", letter=sign, name=name) if name else sign
