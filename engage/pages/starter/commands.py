"""`engage pages check`, `engage pages install`."""

from __future__ import annotations

import json

import click

from engage.core.db import db
from engage.pages.starter import actions, checking
from engage.pages.starter.checking import Checked

HEAD = ("page", "language", "text", "words", "mean", "longest", "over 15", "ease", "rare", "")
WIDTHS = (24, 9, 7, 6, 5, 8, 8, 5, 5, 0)


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="For a program: a list of texts, numbers as numbers.")
def check(*, as_json: bool) -> int:
    """Measure every published page; exit code 1 when one falls short of what it must reach."""
    found = checking.everything()
    if as_json:
        click.echo(json.dumps([one.plain for one in found], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_table(found)))
    return 1 if any(one.short_of for one in found) else 0


def _table(found: list[Checked]) -> list[str]:
    lines = [_line(HEAD)]
    for one in found:
        lines.append(_line(_cells(one)))
        lines += [f"    {said}" for said in one.short_of]
    short = sum(bool(one.short_of) for one in found)
    return [*lines, f"{len(found)} texts of published pages, {short} fall short."]


def _cells(one: Checked) -> tuple[str, ...]:
    held = one.measures
    ease = "-" if held.kandel_moles is None else f"{held.kandel_moles:.0f}"
    figures = (str(held.words), f"{held.mean:.1f}", str(held.longest), f"{held.share_long:.0%}", ease)
    verdict = "falls short" if one.short_of else "well"
    return (one.slug, one.language, one.body.value, *figures, f"{held.share_rare:.0%}", verdict)


def _line(cells: tuple[str, ...]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


@click.command("install")
def install() -> int:
    """Bring in and publish the ready pages that are missing; nothing that the team wrote changes."""
    report = actions.install()
    db.session.commit()
    guides_ = ", ".join(report.guides) or "none"
    click.echo(f"{len(report.pages)} pages, {report.entries} entries of the directory, guides: {guides_}")
    return 0


pages = {"check": check, "install": install}
