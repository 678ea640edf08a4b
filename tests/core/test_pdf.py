"""Paper: every sheet is tagged, in our type, large enough to read, and survives any text."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typst import TypstError

from engage.core import pdf
from tests.core.paper import (
    ALT,
    CALLS,
    CARD,
    FORM,
    HOSTILE,
    KINDS,
    LONG,
    MILLIMETRES,
    POSTER,
    SHARE,
    SHEETS,
    SLIP,
    TOLD,
    catalogue,
    codes,
    plain,
    read,
    sizes,
    structure,
    swapped,
    texts,
    title_of,
    words,
)

Printed = tuple[bytes, dict[str, Any]]
ONE_PAGE = "results of a wave"


@pytest.fixture(params=SHEETS, scope="module")
def sheet(request: pytest.FixtureRequest) -> Printed:
    template, data = SHEETS[request.param]
    return pdf.render(template, data, lang="fr"), data


def test_every_template_is_rendered_here() -> None:
    drawn = {path.stem for path in pdf.ROOT.glob("*.typ")} - {"house"}
    assert drawn == {template for template, _data in SHEETS.values()}


def test_sheet_has_its_size(sheet: Printed) -> None:
    content, data = sheet
    wanted = sorted(MILLIMETRES[data["paper"]])
    for page in read(content).pages:
        assert sorted(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) == wanted


def test_sheet_is_tagged_titled_and_in_its_language(sheet: Printed) -> None:
    content, data = sheet
    top = catalogue(content)
    assert top["/Lang"] == "fr"
    assert top["/MarkInfo"]["/Marked"] == True  # noqa: E712  (a PDF boolean)
    assert b"pdfuaid:part" in top["/Metadata"].get_data()
    assert title_of(content) == data["title"]
    kinds = [tag["/S"] for tag in structure(content)]
    assert kinds.count("/H1") == 1
    pictures = [tag["/Alt"] for tag in structure(content) if tag["/S"] == "/Figure"]
    assert pictures == [one["alt"] for one in data.get("pictures", [])] + [ALT] * codes(data)


def test_sheet_says_all_its_words(sheet: Printed) -> None:
    content, data = sheet
    shown = words(content)
    squeezed = shown.replace(" ", "")
    for text in texts(data):
        assert plain(text) in shown or plain(text).replace(" ", "") in squeezed, text


def test_sheet_is_large_enough_to_read(sheet: Printed) -> None:
    assert min(sizes(sheet[0])) >= 14


def test_sheet_embeds_our_type_only(sheet: Printed) -> None:
    for page in read(sheet[0]).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"]
            assert "AtkinsonHyperlegibleNext" in descriptor["/FontName"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


@pytest.mark.parametrize(
    "name",
    [
        "follow a5",
        "follow a6",
        "invitation a6",
        "poster a4",
        "poster a3",
        "share",
        "calls",
        "wave",
        "ballot with scores",
    ],
)
def test_an_ordinary_sheet_is_one_page(name: str) -> None:
    template, data = SHEETS[name]
    assert len(read(pdf.render(template, data, lang="fr")).pages) == 1


def test_english_sheet_says_so() -> None:
    assert catalogue(pdf.render("idea_share", SHARE, lang="en"))["/Lang"] == "en"


@pytest.mark.parametrize("name", ["follow a5", "form", "poster a4", "share", "wave"])
def test_without_a_telephone_nobody_is_asked_to_call(name: str) -> None:
    template, data = SHEETS[name]
    assert data["contact"] in words(pdf.render(template, data, lang="fr"))
    assert data["contact"] not in words(pdf.render(template, data | {"phone": ""}, lang="fr"))


def test_code_is_the_largest_thing_on_the_slip() -> None:
    content = pdf.render("follow_slip", SLIP | {"paper": "a6"}, lang="fr")
    assert max(sizes(content)) >= 28


def test_form_prints_as_many_copies_as_asked_on_two_sides_each() -> None:
    content = pdf.render("idea_slip", FORM | {"copies": 3}, lang="fr")
    assert len(read(content).pages) == 6
    assert words(content).count(FORM["theme_label"]) == 3


def test_form_keeps_two_sides_with_many_themes() -> None:
    themes = [f"Un thème assez long {number}" for number in range(14)]
    assert len(read(pdf.render("idea_slip", FORM | {"themes": themes}, lang="fr")).pages) == 2


@pytest.mark.parametrize(("cards", "pages"), [(0, 1), (1, 1), (3, 1), (8, 2), (20, 4)])
def test_poster_loses_no_card(cards: int, pages: int) -> None:
    said = [CARD | {"said": f"Parole {number:03}", "kind": KINDS[number % 4]} for number in range(cards)]
    content = pdf.render("results_poster", POSTER | {"paper": "a4", "cards": said}, lang="fr")
    assert len(read(content).pages) <= pages
    assert re.findall(r"Parole \d{3}", words(content)) == [card["said"] for card in said]
    assert (POSTER["empty"] in words(content)) == (cards == 0)


def test_poster_is_larger_when_there_is_little_to_say_and_on_a3() -> None:
    def body(cards: int, paper: str) -> float:
        data = POSTER | {"paper": paper, "cards": [CARD] * cards}
        return sorted(sizes(pdf.render("results_poster", data, lang="fr")))[-2]  # the title is the largest

    assert body(1, "a4") > body(8, "a4")
    assert body(8, "a3") > body(8, "a4")


def test_long_list_repeats_its_header_and_keeps_every_row() -> None:
    rows = [CALLS["rows"][0] | {"who": f"Personne {number:03}"} for number in range(60)]
    content = pdf.render("call_list", CALLS | {"rows": rows}, lang="fr")
    assert re.findall(r"Personne \d{3}", words(content)) == [row["who"] for row in rows]
    assert words(content).count("Quoi dire") == len(read(content).pages) > 1
    assert [tag["/S"] for tag in structure(content)].count("/TH") == 5


def test_empty_list_says_so() -> None:
    assert CALLS["empty"] in words(pdf.render("call_list", CALLS | {"rows": []}, lang="fr"))


@pytest.mark.parametrize("name", [name for name in SHEETS if name != ONE_PAGE])
@pytest.mark.parametrize(
    "text", [HOSTILE, LONG, "y" * 2000, "", "👍🏽\u202e\u200b\x00\x07", "Привет мир", "\n\n\n"]
)
def test_any_text_prints_as_it_is(name: str, text: str) -> None:
    template, data = SHEETS[name]
    content = pdf.render(template, swapped(data, text) | {"title": "Titre"}, lang="fr")
    if text in (HOSTILE, LONG):
        assert plain(text).replace(" ", "") in words(content).replace(" ", "")


@pytest.mark.parametrize("text", [HOSTILE, "y" * 60, "👍🏽\u202e\u200b\x00\x07", "Привет мир", "\n\n\n"])
def test_what_the_team_writes_on_the_results_prints_as_it_is(text: str) -> None:
    said = {"heard": text, "promised": text, "quotes": [text], "commitments": [text]}
    content = pdf.render("survey_sheet", TOLD | said, lang="fr")
    assert len(read(content).pages) == 1
    if text == HOSTILE:
        assert words(content).replace(" ", "").count(plain(text).replace(" ", "")) == 4


def test_results_that_need_a_second_page_are_refused() -> None:
    with pytest.raises(TypstError, match="longer than one page"):
        pdf.render("survey_sheet", TOLD | {"heard": LONG}, lang="fr")


@pytest.mark.parametrize("name", ["share", "calls", "follow a6", "poster a4"])
def test_long_text_stays_on_the_paper(name: str) -> None:
    template, data = SHEETS[name]
    content = pdf.render(template, swapped(data, "y" * 300) | {"title": "Titre"}, lang="fr")
    narrow = 0.45 * 14  # an y is wider, in points
    for page in read(content).pages:
        shown = page.extract_text().replace("\u200b", "")
        assert max(map(len, re.findall("y+", shown)), default=0) * narrow < float(page.mediabox.width)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_a_sheet(text: str) -> None:
    assert pdf.render("idea_share", SHARE | {"text": text}, lang="fr").startswith(b"%PDF")


def test_every_drawable_character_has_a_glyph() -> None:
    everything = " ".join(sorted(pdf.drawable()))
    assert set("éèêëàâçîïôöùûüÿœŒæÆÉÀÇ«»’“”–—…€°·‹› \u00a0") <= pdf.drawable()
    assert pdf.render("idea_share", SHARE | {"text": everything}, lang="fr").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("given_text", "printed"),
    [
        ("L’été\u202f: œuvre «\u00a0où\u00a0»", "L’été\u202f: œuvre «\u00a0où\u00a0»"),
        ("cafe\u0301", "café"),
        ("Bravo 👍🏽 à l’équipe", "Bravo à l’équipe"),
        ("Привет мир, bonjour", "[…], bonjour"),
        ("Accueil → salle", "Accueil › salle"),
        ("ﬁn Ａ１ ①", "fin A1 1"),
        ("a\u200bb\u202ec\x00d\ufeffe", "abcde"),
        ("une\tligne\r\nautre\rfin", "une ligne\nautre\nfin"),
        ("", ""),
    ],
)
def test_what_our_type_cannot_draw_is_left_out_or_marked(given_text: str, printed: str) -> None:
    assert pdf.printable(given_text) == printed


def test_a_warning_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fonts").symlink_to(pdf.ROOT / "fonts")
    (tmp_path / "odd.typ").write_text('#set document(title: "T")\n#set text(font: "Nowhere Sans")\nBonjour')
    monkeypatch.setattr(pdf, "ROOT", tmp_path)
    with pytest.raises(pdf.NotPrintable, match="nowhere"):
        pdf.render("odd", {}, lang="fr")


def test_templates_reach_for_nothing_outside_and_hold_no_words() -> None:
    for path in pdf.ROOT.glob("*.typ"):
        code = "\n".join(line for line in path.read_text().splitlines() if not line.startswith("//"))
        assert not re.search(r"@preview|@local|https?://(?!www\.w3\.org/2000/svg)", code), path
        assert not re.search(r"\b(idée|vous|votre|your|idea\b(?!_))\b", code, re.IGNORECASE), path


def test_four_threads_print_at_once() -> None:
    def title(number: int) -> str:
        return title_of(pdf.render("idea_share", SHARE | {"title": f"Idée {number}"}, lang="fr"))

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(title, range(24))) == [f"Idée {number}" for number in range(24)]


def test_rendering_is_quick(capsys: pytest.CaptureFixture[str]) -> None:
    for name, (template, data) in SHEETS.items():
        pdf.render(template, data, lang="fr")
        begun = time.perf_counter()
        pdf.render(template, data | {"title": f"Encore {name}"}, lang="fr")
        spent = time.perf_counter() - begun
        with capsys.disabled():
            print(f"\n{name}: {spent * 1000:.0f} ms", end="")
        assert spent < 2
