"""`engage import glossary`: words from a table, each line told."""

from __future__ import annotations

from typing import IO

import click

from engage.core.db import db
from engage.pages import bringing
from engage.pages.glossary import actions, plan


@click.command("glossary")
@click.argument("file", type=click.File("rb"))
@click.option("--replace", is_flag=True, help="Where the file says it otherwise, take the words of the file.")
def bring_in(*, file: IO[bytes], replace: bool) -> int:
    """Bring in words from FILE (CSV with the columns term, expansion, plain_definition, forms, language).

    A word that is explained already stays as the team wrote it. When one line is bad nothing is written.
    """
    found = bringing.told(lambda: plan.read(file))
    count = actions.bring_in(found, replace=replace, by=None)
    db.session.commit()
    click.echo(f"{count} written, {len(found.lines) - count} left as they are")
    return 0


imports = {"glossary": bring_in}
