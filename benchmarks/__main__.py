"""Runs everything and prints the table: `./run python -m benchmarks [--seconds 5] [--engine sqlite]`."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from sqlalchemy import create_engine, text

from benchmarks import bare, events, groups, pages, report, results, servers, waves
from benchmarks.filling import Filled, fill
from benchmarks.first_visit import first_visit
from benchmarks.load import Measured, Turn, answering, filling_bare_form, load, reading, sending_idea
from benchmarks.queries import count_queries
from benchmarks.report import Line, Rushes, Sheet
from benchmarks.servers import Server
from benchmarks.visitor import Visitor, expect
from engage.core.config import Settings

ENGINES = ("sqlite", "postgresql")
ROUNDS = 3
WARM_UP_SECONDS = 1
BROWSER = "gzip, br"


@contextmanager
def _urls(engine: str, folder: Path) -> Iterator[tuple[str | None, str]]:
    """The address of our database (None: the file of the folder), and that of the bare application."""
    if engine == "sqlite":
        yield None, f"sqlite:///{folder / 'bare.db'}"
        return
    with servers.postgres() as address:
        url = Settings(database_url=address).sqlalchemy_url
        made = create_engine(url, isolation_level="AUTOCOMMIT")
        with made.connect() as connection:
            for name in ("engage_benchmark", "engage_bare"):
                connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
                connection.execute(text(f"CREATE DATABASE {name}"))
        made.dispose()
        named = [made.url.set(database=name) for name in ("engage_benchmark", "engage_bare")]
        ours, theirs = (one.render_as_string(hide_password=False) for one in named)
        yield ours, theirs


class Scene(NamedTuple):
    """Who asks what, of which server."""

    name: str
    server: Server
    turn: Turn
    encoding: str = "identity"
    cookies: dict[str, str] = {}

    def load(self, seconds: float) -> Measured:
        return load(self.server.port, self.turn, seconds, encoding=self.encoding, cookies=self.cookies)


def _following(port: int, filled: Filled) -> tuple[str, dict[str, str]]:
    """The page that a follow-up code opens, and the cookies that open it."""
    visitor = Visitor(port)
    expect(visitor.get("/suivi"), 200)
    opened = expect(visitor.post("/suivi", {"code": filled.follow_up}), 302)
    visitor.close()
    return opened.location, visitor.cookies


def _best(runs: list[Measured]) -> Measured:
    """The median of the rounds: a neighbour on the machine disturbs one of them."""
    return sorted(runs, key=lambda run: run.rate)[len(runs) // 2]


def _group(app: Flask, site: Server, filled: Filled) -> Iterator[Scene]:
    """Each page with the cookies of who may open it."""
    readers = groups.readers(filled.group)
    for name, page in groups.pages(filled.group).items():
        cookies = results.signed_in(app, **readers[name]) if name in readers else {}
        yield Scene(name, site, reading(page), BROWSER, cookies)


def _rounds(
    app: Flask, site: Server, plain: Server, filled: Filled, seconds: float
) -> dict[str, list[Measured]]:
    """Ours and the bare one by turns, so that both meet the same machine."""
    path, cookies = _following(site.port, filled)
    pages = {"home": "/", "ideas": "/idees", "idea": f"/idees/{filled.idea}", "follow-up": path}
    scenes = [Scene("bare page", plain, reading("/"), BROWSER)]
    scenes += [
        Scene(name, site, reading(page), BROWSER, cookies if name == "follow-up" else {})
        for name, page in pages.items()
    ]
    scenes.append(Scene("first screen", site, reading(f"/questionnaires/{filled.wave}"), BROWSER))
    scenes.append(Scene("agenda", site, reading("/evenements"), BROWSER))
    scenes.append(Scene("event", site, reading(f"/evenements/{filled.dates.open}"), BROWSER))
    scenes.append(Scene("page", site, reading(f"/pages/{filled.page}"), BROWSER))
    scenes += _group(app, site, filled)
    scenes += [Scene("bare form", plain, filling_bare_form), Scene("sending", site, sending_idea)]
    scenes.append(Scene("answering", site, answering(filled.wave, waves.MARKS)))
    scenes.append(Scene("signing up", site, events.signing_up(filled.dates.open)))
    for scene in scenes:
        scene.load(WARM_UP_SECONDS)
    found: dict[str, list[Measured]] = {}
    for _round in range(ROUNDS):
        for scene in scenes:
            found.setdefault(scene.name, []).append(scene.load(seconds))
    return found


def _rushes(site: Server, plain: Server, codes: list[str]) -> Rushes:
    """Each at a date of its own, by turns with the bare form."""
    dates, found = iter(codes), Rushes([], [], [])
    for at_the_form, from_the_date in zip(dates, dates, strict=True):
        found.bare.append(events.rush(plain.port, events.bare_form))
        found.form.append(events.rush(site.port, partial(events.sign_up, at_the_form)))
        found.whole.append(events.rush(site.port, partial(events.come_and_sign_up, from_the_date)))
    return found


def measure(engine: str, seconds: float) -> Sheet:
    with tempfile.TemporaryDirectory(prefix="engage-benchmark-") as place:
        folder = Path(place)
        with _urls(engine, folder) as (ours, theirs):
            app, filled = fill(folder / "data", ours)
            large = results.fill(app)
            bare.fill(bare.create_app(theirs))
            with (
                servers.running(servers.bare(theirs)) as plain,
                servers.running(servers.engage(folder / "data", ours)) as site,
            ):
                found = _rounds(app, site, plain, filled, seconds)
                rushes = _rushes(site, plain, filled.dates.rushed)
                lines = [Line(name, _best(runs)) for name, runs in found.items()]
                visits = {page: first_visit(site.port, page) for page in ("/", "/idees", "/idees/nouvelle")}
                read = pages.measure(app, site)
                memory, start = site.memory(), site.seconds
            with servers.running(servers.engage(folder / "data", ours)) as fresh:
                cookies = results.signed_in(app)
                costs = [results.measure(fresh, cookies, one) for one in large]
            counted = count_queries(app, filled)
            confirmed = events.confirmed(app, filled.dates.rushed)
            return Sheet(engine, lines, memory, start, visits, counted, costs, rushes, confirmed, read)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=5, help="a measurement")
    asked.add_argument("--engine", choices=ENGINES, action="append")
    said = asked.parse_args()
    sheets = [measure(engine, said.seconds) for engine in said.engine or ENGINES]
    print(report.written(sheets))


if __name__ == "__main__":
    main()
