"""From a misspelt search to a word on paper; a page is written and published; three people read one."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from engage.core.db import db
from engage.pages.models import PageVersion
from engage.pages.rounds.codes import code_of
from engage.pages.rounds.models import ReaderKind, RoundReader, Understanding
from tests.journeys.conftest import Newcomer, Person, said
from tests.journeys.dates import enter

pytestmark = pytest.mark.journey

SLUG, TITLE = "sortir-de-l-hopital", "Sortir de l’hôpital"
LARGE = """() => [...document.querySelectorAll('main p, main li, main h1, main h2')]
  .filter(one => one.offsetParent).map(one => getComputedStyle(one))
  .every(style => parseFloat(style.fontSize) >= 16 && style.textAlign !== 'justify')"""
TEXT = """() => [...document.querySelectorAll('.leaf-text p, .leaf-text li')]
  .map(one => getComputedStyle(one))
  .every(style => parseFloat(style.fontSize) >= 19 && style.fontStyle === 'normal'
    && style.textTransform === 'none' && style.textAlign !== 'justify')"""


def looks(person: Person, script: str) -> bool:
    """What the styles of this page say, asked where scripts run."""
    page = person.page if person.twin is None else person.twin
    return bool(page.evaluate(script))


def test_from_a_misspelt_search_to_a_word_on_paper(newcomer: Newcomer) -> None:
    reader = newcomer()
    search_with_mistakes(reader)
    read_the_short_text_and_come_back(reader)
    define_a_word(reader)
    print_it(reader)
    learn_whom_to_call(reader)


def search_with_mistakes(reader: Person) -> None:
    reader.open("/")
    reader.press("Understand")
    reader.write("What are you looking for?", "sorti d opital")
    reader.press("Search")
    reader.press(TITLE)
    assert urlsplit(reader.page.url).path == f"/pages/{SLUG}"
    assert looks(reader, LARGE)
    assert looks(reader, TEXT)


def read_the_short_text_and_come_back(reader: Person) -> None:
    """The same sections stand in both texts, so that the switch keeps the place."""
    titles = reader.page.locator(".leaf-text h2").all_inner_texts()
    reader.press("Short version")
    assert "texte=court" in reader.page.url
    assert reader.page.locator(".leaf-text h2").all_inner_texts() == titles
    assert looks(reader, TEXT)
    assert said("easy to read") not in reader.page.inner_text("main"), "nobody concerned has read it yet"
    reader.press("Full text")


def define_a_word(reader: Person) -> None:
    """A box where scripts run, else the page of the word; the keyboard reaches both and leads back."""
    link = reader.page.locator("a.defined").first
    word = link.inner_text()
    link.focus()
    reader.page.keyboard.press("Enter")
    if reader.twin is None:
        box = reader.page.locator("dialog[open]")
        box.wait_for()
        assert box.inner_text().strip()
        reader.look()
        reader.page.keyboard.press("Escape")
        assert reader.page.evaluate("document.activeElement.textContent") == word
    else:
        reader.page.wait_for_url("**/mots/*")
        reader.look()
        reader.page.go_back()


def print_it(reader: Person) -> None:
    """The page itself on paper lists its words; the sheet and the leaflet are PDF."""
    reader.page.emulate_media(media="print")
    assert reader.page.locator(".defined-words").is_visible()
    assert not reader.page.locator("nav.ways").is_visible()
    reader.page.emulate_media(media="screen")
    papers = reader.page.locator("main a[href$='.pdf'], main a[href*='.pdf?']")
    addresses = [papers.nth(place).get_attribute("href") for place in range(papers.count())]
    assert len(addresses) >= 2
    for address in addresses:
        answer = reader.page.request.get(f"{reader.address}{address}")
        assert answer.headers["content-type"] == "application/pdf"


def learn_whom_to_call(reader: Person) -> None:
    """Three questions at most from the front door to a number, and the emergency before any of them."""
    reader.open("/")
    reader.press("Find whom to call")
    assert reader.page.locator("main a[href='tel:15']").first.is_visible()
    asked = 0
    while choices := reader.page.locator(".tiles a").all():
        assert len(choices) >= 2
        choices[0].click()
        reader.page.wait_for_load_state()
        reader.look()
        asked += 1
    assert 1 <= asked <= 3
    assert reader.page.locator(".call-card .call-number a[href^='tel:']").count()


def test_a_page_is_written_checked_mended_and_published(newcomer: Newcomer) -> None:
    chloe, reader = newcomer(), newcomer()
    enter(chloe, "chloe")
    begin(chloe)
    read_what_the_assistant_says(chloe)
    mend(chloe)
    answer_the_questions(chloe)
    publish(chloe)
    reader.open("/recherche?q=fauteuil roulant")
    reader.press("Venir en fauteuil")
    assert "La rampe est à gauche." in reader.page.inner_text("main")


def begin(chloe: Person) -> None:
    chloe.open("/equipe/pages")
    chloe.press("Write a page")
    chloe.page.locator("[name=title]").fill("Venir en fauteuil")
    chloe.page.locator("main form button:not([hidden])").last.click()
    chloe.page.wait_for_load_state()
    chloe.look()


def keep(chloe: Person, simple: str) -> None:
    chloe.page.locator("[name=message]").fill("Vous venez en fauteuil ? Tout est prêt pour vous.")
    chloe.page.locator("[name=simple]").fill(simple)
    chloe.page.locator("[name=short]").fill("{access} Vous venez en fauteuil.\nLa porte est large.")
    chloe.press("Keep the draft")


def read_what_the_assistant_says(chloe: Person) -> None:
    keep(chloe, "## Entrer\n\nAppelez le ZRTQ au préalable.\n\n![](image:porte)")
    text = chloe.page.inner_text("main")
    assert "ZRTQ" in text
    chloe.open(urlsplit(chloe.page.url).path.rsplit("/", 2)[0])
    assert chloe.page.locator("main button", has_text=said("Publish")).count() == 0, "it is stopped"


def mend(chloe: Person) -> None:
    chloe.press("Go on writing")
    keep(chloe, "## Entrer\n\nLa rampe est à gauche. Vous pouvez appeler un fauteuil roulant.\n\n"
         "::: appeler\n- téléphone : 04 00 00 00 10\n:::")  # fmt: skip


def answer_the_questions(chloe: Person) -> None:
    chloe.open(urlsplit(chloe.page.url).path.rsplit("/", 2)[0])
    chloe.press("The 20 questions")
    assert chloe.page.locator("main fieldset, main [type=checkbox]").count() >= 20


def publish(chloe: Person) -> None:
    chloe.open(urlsplit(chloe.page.url).path.rsplit("/", 2)[0])
    chloe.press("Publish")
    with chloe.app.app_context():
        newest = db.session.scalars(select(PageVersion).order_by(PageVersion.id.desc())).first()
        assert newest is not None
        assert newest.title == "Venir en fauteuil"
        assert newest.published_at is not None


def test_a_round_of_three_on_screen_and_on_paper(newcomer: Newcomer) -> None:
    chloe = newcomer()
    enter(chloe, "chloe")
    open_a_round(chloe)
    for name in ("Irma", "Youssef", "Ginette"):
        invite(chloe, name)
    there = urlsplit(chloe.page.url).path
    read_on_the_screen(newcomer(), "Irma", ReaderKind.OLDER)
    read_on_the_screen(newcomer(), "Youssef", ReaderKind.LEARNS_FRENCH)
    chloe.open(there)
    type_in_the_sheet(chloe)
    close_and_allow(chloe)
    reader = newcomer()
    reader.open(f"/pages/{SLUG}?texte=court")
    assert said("Easy to read") in reader.page.inner_text("main")
    assert not any(name in reader.page.inner_text("main") for name in ("Irma", "Youssef", "Ginette"))
    change_a_word(chloe)
    reader.open(f"/pages/{SLUG}?texte=court")
    assert said("Easy to read") not in reader.page.inner_text("main"), "nobody has read these words"


def open_a_round(chloe: Person) -> None:
    chloe.open(f"/equipe/pages/{SLUG}/relectures/fr/1")
    chloe.page.locator("[name=body][value=short]").check()
    chloe.press("Open the round")


def invite(chloe: Person, name: str) -> None:
    chloe.page.locator("main form [name=name]").fill(name)
    chloe.page.get_by_role("button", name=said("Invite"), exact=True).click()
    chloe.page.wait_for_load_state()
    chloe.look()


def reader_named(name: str) -> RoundReader:
    return next(one for one in db.session.scalars(select(RoundReader)) if one.name == name)


def read_on_the_screen(reader: Person, name: str, kind: ReaderKind) -> None:
    """With the code of their paper, line by line; they stop, and go on where they were."""
    with reader.app.app_context():
        code = code_of(reader_named(name))
    reader.open("/relecture")
    reader.page.locator("[name=code]").fill(code.lower().replace("-", " "))
    reader.press("Begin to read")
    reader.page.locator(f"[name=kind][value={kind}]").check(force=True)
    reader.press("Begin to read")
    answer(reader, Understanding.YES)
    place = reader.page.inner_text("h1")
    reader.press("Stop, and go on later")
    reader.open("/relecture")
    reader.page.locator("[name=code]").fill(code)
    reader.press("Begin to read")
    reader.press("Go on reading")
    assert reader.page.inner_text("h1") == place
    answer(reader, Understanding.NO)
    while reader.page.locator("[name=mark]").count():
        answer(reader, Understanding.YES)
    reader.press("Send my answers")


def answer(reader: Person, mark: Understanding) -> None:
    reader.page.locator(f"button[name=mark][value={mark}]").click()
    reader.page.wait_for_load_state()


def type_in_the_sheet(chloe: Person) -> None:
    with chloe.app.app_context():
        code = reader_named("Ginette").code
    round_ = urlsplit(chloe.page.url).path
    paper = chloe.page.request.get(f"{chloe.address}{round_}/feuille.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    chloe.open(f"{round_}/lecteurs/{code}/feuille")
    chloe.page.locator("select[name=kind]").select_option(ReaderKind.PATIENT)
    for line in chloe.page.locator(f"input[value={Understanding.UNSURE}]").all():
        line.check()
    chloe.press("Keep the sheet")


def close_and_allow(chloe: Person) -> None:
    """Two read the same line without understanding it: it stands first; the team decides, no score does."""
    chloe.page.locator("[name=changed]").fill("Une phrase coupée en deux.")
    chloe.press("Save")
    chloe.press("Close the round")
    chloe.press("Say that this version is easy to read")


def change_a_word(chloe: Person) -> None:
    chloe.open(f"/equipe/pages/{SLUG}")
    chloe.page.locator("form[action$='/brouillons'] button").first.click()
    chloe.page.wait_for_load_state()
    short = chloe.page.locator("[name=short]")
    short.fill(short.input_value().replace("papiers", "feuilles"))
    chloe.press("Keep the draft")
    chloe.open(f"/equipe/pages/{SLUG}")
    chloe.press("Publish")
