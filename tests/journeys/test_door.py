"""The door of a date on a telephone: without a network nothing is lost, and nothing is counted twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Route
from sqlalchemy import func, select

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.events.arriving import actions
from engage.events.arriving.models import Arrival, DoorPass
from engage.events.kinds import SignUpState
from engage.events.letters import spoken
from engage.events.models import Occurrence
from engage.events.signing.models import SignUp
from tests import make
from tests.events.signing.people import signed
from tests.journeys.conftest import Person, opened, said

pytestmark = pytest.mark.journey

NAMES = ["Amina Diallo", "Benoît Martin", "Chloé Petit", "Dominique Roux"]


@pytest.fixture
def date(site: tuple[Flask, str]) -> str:
    """A walk that begins in half an hour; its code."""
    with site[0].app_context():
        starts = now().replace(second=0, microsecond=0) + timedelta(minutes=30)
        made = make.occurrence(make.event(), starts_at=starts, capacity=9, place="Parc des Tilleuls")
        for place, name in enumerate(NAMES):
            signed(made, name, 3 if place == 1 else 1, contact=f"n{place}@exemple.fr")
        return made.code


@pytest.fixture
def phone(browser: Browser, site: tuple[Flask, str], date: str) -> Iterator[Person]:
    """A telephone at the door, 320 px wide, with the pass that the desk gives it."""
    page = opened(browser, 320, scripts=True)
    door = Person(page, site, None)
    _bring_pass(door, date)
    door.open(f"/accueil/{date}")
    page.wait_for_selector("[data-ready]", state="attached")
    yield door
    page.context.close()


def _bring_pass(door: Person, date: str) -> None:
    with door.app.app_context():
        occurrence = db.session.scalars(select(Occurrence).filter_by(code=date)).one()
        by = db.session.scalars(select(Account).filter_by(first_name="Chloé")).one()
        _made, token = actions.open_door(occurrence, device="Accueil", by=by)
        db.session.commit()
    cookie: Any = {"name": "door", "value": token, "url": f"{door.address}/accueil/{date}", "httpOnly": True}
    door.page.context.add_cookies([cookie])


def came(phone: Person) -> list[tuple[str, SignUpState, int]]:
    """Who is there, as the server knows it."""
    there = (SignUpState.ATTENDED, SignUpState.WALK_IN)
    with phone.app.app_context():
        rows = select(SignUp.name, SignUp.state, SignUp.party).where(SignUp.state.in_(there))
        return [
            (name or "", state, party) for name, state, party in db.session.execute(rows.order_by(SignUp.id))
        ]


def arrivals(phone: Person) -> int:
    with phone.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Arrival)) or 0


def here(phone: Person, name: str, heads: str = "") -> None:
    """Found by name, then one press."""
    page = phone.page
    page.locator("#q").fill(name.split(maxsplit=1)[0].lower())
    shown = page.locator("li.item:visible")
    assert shown.count() == 1, shown.all_inner_texts()
    if heads:
        shown.locator("select").select_option(heads)
    shown.get_by_role("button", name=said("Is here")).click()
    assert shown.get_by_role("button", name=said("Undo")).is_visible()


def status(phone: Person) -> str:
    return phone.page.locator("[data-status]").inner_text()


def wait_until_sent(phone: Person) -> None:
    phone.page.wait_for_function(
        "words => document.querySelector('[data-status]').textContent === words",
        arg=said("Everything is sent."),
    )


def test_three_people_and_a_walk_in_without_a_network(phone: Person, date: str) -> None:
    page, since = phone.page, now()
    page.context.set_offline(True)
    here(phone, NAMES[0])
    here(phone, NAMES[1], heads="2")
    here(phone, NAMES[2])
    page.get_by_label(said("Name, if they like")).fill("Paul Vidal")
    page.locator("#party").select_option("2")
    page.get_by_role("button", name=said("Add them")).click()
    for _twice in range(2):
        page.get_by_role("button", name=said("One more")).click()
    page.get_by_role("button", name=said("One less")).click()
    assert status(phone).endswith(" 7")
    assert page.locator("[data-people]").inner_text() == "6"
    assert (came(phone), arrivals(phone)) == ([], 0)
    page.locator("#q").fill("")
    phone.look()
    _no_name_is_readable(phone)
    page.reload()
    _wait_until_shown(phone)
    assert int(page.locator("[data-at]").get_attribute("data-at") or 0) < since.timestamp() * 1000
    assert status(phone).endswith(" 7")
    assert page.locator("[data-people]").inner_text() == "6"
    assert page.locator("[data-counted]").inner_text() == "1"
    phone.look()
    bodies = _sent_twice(phone)
    wait_until_sent(phone)
    first, second = (json.loads(body)["entries"] for body in bodies[:2])
    assert (len(first), second) == (7, first)
    assert came(phone) == [
        (NAMES[0], SignUpState.ATTENDED, 1), (NAMES[1], SignUpState.ATTENDED, 2),
        (NAMES[2], SignUpState.ATTENDED, 1), ("Paul Vidal", SignUpState.WALK_IN, 2),
    ]  # fmt: skip
    assert arrivals(phone) == 7
    with phone.app.app_context():
        assert db.session.scalars(select(Occurrence.head_count).filter_by(code=date)).one() == 1
    page.reload()
    _wait_until_shown(phone)
    assert page.locator("[data-people]").inner_text() == "6"
    phone.look()


def _wait_until_shown(phone: Person) -> None:
    phone.page.wait_for_selector("[data-status]:not([hidden])")


LYING_THERE = """async () => {
  const kept = Object.values(localStorage).concat(Object.values(sessionStorage));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) kept.push(await (await cache.match(request)).text());
  }
  return kept.join("\\n");
}"""


def _no_name_is_readable(phone: Person) -> None:
    """What lies on the telephone says nothing without the key, which the browser drops with the pass."""
    page = phone.page
    page.wait_for_function("() => Object.keys(localStorage).length > 0")
    lying = page.evaluate(LYING_THERE)
    assert "data-door" in lying
    assert [name for name in (*NAMES, "Paul Vidal") if name in lying or name.split()[1] in lying] == []


def test_a_telephone_that_nobody_opens_again_keeps_nothing_readable(phone: Person, date: str) -> None:
    """The browser drops the key by itself; what is left opens no more, and goes with the next look."""
    page = phone.page
    (key,) = [one for one in page.context.cookies() if one.get("name") == "door_list"]
    ends = int(page.locator("[data-ends]").get_attribute("data-ends") or 0) / 1000
    assert abs(key.get("expires", 0) - ends) < 2
    page.context.set_offline(True)
    here(phone, NAMES[0])
    page.context.clear_cookies(name="door_list")
    page.reload()
    _wait_until_shown(phone)
    assert page.locator("li.item").count() == 0
    assert NAMES[0] not in page.content()


def _sent_twice(phone: Person) -> list[str]:
    """Back on the network, whose first answer is lost: the telephone sends the same things once more."""
    bodies: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        bodies.append(route.request.post_data or "")
        answer = route.fetch()
        if len(bodies) == 1:
            assert answer.ok
            route.abort()
        else:
            route.fulfill(response=answer)

    phone.page.route("**/envoi", lose_the_first_answer)
    phone.page.context.set_offline(False)
    phone.page.wait_for_function("() => navigator.onLine")
    for _try in range(50):
        if len(bodies) > 1:
            return bodies
        phone.page.evaluate("window.dispatchEvent(new Event('online'))")
        phone.page.wait_for_timeout(100)
    raise AssertionError(f"sent {len(bodies)} times")


def test_mistakes_are_undone_and_letters_find_people(phone: Person, date: str) -> None:
    page = phone.page
    with phone.app.app_context():
        codes = select(SignUp.code).order_by(SignUp.id)
        letters = [spoken(code) for code in db.session.scalars(codes)]
    page.locator("#q").fill(letters[3].lower())
    assert page.locator("li.item:visible h3").all_inner_texts() == [NAMES[3]]
    page.locator("#q").fill("")
    here(phone, NAMES[0])
    page.get_by_role("button", name=said("Undo")).first.click()
    page.context.set_offline(True)
    page.get_by_label(said("Name, if they like")).fill("Paul Vidal")
    page.get_by_role("button", name=said("Add them")).click()
    page.locator("#q").fill("paul")
    page.locator("li.item:visible").get_by_role("button", name=said("Undo")).click()
    assert page.locator("li.item:visible").count() == 0
    assert page.locator("[data-nobody]").is_visible()
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until_sent(phone)
    assert came(phone) == []
    page.locator("#q").fill("")
    phone.look()


def test_the_keyboard_alone_is_enough(phone: Person) -> None:
    phone.tab_to("Is here")
    phone.page.keyboard.press("Enter")
    assert phone.page.evaluate("document.activeElement.name") == "undone"
    wait_until_sent(phone)
    assert [name for name, *_rest in came(phone)] == [NAMES[0]]


def test_a_telephone_taken_back_wipes_the_list(phone: Person, date: str) -> None:
    page = phone.page
    here(phone, NAMES[0])
    wait_until_sent(phone)
    with phone.app.app_context():
        for door in db.session.scalars(select(DoorPass)):
            door.revoked_at = now()
        db.session.commit()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_role("heading", name=said("This phone is not at the door")).wait_for()
    phone.look()
    _nothing_is_left(phone)
    page.reload()
    phone.look()
    _nothing_is_left(phone)


def test_a_pass_that_ends_without_a_network_wipes_the_list_too(phone: Person, date: str) -> None:
    page = phone.page
    page.context.set_offline(True)
    here(phone, NAMES[0])
    page.evaluate("const real = Date.now; Date.now = () => real() + 30 * 3600 * 1000")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("heading", name=said("This phone is not at the door")).wait_for()
    assert NAMES[0] not in page.content()
    _nothing_is_left(phone)


def _nothing_is_left(phone: Person) -> None:
    page = phone.page
    page.wait_for_function("() => caches.keys().then(names => names.length === 0)")
    assert page.evaluate("Object.keys(localStorage)") == []


CAMERA = """(text) => {
  window.BarcodeDetector = class {
    detect() { return Promise.resolve(this.seen++ ? [{ rawValue: text }] : []); }
    seen = 0;
  };
  const seen = document.createElement("canvas");
  setInterval(() => seen.getContext("2d").fillRect(0, 0, 9, 9), 50);
  navigator.mediaDevices.getUserMedia = () => Promise.resolve(seen.captureStream());
}"""


def test_a_slip_is_scanned_where_the_browser_can(phone: Person, date: str) -> None:
    """The camera and what reads it are played; the code is that of the slip, an address with the letters."""
    page = phone.page
    with phone.app.app_context():
        codes = db.session.scalars(select(SignUp.code).order_by(SignUp.id)).all()
        slip = f"https://tilleuls.example.org/suivi#{spoken(codes[2]).replace(' ', '')}"
    assert not page.get_by_role("button", name=said("Scan a code")).count()
    page.add_init_script(f"({CAMERA})({json.dumps(slip)})")
    page.reload()
    page.get_by_role("button", name=said("Scan a code")).click()
    page.wait_for_function("() => document.querySelectorAll('li.item:not([hidden])').length === 1")
    assert page.locator("li.item:visible h3").all_inner_texts() == [NAMES[2]]
    assert page.locator("video").is_hidden()
    phone.look()
    page.keyboard.press("Enter")
    wait_until_sent(phone)
    assert [name for name, *_rest in came(phone)] == [NAMES[2]]


def test_the_desk_hands_a_pass_to_another_telephone(phone: Person, second: Person, date: str) -> None:
    """It follows what it scans, nobody signs in there, and each telephone hears what the other noted."""
    with second.app.app_context():
        occurrence = db.session.scalars(select(Occurrence).filter_by(code=date)).one()
        by = db.session.scalars(select(Account).filter_by(first_name="Chloé")).one()
        _made, code = actions.open_door(occurrence, device="Salle 2", by=by, is_handed_over=True)
        db.session.commit()
    second.open(f"/accueil/{date}/ouvrir#{code}")
    assert second.page.locator("#ticket").input_value() == code
    assert code not in second.page.url
    second.press("Open the door on this phone")
    here(second, NAMES[1])
    wait_until_sent(second)
    assert [name for name, *_rest in came(phone)] == [NAMES[1]]
    phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    phone.page.wait_for_function("() => document.querySelector('[data-people]').textContent === '3'")
