"""The table of one run: figures, ratios to the bare application, targets."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks import pages
from benchmarks.events import PEOPLE, ROOM, Rush
from benchmarks.first_visit import FirstVisit
from benchmarks.load import CLIENTS, Measured
from benchmarks.results import Costs
from benchmarks.servers import PROCESSES

# What each line is held against, and the share of its requests a second that must be reached.
TARGETS = {
    "home": ("bare page", 1 / 3),
    "idea": ("bare page", 1 / 3),
    "follow-up": ("bare page", 1 / 3),
    "ideas": ("bare page", 1 / 4),
    "sending": ("bare form", 1 / 3),
    "first screen": ("bare page", 1 / 3),
    "answering": ("bare form", 1 / 4),
    "event": ("bare page", 1 / 3),
    "page": ("bare page", 1 / 3),
    "signing up": ("bare form", 1 / 3),
}
MOST_QUERIES, MOST_MEMORY, MOST_START = 6, 250, 4
LARGE = 20_000
MOST_COLD, MOST_AGAIN, MOST_CROSS, MOST_GROWN = 250, 40, 1000, 100
MOST_SEARCH, MOST_ASSISTANT = 20, 150
MOST_RUSH = 3  # times what the bare form needs
MOST_BYTES, MOST_REQUESTS, MOST_SCRIPT = 50_000, 8, 20_000


class Line(NamedTuple):
    """One page and what eight clients got of it."""

    name: str
    measured: Measured


class Rushes(NamedTuple):
    """At the bare form, from our form to the confirmation, and from the page of the date on."""

    bare: list[Rush]
    form: list[Rush]
    whole: list[Rush]


class Sheet(NamedTuple):
    """Everything measured on one engine; memory in MB (PSS), start in seconds."""

    engine: str
    lines: list[Line]
    memory: float
    start: float
    visits: dict[str, FirstVisit]
    queries: dict[str, int]
    results: list[Costs]
    rushes: Rushes
    confirmed: list[int]
    pages: pages.Costs


def _met(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


def _line(line: Line, rates: dict[str, float]) -> str:
    name, (rate, p50, p95) = line
    row = f"{name:<12}{rate:>9.0f}{p50:>9.1f}{p95:>9.1f}"
    if name not in TARGETS:
        return row
    base, wanted = TARGETS[name]
    ratio = rate / rates[base]
    return f"{row}{ratio:>8.2f}  of the {base}, wanted {wanted:.2f}: {_met(ratio >= wanted)}"


def _sheet(sheet: Sheet) -> list[str]:
    rates = {line.name: line.measured.rate for line in sheet.lines}
    lines = [
        f"{sheet.engine}: {CLIENTS} clients, {PROCESSES} processes",
        f"{'':<12}{'req/s':>9}{'p50 ms':>9}{'p95 ms':>9}{'ratio':>8}",
        *(_line(line, rates) for line in sheet.lines),
        f"memory under load: {sheet.memory:.0f} MB (PSS): {_met(sheet.memory <= MOST_MEMORY)}",
        f"first answer: {sheet.start:.1f} s after the start: {_met(sheet.start <= MOST_START)}",
    ]
    most = max(sheet.queries.values())
    counted = ", ".join(f"{name} {count}" for name, count in sheet.queries.items())
    lines.append(f"queries a page: {counted}; at most {MOST_QUERIES}: {_met(most <= MOST_QUERIES)}")
    for page, visit in sheet.visits.items():
        is_met = visit.bytes <= MOST_BYTES and visit.requests <= MOST_REQUESTS and visit.script <= MOST_SCRIPT
        said = (
            f"{visit.bytes / 1000:.1f} kB, {visit.requests} requests, {visit.script / 1000:.1f} kB of script"
        )
        lines.append(f"first visit of {page}: {said}: {_met(is_met)}")
    return [*lines, _rush(sheet), _pages(sheet.pages), *(_costs(costs) for costs in sheet.results)]


def _pages(costs: pages.Costs) -> str:
    is_met = costs.search <= MOST_SEARCH and costs.assistant <= MOST_ASSISTANT
    return (
        f"search over {pages.PAGES} pages: {costs.search:.0f} ms, the slowest {costs.slowest:.0f} ms;"
        f" assistant on {pages.WORDS} words {costs.assistant:.0f} ms; glossary links of as many"
        f" {costs.linking:.1f} ms: {_met(is_met)}"
    )


def _rush(sheet: Sheet) -> str:
    """The median of each, and whatever broke in any."""
    bare, ours, whole = (_median(rushes) for rushes in sheet.rushes)
    ratio = ours.seconds / bare.seconds
    faults = [fault for rush in (*sheet.rushes.form, *sheet.rushes.whole) for fault in rush.faults]
    is_met = ratio <= MOST_RUSH and not faults and set(sheet.confirmed) == {ROOM}
    return (
        f"rush of {PEOPLE} for {ROOM} places: the last answered after {ours.seconds:.2f} s, p95"
        f" {ours.p95:.0f} ms, {ratio:.1f} times the bare form, confirmed {sheet.confirmed},"
        f" {len(faults)} errors: {_met(is_met)}; who reads the page of the date first: {whole.seconds:.2f} s,"
        f" {whole.seconds / bare.seconds:.1f} times"
    )


def _median(rushes: list[Rush]) -> Rush:
    return sorted(rushes, key=lambda rush: rush.seconds)[len(rushes) // 2]


def _costs(costs: Costs) -> str:
    is_met = (
        costs.cold <= MOST_COLD
        and costs.again <= MOST_AGAIN
        and costs.cross <= MOST_CROSS
        and costs.grown <= MOST_GROWN
    )
    cold = f"cold {costs.cold:.0f} ms (counting takes {costs.release:.0f})"
    later = f"released {costs.again:.0f} ms, crossed {costs.cross:.0f} ms"
    file = f"file of all answers {costs.export:.0f} ms, grown by {costs.grown:.0f} MB"
    verdict = f": {_met(is_met)}" if costs.size >= LARGE else ""
    return f"results of {costs.size} responses: {cold}, {later}, {file}{verdict}"


def written(sheets: list[Sheet]) -> str:
    return "\n\n".join("\n".join(_sheet(sheet)) for sheet in sheets)
