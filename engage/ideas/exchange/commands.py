"""`engage import ideas`, `engage export ideas`: the same, from the machine itself."""

from __future__ import annotations

import shutil
import time
from typing import IO

import click

from engage.core.db import db
from engage.core.sheets import SheetError
from engage.ideas.exchange import actions, files, plan
from engage.ideas.exchange.files import Format
from engage.ideas.exchange.plan import Plan
from engage.ideas.exchange.queries import Wanted

AT_ONCE = 20
BREATH_SECONDS = 0.05
KIND = click.option(
    "--format", "kind", type=click.Choice([kind.value for kind in Format]), default="csv", show_default=True
)
OUTPUT = click.option(
    "--output", type=click.File("wb", atomic=True), required=True, help="The file to write."
)


def _plan(file: IO[bytes]) -> Plan:
    try:
        return plan.read(file)
    except SheetError as fault:
        raise click.ClickException(str(fault)) from fault


def _say(found: Plan, *, every_line: bool) -> None:
    """Faults always; with `every_line` what each line would become too."""
    for one in found.report():
        if isinstance(one, SheetError):
            click.echo(f"{one}", err=True)
        elif every_line:
            click.echo(f"line {one.number}: {'already here' if one.is_known else 'new'}: {one.shown_title}")
    if found.passed_over:
        click.echo(f"columns passed over: {', '.join(found.passed_over)}", err=True)


def _write(found: Plan, *, hold: bool) -> int:
    """In short transactions with a breath between them: the site beside goes on writing."""
    lines, count = found.fresh, 0
    for start in range(0, len(lines), AT_ONCE):
        count += actions.bring_in(lines[start : start + AT_ONCE], hold=hold, by=None)
        db.session.commit()
        time.sleep(BREATH_SECONDS)
    return count


def _summed_up(found: Plan, count: int, verb: str) -> str:
    known, bad = len(found.lines) - count, len(found.faults)
    parts = [f"{count} {verb}"]
    parts += [f"{known} already here"] if known else []
    parts += [f"{bad} bad"] if bad else []
    return ", ".join(parts)


@click.command("ideas")
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Say what each line would become; write nothing.")
@click.option("--skip-bad", is_flag=True, help="Leave out the lines that cannot be read, write the others.")
@click.option("--hold", is_flag=True, help="Publish nothing: the team reads each idea first.")
def bring_in(*, file: IO[bytes], dry_run: bool, skip_bad: bool, hold: bool) -> int:
    """Bring in ideas from FILE (CSV with the columns title, text, workshop, table, door, theme).

    Only text is compulsory. A row that came in before is known again, whatever became of it since.
    """
    found = _plan(file)
    db.session.rollback()  # nobody waits for our lock while the report is printed
    _say(found, every_line=dry_run)
    if found.faults and not (skip_bad or dry_run):
        click.echo(f"{len(found.faults)} bad: nothing was imported", err=True)
        return 1
    if dry_run:
        click.echo(_summed_up(found, len(found.fresh), "would be imported"))
        return 1 if found.faults and not skip_bad else 0
    click.echo(_summed_up(found, _write(found, hold=hold), "imported"))
    return 0


@click.command("ideas")
@KIND
@OUTPUT
def take_out(*, kind: str, output: IO[bytes]) -> int:
    """Write all ideas to a file, without contact details."""
    actions.take_out(Format(kind), Wanted(), by=None)
    db.session.commit()
    with files.ideas(Format(kind), Wanted(), with_contacts=False) as file:
        shutil.copyfileobj(file, output)
    return 0


@click.command("ideas-dictionary")
@KIND
@OUTPUT
def explain(*, kind: str, output: IO[bytes]) -> int:
    """Write what each column of such a file means, in French."""
    with files.explanation(Format(kind)) as file:
        shutil.copyfileobj(file, output)
    return 0


imports = {"ideas": bring_in}
exports = {"ideas": take_out, "ideas-dictionary": explain}
