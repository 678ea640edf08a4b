"""A page as somebody wrote it."""

from __future__ import annotations

from typing import Any

from engage.accounts.models import Account
from engage.pages import actions
from engage.pages.models import PageDraft, PageVersion, Shelf

SIMPLE = """## {phone} Avant de partir

Demandez vos papiers. Appelez-nous le jour même.

::: appeler
- téléphone : 05 55 00 00 00
:::"""
SHORT = """{hospital} Vous sortez de l’hôpital.
{phone} Appelez-nous."""


def draft(slug: str = "sortir", *, by: Account | None = None, **words: Any) -> PageDraft:
    """Needs an application context."""
    made = actions.create(slug, "Sortir de l’hôpital", Shelf.PATH, "hospital", by=by)
    said = {"message": "Vous sortez de l’hôpital. Appelez-nous.", "simple": SIMPLE, "short": SHORT}
    actions.write(made, version=made.version, by=by, **{**said, **words})
    return made


def published(slug: str = "sortir", *, by: Account | None = None, **words: Any) -> PageVersion:
    made = actions.freeze(draft(slug, by=by, **words), by=by)
    actions.publish(made, by=by)
    return made
