"""`engage import event`, `engage export event`: a day with its programme, from and to a file."""

from __future__ import annotations

from typing import IO

import click

from engage.core.db import db
from engage.core.errors import Refused
from engage.core.yamltext import MOST_BYTES, Invalid
from engage.events import queries as found
from engage.events.programme import actions, reading, writing
from engage.events.programme.document import Day


def _day(file: IO[bytes]) -> Day:
    try:
        return reading.parse(file.read(MOST_BYTES + 1))
    except Invalid as fault:
        raise click.ClickException(f"nothing was imported\n{fault}") from fault


@click.command("event")
@click.argument("file", type=click.File("rb"))
@click.option("--publish", is_flag=True, help="Show it at once; without it the event is a draft.")
@click.option("--dry-run", is_flag=True, help="Say whether the file can be read; write nothing.")
def bring_in(*, file: IO[bytes], publish: bool, dry_run: bool) -> int:
    """Bring in an event with its programme from FILE (YAML, UTF-8)."""
    day = _day(file)
    if not dry_run:
        event = actions.bring_in(day, publish=publish, by=None)
        db.session.commit()
        click.echo(f"{event.code} {event.title}")
    click.echo(f"{len(day.programme.slots)} slots {'can be ' if dry_run else ''}imported")
    return 0


@click.command("event")
@click.argument("code")
@click.argument("file", type=click.File("wb", atomic=True), default="-")
def take_out(*, code: str, file: IO[bytes]) -> int:
    """Write the event CODE with its programme to FILE (YAML), or to the screen."""
    event = found.event_or_none(code)
    if event is None:
        raise click.ClickException(f"there is no event {code}")
    try:
        day = actions.take_out(event)
    except Refused as no:
        raise click.ClickException(no.message) from no
    file.write(writing.write(day).encode())
    return 0


imports = {"event": bring_in}
exports = {"event": take_out}
