"""`engage import directory`, `engage export directory`, and what the clock forgets of it."""

from __future__ import annotations

from typing import IO

import click

from engage.core.clock import ago
from engage.core.db import db
from engage.core.jobs import Job
from engage.pages import bringing
from engage.pages.directory import actions, plan, queries

KEPT_DAYS = 30


@click.command("directory")
@click.argument("file", type=click.File("rb"))
@click.option("--replace", is_flag=True, help="Where the file says it otherwise, take the words of the file.")
def bring_in(*, file: IO[bytes], replace: bool) -> int:
    """Bring in people and services from FILE (CSV; `engage export directory` shows its columns).

    An entry is known by its name, and stays as the team wrote it. When one line is bad nothing is written.
    """
    found = bringing.told(lambda: plan.read(file))
    count = actions.bring_in(found, replace=replace, by=None)
    db.session.commit()
    click.echo(f"{count} written, {len(found.lines) - count} left as they are")
    return 0


@click.command("directory")
@click.option("--output", type=click.File("wb", atomic=True), required=True, help="The file to write.")
def take_out(*, output: IO[bytes]) -> int:
    """Write the whole directory to a file (CSV)."""
    actions.take_out(by=None)
    db.session.commit()
    output.writelines(line.encode() for line in plan.lines())
    return 0


def forget_withdrawn() -> int:
    """Erase what was taken out of the directory 30 days ago or more; how many."""
    found = queries.withdrawn_before(ago(days=KEPT_DAYS))
    for entry in found:
        db.session.delete(entry)
    db.session.commit()
    return len(found)


imports = {"directory": bring_in}
exports = {"directory": take_out}
JOBS = [Job("forget who left the directory", forget_withdrawn, cron={"hour": 3, "minute": 53})]
