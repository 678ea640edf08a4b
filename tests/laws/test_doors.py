"""Who may open which address: doors that are open, doors of the team, and what a page costs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from engage.accounts import session as account_session
from engage.accounts.models import Role
from engage.core import cache
from engage.core.config import DEFAULT_LIMITS, Settings
from engage.core.db import db
from tests import make
from tests.browser import Visitor
from tests.laws.code import none
from tests.laws.insiders import ROLES
from tests.laws.rooms import Rooms, furnish

# Opening a door to strangers is a change of this list.
PUBLIC = {
    "accounts": {"code", "sign_in", "sign_out"},
    "address": {"confirm"},
    "after": {"answer", "photo", "thanks"},
    "applications": {"apply", "arrive", "ask_in", "done", "show", "slip", "withdraw"},
    "arriving": {"claim", "door", "send", "worker"},
    "asking": {"say", "tell"},
    "autonomy": {"show"},
    "calls": {"index", "poster", "show", "typed"},
    "charters": {"sheet", "show", "version"},
    "belonging": {"accept", "arrive", "enter", "make_account"},
    "directory": {"card", "index", "sheet", "show"},
    "events": {"embed", "feed", "file", "group", "index", "photo", "poster", "short", "show", "typed"},
    "following": {"add", "answer", "contact", "withdraw"},
    "glossary": {"index", "leaflet", "show"},
    "group_calendar": {"feed"},
    "group_decisions": {"index", "show"},
    "group_minutes": {"index", "show"},
    "group_papers": {"file", "index"},
    "groups": {
        "accept", "arrive", "change", "come_back", "excuse", "join", "joined", "leave", "show", "slip",
    },
    "guide": {"index", "sheet", "step"},
    "health": {"healthz"},
    "home": {
        "accessibility", "contact", "index", "language", "legal", "picture", "privacy", "text_size",
        "theme_css",
    },
    "ideas": {"feed", "followed", "index", "photo", "share", "show", "stop_supporting", "support"},
    "intake": {"follow", "kiosk", "kiosk_wipe", "other_way", "other_way_sent", "stop_following"},
    "involvement": {"declined", "index", "interest", "not_now", "thanks"},
    "joining": {"arrive", "confirm", "enter", "join"},
    "meetings": {"file", "index", "show"},
    "outbox": {"resume", "stop"},
    "own_calendar": {"feed"},
    "pages": {"index", "paper", "picture", "show"},
    "participation": {
        "arrive", "copy", "correct", "decline", "erase", "erase_note", "erase_step", "erase_words", "follow",
        "pause", "resume", "show", "step_down",
    },
    "privacy": {"download", "my_data"},
    "programme": {"sheet"},
    "reminding": {"arrive"},
    "results": {"index", "poster", "show"},
    "rounds": {"arrive", "finish", "index", "mark", "pause", "picture", "show"},
    "search": {"index"},
    "security": {"passkey", "second"},
    "sign_ups": {
        "accept", "agree_to_photos", "arrive", "attest", "cancel", "change", "decline", "file", "follow",
        "remind", "show",
    },
    "signing": {"done", "enter", "on_kiosk", "slip"},
    "sources": {"arrive"},
    "sounds": {"play"},
    "space": {"index", "show"},
    "survey_sheet": {"pdf", "show"},
    "survey_steps": {
        "go_on", "later", "notice", "question", "review", "thanks", "together", "wipe",
    },
    "surveys": {"begin", "index", "listen", "resume", "show", "wording"},
    "writing": {
        "calm", "new", "pause", "photo", "reply", "review", "send", "sent", "slip", "theme", "wipe",
    },
}  # fmt: skip


@pytest.fixture
def engine_name() -> str:
    """Doors do not depend on the database."""
    return "sqlite"


def rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, str(rule.endpoint)))


def staff_doors(app: Flask) -> list[tuple[Rule, str]]:
    """Every address of the team with every method it takes."""
    return [
        (rule, method)
        for rule in rules(app)
        if rule.rule == "/equipe" or rule.rule.startswith("/equipe/")
        for method in ("GET", "POST")
        if method in (rule.methods or ())
    ]


@pytest.fixture
def rooms(app: Flask) -> Rooms:
    """One of everything, and no limit to how often a door is tried."""
    settings: Settings = app.extensions["engage_settings"]
    settings.limits |= dict.fromkeys(DEFAULT_LIMITS, "100000/minute")
    with app.app_context():
        return furnish(1)


def knock(visitor: Visitor, method: str, address: str) -> tuple[int, str]:
    """The status and where it leads; a POST brings a valid token and nothing else."""
    data = {"csrf_token": visitor.token()} if method == "POST" else None
    response = visitor.client.open(address, method=method, data=data)
    response.close()
    return response.status_code, response.headers.get("Location", "")


def test_open_doors_are_written_out(app: Flask) -> None:
    found = {name for name, view in app.view_functions.items() if getattr(view, "public", False)}
    written = {f"{place}.{name}" for place, names in PUBLIC.items() for name in names}
    none([f"open, not written: {name}" for name in sorted(found - written)])
    none([f"written, not open: {name}" for name in sorted(written - found)])


def test_no_address_ends_with_a_slash(app: Flask) -> None:
    """One way to write each address: what is said on the phone must not depend on a sign at the end."""
    none([rule.rule for rule in rules(app) if rule.rule.endswith("/") and rule.rule != "/"])


def test_the_doors_of_the_team_stay_shut(app: Flask, rooms: Rooms, amina: Visitor, benoit: Visitor) -> None:
    with app.app_context():
        account = make.account("Rémi", Role.RELAY)
        db.session.commit()
        relay = Visitor(app, account.id)
    found = []
    for rule, method in staff_doors(app):
        address = rooms.address(app, rule)
        for name, visitor in (("member", amina), ("partner", benoit), ("relay", relay)):
            status, _where = knock(visitor, method, address)
            if status not in (403, 404):
                found.append(f"{method} {rule.rule} ({rule.endpoint}) let a {name} in: {status}")
    none(found)


def test_nobody_is_asked_to_sign_in_first(app: Flask, rooms: Rooms, nobody: Visitor) -> None:
    found = []
    for rule, method in staff_doors(app):
        status, where = knock(nobody, method, rooms.address(app, rule))
        if status != 302 or not where.startswith("/connexion"):
            found.append(f"{method} {rule.rule} ({rule.endpoint}): {status} {where}")
    none(found)


# These show what was done just before, or must be told which invitation or version: alone they find nothing.
AFTER_A_DEED = {
    "noting.noted",
    "noting.slip",
    "exchange_desk.check",
    "exchange_desk.bring_in",
    "belonging_desk.slip_pdf",
    "belonging_desk.withdraw",
    "people_desk.slip_pdf",
    "people_desk.withdraw",
    "deeds_desk.unmerge",
}


@contextmanager
def laid_back(app: Flask) -> Iterator[Callable[[], None]]:
    """Lays the database back as it was, as often as asked: a door may take away what it leads to."""
    database = app.extensions["engage_settings"].data / "engage.db"
    copy = database.with_suffix(".copy")

    def lay(source: Path, target: Path) -> None:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
            cache.forget()
        shutil.copyfile(source, target)

    lay(database, copy)
    yield lambda: lay(copy, database)


def test_the_administrator_finds_every_room(app: Flask, rooms: Rooms, admin: Visitor) -> None:
    """Else the two tests above would be content with addresses that lead nowhere."""
    found = []
    with laid_back(app) as lay_back:
        for rule, method in staff_doors(app):
            lay_back()
            found += _not_found(rule, method, *knock(admin, method, rooms.address(app, rule)))
    none(found)


def _not_found(rule: Rule, method: str, status: int, _where: str) -> list[str]:
    is_lost = status in (403, 404, 405) and rule.endpoint not in AFTER_A_DEED
    return [f"{method} {rule.rule} ({rule.endpoint}): {status}"] if status >= 500 or is_lost else []


MOST_QUERIES = 6


def _readers(app: Flask, rooms: Rooms, admin: Visitor, nobody: Visitor, amina: Visitor) -> dict[str, Visitor]:
    """Who opens what: the team its pages; the rest a stranger with a draft, a member, and who is inside."""
    nobody.get("/idees/nouvelle")
    nobody.post("/idees/nouvelle", {"text": "Un banc devant la porte, pour attendre assis."})
    nobody.follow(nobody.post("/idees/nouvelle/theme", {"theme": "reach"}))
    nobody.post("/idees/nouvelle/reponse", {"reply": "none", "public": "yes"})
    inside = {name: Visitor(app, rooms.held["insiders", name]) for name in ROLES}
    return {"team": admin, "member": amina, "anyone": nobody, **inside}


def _reading(app: Flask, rule: Rule) -> list[str]:
    if rule.rule.startswith("/equipe"):
        return ["team"]
    is_public = getattr(app.view_functions[str(rule.endpoint)], "public", False)
    return ["member", *ROLES, *(["anyone"] if is_public else [])]


def _count(app: Flask, rooms: Rooms, readers: dict[str, Visitor]) -> dict[str, int]:
    """As the site runs: what every page needs is remembered for a few seconds, so the second visit counts.

    By page and reader, where the page opens.
    """
    counts: dict[str, int] = {}
    app.testing = False
    for rule in rules(app):
        if "GET" not in (rule.methods or ()):
            continue
        address = rooms.address(app, rule)
        with app.app_context():
            cache.forget()
        for name in _reading(app, rule):
            if (asked := _asked(readers[name], address)) is not None:
                counts[f"{rule.endpoint} ({name})"] = asked
    app.testing = True
    return counts


def _asked(visitor: Visitor, address: str) -> int | None:
    """How many questions the second visit asks; None where the first is refused."""
    first = visitor.client.get(address)
    first.close()
    if first.status_code >= 400:
        return None
    with visitor.counting() as seen:
        visitor.client.get(address).close()
    return len(seen)


# All that somebody ever wrote, in one file: a question for each kind of thing, whatever the rows.
WHOLE_COPIES = {
    "privacy.download": 32,
    "partnering.take_out": 7,
}


def test_a_page_asks_few_questions_whatever_the_rows(
    app: Flask,
    rooms: Rooms,
    admin: Visitor,
    nobody: Visitor,
    amina: Visitor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cache, "monotonic", lambda: 0.0)  # nothing is forgotten between two visits
    monkeypatch.setattr(account_session, "SEEN_EVERY", timedelta(days=1))  # nobody is seen anew
    readers = _readers(app, rooms, admin, nobody, amina)
    few = _count(app, rooms, readers)
    with app.app_context():
        for number in range(2, 30):
            rooms = furnish(number)
    many = _count(app, rooms, readers)
    found = [
        f"{name}: {count} queries"
        for counts in (few, many)
        for name, count in counts.items()
        if count > WHOLE_COPIES.get(name.split()[0], MOST_QUERIES)
    ]
    found += [
        f"{name}: {few.get(name)} queries, with more rows {count}"
        for name, count in many.items()
        if count > few.get(name, 0)
    ]
    none(found)
