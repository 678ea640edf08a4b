"""A weekly walk and a workshop of 12 places, from their ready words to the thanks and the certificates."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import time, timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser
from pypdf import PdfReader
from sqlalchemy import select

from engage.accounts.queries import DEMO_DOMAIN
from engage.core import cache, clock
from engage.core.db import db
from engage.events.kinds import SignUpState
from engage.events.models import Event, Occurrence
from engage.events.signing.commands import tell_newcomers
from engage.intake.models import Door
from tests import make
from tests.browser import Visitor
from tests.journeys.conftest import Newcomer, Person, opened, said
from tests.journeys.dates import (
    Clock,
    address_of,
    arrivals,
    at,
    by_their_mail,
    doors,
    enter,
    say_who,
    stand,
    words_of,
    written,
)
from tests.journeys.test_answering import go
from tests.journeys.test_door import here, wait_until_sent
from tests.journeys.test_stories import CODE, sign_in

pytestmark = pytest.mark.journey

WALK, WORKSHOP = "Marche des Tilleuls", "Atelier du dos"
WEB, TABLET, DESK, RELAY = "Irma Caron", "Ahmed Bari", "Odile Garnier", "Sami Roux"
CROWD = ["Alix Vidal", "Rose Martin", "Luc Perrin", "Fanny Faure", "Hugo Blanc", "Lina Costa", "Marc Olive"]
CROWD += ["Eva Simon"]
NEXT, WALKS_IN = "Wanda Morel", "Farid Aziz"
ABSENT = (CROWD[0], RELAY)
OPINION = "Plus de pauses, et tout était clair."
DESK_PAGE = "/equipe/evenements"
IN_DAYS = 3


@pytest.fixture
def time_of_site(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr(clock, "datetime", moved)
    return moved


@pytest.fixture
def phone(browser: Browser, demo: tuple[Flask, str]) -> Iterator[Person]:
    """The telephone at the door: without a script it would need its network."""
    page = opened(browser, 320, scripts=True)
    yield Person(page, demo, None)
    page.context.close()


def test_from_the_ready_words_to_the_certificates(
    newcomer: Newcomer, phone: Person, time_of_site: Clock
) -> None:
    chloe = newcomer()
    enter(chloe, "chloe")
    plan_a_walk(chloe)
    join_once(newcomer())
    code = plan_a_workshop(chloe)
    print_the_poster(chloe, code)
    by_three_doors_and_a_relay(newcomer, chloe, code)
    fill_it(chloe.app, code)
    wait_in_line(newcomer(), code)
    cancel_by_mail(newcomer(), code)
    next_one = newcomer()
    take_the_place(next_one, code)
    remind_the_day_before(chloe, code, time_of_site)
    check_in_offline(chloe, phone, code, time_of_site)
    close_the_day(chloe, code, time_of_site)
    thank(chloe, code, time_of_site)
    say_how_it_was(newcomer(), chloe, code)
    attest(next_one, chloe, code)


def _planned(chloe: Person, kind: str, title: str, capacity: str) -> None:
    """With the ready words of its kind; only the title is another one."""
    chloe.open(DESK_PAGE)
    chloe.press("Plan an event")
    chloe.page.locator(f"a[href$='/nouveau/{kind}']").click()
    chloe.look()
    assert chloe.page.locator("[name=capacity]").input_value() == capacity
    chloe.page.locator("[name=title]").fill(title)
    chloe.press("Keep it, then choose the dates")


def _day(ahead: int) -> str:
    return (clock.today("Europe/Paris") + timedelta(days=ahead)).isoformat()


def plan_a_walk(chloe: Person) -> None:
    _planned(chloe, "walk", WALK, "")
    chloe.page.locator("[name=day]").fill(_day(2))
    chloe.choose("Every week, on the same weekday")
    chloe.page.locator("[name=last_day]").fill(_day(44))
    chloe.press("Go on")
    chloe.press("Make these dates")
    chloe.press("Publish the event")


def plan_a_workshop(chloe: Person) -> str:
    """One date, open until it starts; its code."""
    _planned(chloe, "workshop", WORKSHOP, "12")
    chloe.page.locator("[name=day]").fill(_day(IN_DAYS))
    chloe.press("Go on")
    chloe.press("Publish the event")
    link = chloe.page.locator(f"main a[href^='{DESK_PAGE}/dates/']").first
    return str(link.get_attribute("href")).rsplit("/", maxsplit=1)[-1]


def join_once(walker: Person) -> None:
    """Once for all: expected on each of the dates, but for the one that a tap excuses."""
    with walker.app.app_context():
        dates = db.session.scalars(select(Occurrence).join(Event).where(Event.title == WALK)).all()
        assert {clock.local(date.starts_at, "Europe/Paris").time() for date in dates} == {time(10)}
        codes = [date.code for date in sorted(dates, key=lambda date: date.starts_at)]
    walker.open(f"/evenements/{codes[0]}")
    walker.press("Join the group")
    say_who(walker, "Guy Leroy", "mail")
    walker.press("Join the group")
    assert walker.page.locator("ul.plain-list li").count() == len(codes) > 3
    assert on_each(walker, codes) == [SignUpState.CONFIRMED] * len(codes)
    walker.press("Open my page of the group")
    walker.press("I am not coming that day")
    first, *rest = on_each(walker, codes)
    assert (first, {*rest}) == (SignUpState.EXCUSED, {SignUpState.CONFIRMED})


def on_each(walker: Person, codes: list[str]) -> list[SignUpState]:
    return [state for code in codes for state in stand(walker, code).values()]


def print_the_poster(chloe: Person, code: str) -> None:
    chloe.open(f"{DESK_PAGE}/dates/{code}")
    link = chloe.page.get_by_role("link", name=said("Poster A4 (PDF)")).get_attribute("href")
    sheet = chloe.page.request.get(f"{chloe.address}{link}").body()
    (words,) = words_of(sheet)
    assert WORKSHOP in words
    assert f"/e/{code}" in words.replace(" ", ""), "a long address goes on in the next line"
    sides = PdfReader(io.BytesIO(sheet)).pages[0].mediabox[2:]
    assert [round(float(side) / 72 * 25.4) for side in sides] == [210, 297], "A4"


def by_three_doors_and_a_relay(newcomer: Newcomer, chloe: Person, code: str) -> None:
    """The site without an account, the tablet, the desk; and somebody brought by a social worker."""
    somebody = newcomer()
    somebody.open(f"/e/{code}")
    somebody.press("Sign up")
    say_who(somebody, WEB, "mail")
    somebody.press("Sign up")
    on_the_tablet(newcomer(), chloe)
    chloe.open(f"{DESK_PAGE}/dates/{code}")
    chloe.press("Sign somebody up")
    chloe.write("First name and name", DESK)
    chloe.page.locator("[name=reply][value=phone]").check()
    chloe.page.locator("[name=phone]").fill("06 39 98 20 01")
    chloe.press("Sign this person up")
    relay = newcomer()
    sign_in(relay, f"samuel@{DEMO_DOMAIN}")
    relay.open(f"/evenements/{code}/inscription")
    say_who(relay, RELAY, "reception")
    relay.page.locator("[name=consent]").check()
    relay.press("Sign up")
    assert set(stand(chloe, code)) == {WEB, TABLET, DESK, RELAY}
    assert doors(chloe, code) == {Door.WEB, Door.KIOSK, Door.RECEPTION, Door.RELAY}


def on_the_tablet(tablet: Person, chloe: Person) -> None:
    chloe.open("/equipe/bornes")
    tablet.open(urlsplit(chloe.page.inner_text("li.item strong")).path)
    tablet.press("Start")
    tablet.press("See the dates")
    tablet.page.locator("section", has_text=WORKSHOP).get_by_role("link").click()
    tablet.look()
    say_who(tablet, TABLET, "reception")
    tablet.press("Sign up")
    assert CODE.search(tablet.page.inner_text("main"))
    tablet.press("I have my code: finish")


def fill_it(site: Flask, code: str) -> None:
    """The others send the same form, without a screen."""
    for name in CROWD:
        visitor = Visitor(site)
        visitor.get(f"/evenements/{code}/inscription")
        said = {"name": name, "reply": "mail", "email": address_of(name)}
        visitor.post(f"/evenements/{code}/inscription", said)


def wait_in_line(somebody: Person, code: str) -> None:
    with somebody.app.app_context():
        cache.forget()
    somebody.open(f"/evenements/{code}")
    somebody.press("Join the waiting list")
    say_who(somebody, NEXT, "mail")
    somebody.press("Join the waiting list")
    states = Counter(stand(somebody, code).values())
    assert states == {SignUpState.CONFIRMED: 12, SignUpState.WAITING: 1}
    with somebody.app.app_context():
        tell_newcomers()
    assert said("You are the first one on the waiting list.") in somebody.mailed(address_of(NEXT))


def cancel_by_mail(somebody: Person, code: str) -> None:
    by_their_mail(somebody, WEB)
    somebody.press("I am not coming")
    assert stand(somebody, code)[WEB] is SignUpState.CONFIRMED, "pages that open change nothing"
    somebody.press("Yes, cancel my sign-up")
    there = stand(somebody, code)
    assert (there[WEB], there[NEXT]) == (SignUpState.CANCELLED, SignUpState.OFFERED)


def take_the_place(somebody: Person, code: str) -> None:
    by_their_mail(somebody, NEXT)
    assert stand(somebody, code)[NEXT] is SignUpState.OFFERED
    somebody.press("I take the place")
    assert Counter(stand(somebody, code).values()) == {SignUpState.CONFIRMED: 12, SignUpState.CANCELLED: 1}


def remind_the_day_before(chloe: Person, code: str, time_of_site: Clock) -> None:
    time_of_site.reach(chloe.app, at(chloe, code, -1, time(14, 5)))
    assert written(chloe) > 0
    assert written(chloe) == 0, "once"
    for name in (*CROWD, NEXT):
        assert said("See you soon:") in chloe.mailed(address_of(name))
    assert said("See you soon:") not in chloe.mailed(address_of(WEB))


def check_in_offline(chloe: Person, phone: Person, code: str, time_of_site: Clock) -> None:
    time_of_site.reach(chloe.app, at(chloe, code, 0, time(13, 45)))
    bring_to_the_door(chloe, phone, code)
    page = phone.page
    page.context.set_offline(True)
    came = [name for name in (TABLET, DESK, *CROWD, NEXT) if name not in ABSENT]
    for name in came:
        here(phone, name)
    page.get_by_label(said("Name, if they like")).fill(WALKS_IN)
    page.get_by_role("button", name=said("Add them")).click()
    assert SignUpState.ATTENDED not in stand(phone, code).values()
    page.locator("#q").fill("")
    phone.look()
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until_sent(phone)
    there = stand(phone, code)
    assert [name for name, state in there.items() if state is SignUpState.ATTENDED] == came
    assert there[WALKS_IN] is SignUpState.WALK_IN
    assert arrivals(phone, code) == len(came) + 1


def bring_to_the_door(chloe: Person, phone: Person, code: str) -> None:
    """The desk hands over a pass: a code that serves once."""
    enter(chloe, "chloe")
    chloe.open(f"{DESK_PAGE}/dates/{code}")
    chloe.press("Receive people")
    chloe.press("On another phone")
    phone.open(f"/accueil/{code}/ouvrir")
    phone.page.locator("#ticket").fill(chloe.page.inner_text(".code"))
    phone.press("Open the door on this phone")
    phone.page.wait_for_selector("[data-ready]", state="attached")


def close_the_day(chloe: Person, code: str, time_of_site: Clock) -> None:
    time_of_site.reach(chloe.app, at(chloe, code, 0, time(16, 30)))
    enter(chloe, "chloe")
    chloe.open(f"{DESK_PAGE}/dates/{code}/accueil")
    chloe.press("Close the day")
    there = stand(chloe, code)
    assert {name for name, state in there.items() if state is SignUpState.ABSENT} == set(ABSENT)


def thank(chloe: Person, code: str, time_of_site: Clock) -> None:
    """The next morning, those who came."""
    time_of_site.reach(chloe.app, at(chloe, code, 1, time(10, 5)))
    assert written(chloe) > 0
    assert written(chloe) == 0, "once"
    thanks = said("Thank you for being there:")
    thanked = {name for name in (WEB, *CROWD, NEXT) if thanks in chloe.mailed(address_of(name))}
    assert thanked == {*CROWD, NEXT} - set(ABSENT)


def say_how_it_was(stranger: Person, chloe: Person, code: str) -> None:
    found = re.search(r"(/evenements/avis/\S+)", chloe.mailed(address_of(NEXT)))
    assert found
    stranger.open(found[1])
    stranger.choose("I liked it")
    stranger.write("Do you want to say more?", OPINION)
    stranger.press("Send my opinion")
    enter(chloe, "chloe")
    chloe.open(f"{DESK_PAGE}/dates/{code}")
    chloe.press("What this date gave")
    assert OPINION in chloe.page.inner_text("main")


def attest(participant: Person, chloe: Person, code: str) -> None:
    """Their own, from their own page; those of everybody, from the desk."""
    participant.open("/evenements/inscription")
    link = participant.page.get_by_role("link", name=said("Certificate of attendance (PDF)"))
    own = participant.page.request.get(f"{participant.address}{link.get_attribute('href')}")
    (words,) = words_of(own.body())
    assert NEXT in words
    assert WORKSHOP in words
    form = chloe.page.locator("form[action$='/attestations.pdf']")
    token = str(form.locator("[name=csrf_token]").get_attribute("value"))
    place = f"{chloe.address}{form.get_attribute('action')}"
    sheets = words_of(chloe.page.request.post(place, form={"csrf_token": token}).body())
    came = {TABLET, DESK, *CROWD, NEXT, WALKS_IN} - set(ABSENT)
    assert len(sheets) == len(came)
    assert all(any(name in sheet for sheet in sheets) for name in came)


def test_without_a_mouse(keyboard: Person) -> None:
    with keyboard.app.app_context():
        code = make.occurrence(make.event(capacity=12)).code
        db.session.commit()
    keyboard.open(f"/evenements/{code}")
    go(keyboard, "Sign up")
    keyboard.tab_to("Your name")
    keyboard.page.keyboard.type(WEB)
    keyboard.tab_to("By e-mail")
    keyboard.page.keyboard.press("Space")
    keyboard.tab_to("Your e-mail address")
    keyboard.page.keyboard.type(address_of(WEB))
    go(keyboard, "Sign up")
    assert stand(keyboard, code) == {WEB: SignUpState.CONFIRMED}
    go(keyboard, "See or change my sign-up")
    go(keyboard, "I am not coming")
    go(keyboard, "Yes, cancel my sign-up")
    assert stand(keyboard, code) == {WEB: SignUpState.CANCELLED}
