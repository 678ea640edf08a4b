"""Brings a centre's database to the shape this version needs."""

from __future__ import annotations

import click

from engage.core import migrate, render
from engage.core.config import Settings
from engage.ops import folder, held


def run(found: Settings) -> str:
    """What was done, in one sentence. Raises ClickException while the site runs, or when there is none."""
    app = folder.app_of(found)
    if not folder.has_database(found):
        raise click.ClickException(f"no database in {found.data}: run `engage init`")
    render.precompile(app)
    with folder.inside(app):
        before, wanted = migrate.present(), migrate.head()
        folder.let_go()
        if before == wanted:
            return f"The database is at {wanted} already."
        with held.in_use(found.data, alone=True):
            migrate.upgrade()
    return f"The database went from {before or 'empty'} to {wanted}."
