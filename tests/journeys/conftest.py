"""A real Chromium on the real site, with axe after every step."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from babel.support import Translations
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from sqlalchemy import select
from werkzeug.serving import make_server

from engage.accounts.models import Role
from engage.app import create_app
from engage.core import keys
from engage.core.config import DEFAULT_LIMITS, Settings, shipped
from engage.core.db import db
from engage.core.i18n import compile_catalogues
from engage.outbox.models import Kind, Message
from tests import make
from tests.conftest import SECRET_KEYS, KeptTemplates
from tests.filled import DemoCopy
from tests.page import check

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
compile_catalogues()
WORDS = Translations.load(str(shipped("translations")), ["fr"])
# A phone with JavaScript and a desk without, each also the other way round in a deep round.
WAYS = [(320, True), (1280, False)]
if os.environ.get("ENGAGE_TEST_DEEP"):
    WAYS += [(320, False), (1280, True)]
IDS = [f"{width}{'' if scripts else '-without-js'}" for width, scripts in WAYS]
FOCUS = """() => {
  const active = document.activeElement;
  const around = [active, active.closest('label'), ...(active.labels || [])].filter(Boolean);
  const styles = around.flatMap(node => [null, '::before'].map(part => getComputedStyle(node, part)));
  return styles.some(style => style.boxShadow !== 'none'
    || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0));
}"""
NAMED = """(name) => {
  const active = document.activeElement;
  const words = [...(active.labels || []), active].map(node => node.textContent).join(' ');
  return words.replace(/\\s+/g, ' ').includes(name.replace(/\\s+/g, ' '));
}"""


@pytest.fixture(autouse=True)
def engine_name() -> str:
    """A journey is about pages: the rules behind them run on both engines elsewhere."""
    return "sqlite"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium on this machine, and CI must open the journeys")
        pytest.skip("no Chromium on this machine: the journeys in a real browser are not opened")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def site(sqlite_template: Path, tmp_path: Path) -> Iterator[tuple[Flask, str]]:
    """The site with Chloé as its referent, on a port of its own."""
    shutil.copy(sqlite_template, tmp_path / "engage.db")
    with served(tmp_path, keys.generate()) as (app, address):
        with app.app_context():
            make.centre()
            make.themes()
            chloe = make.account("Chloé", Role.COORDINATOR, email="chloe@exemple.fr", job="Coordinatrice")
            make.referent(chloe)
            make.account("Amina", email="amina@exemple.fr")
            db.session.commit()
        yield app, address


@pytest.fixture
def demo(demo_copy: DemoCopy, tmp_path: Path) -> Iterator[tuple[Flask, str]]:
    """The demo as it starts, with its buttons."""
    demo_copy(tmp_path)
    with served(tmp_path, SECRET_KEYS, demo=True) as (app, address):
        yield app, address


@contextmanager
def served(data: Path, secrets: keys.Keys, **said: Any) -> Iterator[tuple[Flask, str]]:
    """The site of this folder, on a port of its own, with open limits."""
    limits = dict.fromkeys(DEFAULT_LIMITS, "1000/minute")
    app = create_app(Settings(data=data, limits=limits, staff_second_factor=False, **said), secrets)
    app.jinja_env.bytecode_cache = KeptTemplates()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield app, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


def said(text: str) -> str:
    """How the catalogue says this message id in French; words of the database stay as they are."""
    return WORDS.gettext(text)


class Person:
    """Somebody in front of a screen; every page they see is checked."""

    def __init__(self, page: Page, site: tuple[Flask, str], twin: Page | None) -> None:
        self.page = page
        self.twin = twin
        self.app, self.address = site

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.look()

    def look(self) -> None:
        """What every page must be: no fault for axe, no way to scroll sideways, one h1, French."""
        html = self.page.content()
        check(html)
        page = self.page if self.twin is None else self._again(self.twin, html)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px"
        found: Any = Axe().run(page)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"

    def _again(self, twin: Page, html: str) -> Page:
        """The same page where axe can run: a browser without JavaScript runs no checker either."""
        place = f"{self.address}/seen-without-scripts"
        twin.route(place, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        twin.goto(place)
        twin.unroute(place)
        return twin

    def press(self, text: str) -> None:
        """Press the button or follow the link that says `text`, then look at the page that comes."""
        self._called(said(text)).click()
        self.page.wait_for_load_state()
        self.look()

    def _called(self, name: str) -> Locator:
        button = self.page.get_by_role("button", name=name)
        return (button if button.count() else self.page.get_by_role("link", name=name)).first

    def write(self, label: str, words: str) -> None:
        self.page.get_by_label(said(label)).first.fill(words)

    def choose(self, label: str) -> None:
        self.page.get_by_label(said(label)).first.check()

    def tab_to(self, text: str) -> None:
        """Go on with the Tab key, focus seen all the way, until the control that says `text` has it."""
        name = said(text)
        for _press in range(60):
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(FOCUS), f"focus cannot be seen on {self.page.url}"
            if self.page.evaluate(NAMED, name):
                return
        raise AssertionError(f"the Tab key does not reach {name!r} on {self.page.url}")

    def mailed(self, address: str) -> str:
        """The last message written to this address."""
        with self.app.app_context():
            rows = select(Message).where(Message.kind.in_(list(Kind))).order_by(Message.id.desc())
            return next(message.body for message in db.session.scalars(rows) if message.address == address)


Newcomer = Callable[[], Person]


def opened(browser: Browser, width: int, scripts: bool) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts, locale="fr-FR"
    )
    context.set_default_timeout(15_000)
    return context.new_page()


def _person(browser: Browser, site: tuple[Flask, str], width: int, scripts: bool) -> Iterator[Person]:
    page = opened(browser, width, scripts)
    twin = None if scripts else opened(browser, width, True)
    yield Person(page, site, twin)
    for one in filter(None, (page, twin)):
        one.context.close()


@pytest.fixture(params=WAYS, ids=IDS)
def person(browser: Browser, site: tuple[Flask, str], request: pytest.FixtureRequest) -> Iterator[Person]:
    """Somebody on a phone or at a desk, with and without JavaScript."""
    yield from _person(browser, site, *request.param)


@pytest.fixture(params=WAYS, ids=IDS)
def newcomer(browser: Browser, demo: tuple[Flask, str], request: pytest.FixtureRequest) -> Iterator[Newcomer]:
    """Somebody whom the site has never seen, as often as it is called."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(contextmanager(_person)(browser, demo, *request.param))


@pytest.fixture(params=[320, 1280])
def keyboard(browser: Browser, site: tuple[Flask, str], request: pytest.FixtureRequest) -> Iterator[Person]:
    """Somebody who has no mouse."""
    yield from _person(browser, site, request.param, True)


@pytest.fixture
def second(browser: Browser, site: tuple[Flask, str]) -> Iterator[Person]:
    """Somebody else, at the same time."""
    yield from _person(browser, site, 1280, True)
