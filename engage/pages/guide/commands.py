"""`engage import guide`, `engage export guide`."""

from __future__ import annotations

from typing import IO

import click

from engage.core.db import db
from engage.core.i18n import LANGUAGES
from engage.pages.guide import actions, queries
from engage.pages.guide.filing import filed
from engage.pages.guide.parsing import stored, written

LANGUAGE = click.option(
    "--language", type=click.Choice(list(LANGUAGES)), default=queries.FIRST, show_default=True
)


@click.command("guide")
@click.argument("file", type=click.File("rb"))
@LANGUAGE
def bring_in(*, file: IO[bytes], language: str) -> int:
    """Bring in the guide "whom to call" from FILE (YAML) as the draft; the team publishes it.

    When one thing is wrong, its line is said and nothing is written.
    """
    found = filed(file.read())
    if found.tree is None:
        click.echo("\n".join(map(str, found.faults)), err=True)
        click.echo("nothing was imported", err=True)
        return 1
    actions.bring_in(language, found.tree, by=None)
    db.session.commit()
    click.echo("imported as the draft")
    return 0


@click.command("guide")
@LANGUAGE
@click.option("--output", type=click.File("wb", atomic=True), required=True, help="The file to write.")
def take_out(*, language: str, output: IO[bytes]) -> int:
    """Write the draft of the guide to a file (YAML)."""
    draft = queries.draft(language)
    if draft is None:
        raise click.ClickException("no guide in this language")
    output.write(written(stored(draft.tree)).encode())
    return 0


imports = {"guide": bring_in}
exports = {"guide": take_out}
