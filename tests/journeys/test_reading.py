"""A page that explains, read on a phone and at a desk: letters, place, languages, direction."""

from __future__ import annotations

import pytest

from engage.core.db import db
from tests.journeys.conftest import Person
from tests.pages.showing.conftest import told

pytestmark = pytest.mark.journey

# Every piece of text that is seen, with how it is drawn.
LETTERS = """() => {
  const seen = [];
  const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.trim(), around = walker.currentNode.parentElement;
    if (!words || around.closest('noscript, script, .govuk-visually-hidden, [hidden]')) continue;
    const style = getComputedStyle(around);
    if (!around.getClientRects().length) continue;
    seen.push({words, size: parseFloat(style.fontSize), align: style.textAlign, slant: style.fontStyle,
      capitals: style.textTransform});
  }
  return seen;
}"""


def look_at_letters(person: Person) -> None:
    for piece in person.page.evaluate(LETTERS):
        assert piece["size"] >= 19, piece
        assert piece["align"] != "justify", piece
        assert piece["slant"] == "normal", piece
        assert piece["capitals"] == "none", piece
        words = [word for word in piece["words"].split() if len(word) > 1 and word.isalpha()]
        assert len(words) < 2 or not all(word.isupper() for word in words), piece


@pytest.fixture
def page(person: Person) -> Person:
    with person.app.app_context():
        told()
        db.session.commit()
    return person


def test_letters_are_large_upright_and_never_justified(page: Person) -> None:
    for address in ("", "?texte=court", "?langue=ar", "?avec=ar"):
        page.open(f"/pages/sortir{address}")
        look_at_letters(page)
    page.open("/comprendre")


def test_the_switch_keeps_the_place(page: Person) -> None:
    page.open("/pages/sortir")
    has_scripts = page.twin is None
    page.page.locator("#partie-le-jour-du-retour").scroll_into_view_if_needed()
    page.page.evaluate("document.getElementById('partie-le-jour-du-retour')?.scrollIntoView()")
    if has_scripts:
        page.page.get_by_role("link", name="Version courte", exact=True).click()
    else:
        page.page.locator("section", has=page.page.locator("#partie-le-jour-du-retour")).get_by_role(
            "link", name="Cette partie en quelques mots"
        ).click()
    page.page.wait_for_url("**/pages/sortir?texte=court#partie-le-jour-du-retour")
    page.look()
    assert page.page.locator("#partie-le-jour-du-retour").count() == 1


def test_a_page_from_right_to_left_begins_on_the_right(page: Person) -> None:
    page.open("/pages/sortir?langue=ar")
    title, article = page.page.locator("h1").bounding_box(), page.page.locator("article").bounding_box()
    assert title
    assert article
    assert title["x"] + title["width"] == pytest.approx(article["x"] + article["width"], abs=2)
    drawn = page.page.evaluate(
        """() => {
      const node = document.querySelector('bdi[dir=ltr]').firstChild, range = document.createRange();
      return [[0, 2], [node.length - 2, node.length]].map(([from, to]) => {
        range.setStart(node, from); range.setEnd(node, to); return range.getBoundingClientRect().left;
      });
    }"""
    )
    assert drawn[0] < drawn[1], "the first figures of a number stand on its left"
    picture, words = (
        page.page.locator(".core > svg").bounding_box(),
        page.page.locator(".core > p").bounding_box(),
    )
    assert picture
    assert words
    assert picture["x"] > words["x"]
