"""The pictograms of ui/icon.html, outside a template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app
from markupsafe import Markup


def _module() -> Any:
    return current_app.jinja_env.get_template("ui/icon.html").module


def icons() -> Mapping[str, str]:
    """Every pictogram by its name."""
    paths: Mapping[str, str] = _module().paths
    return paths


def drawn(name: str) -> Markup:
    """Nothing for a name that we do not know."""
    drawing: Markup = _module().icon(name) if name in icons() else Markup("")
    return drawing
