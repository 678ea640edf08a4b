"""The team's side on a phone: what a page is about stands on the first screen, its ways one tap away."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Person, said
from tests.journeys.test_stories import sign_in

pytestmark = pytest.mark.journey

PHONE = {"width": 320, "height": 640}


def ways(somebody: Person) -> list[str]:
    links = somebody.page.locator(".side a")
    return [str(links.nth(place).get_attribute("href")) for place in range(links.count())]


def test_the_title_of_every_page_is_seen_at_once(person: Person) -> None:
    is_phone = (person.page.viewport_size or PHONE)["width"] == PHONE["width"]
    if is_phone:
        person.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sign_in(person, "chloe@exemple.fr")
    found = ways(person)
    assert len(found) > 8
    for path in found:
        person.open(path)
        title = person.page.locator("h1").bounding_box()
        assert title
        assert title["y"] + title["height"] <= PHONE["height"], path
        assert person.page.locator(".side").is_visible() is not is_phone


def test_the_ways_open_by_a_tap_on_a_phone_and_stand_open_elsewhere(person: Person) -> None:
    sign_in(person, "chloe@exemple.fr")
    menu = person.page.get_by_text(said("Menu of the team"), exact=True)
    if menu.is_visible():
        menu.click()
        person.look()
    person.page.locator(".side").get_by_role("link", name=said("Journal")).click()
    person.page.wait_for_url("**/equipe/journal")
    person.look()


def test_the_ways_open_by_keyboard(keyboard: Person) -> None:
    sign_in(keyboard, "chloe@exemple.fr")
    if keyboard.page.locator(".menu").is_visible():
        keyboard.tab_to("Menu of the team")
        keyboard.page.keyboard.press("Enter")
    keyboard.tab_to("Paper box")
    keyboard.page.keyboard.press("Enter")
    keyboard.page.wait_for_url("**/equipe/papier")
    keyboard.look()
