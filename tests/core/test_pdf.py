"""Paper: every sheet is tagged, in our type, large enough to read, and survives any text."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from engage.core import pdf, qr

ADDRESS = "https://tilleuls.example.org/suivi"
ALT = "Code à scanner vers la page « Suivre »"
HOSTILE = "#let x = 1 *gras* _it_ $x^2$ `code` <a> @ref [b] \\ // /* */ ~ ' \" = - + #panic() {json} é œ Œ «\u202fça\u202f»"
LONG = ("mot très long répété, " * 100)[:2000]
MILLIMETRES = {"a3": (297, 420), "a4": (210, 297), "a5": (148, 210), "a6": (105, 148)}
REACH = {
    "scan": "Scannez, ou tapez :",
    "address": "tilleuls.example.org/suivi",
    "contact": "Chloé vous répond :",
    "phone": "04 00 00 00 00",
    "qr": {"rows": qr.matrix(ADDRESS), "alt": ALT},
    "centre": "Maison de santé des Tilleuls",
}
SLIP = REACH | {
    "title": "Votre idée est bien reçue",
    "code_label": "Votre numéro de suivi",
    "code": ["K7M", "4RT", "9XQ"],
    "code_hint": "Gardez ce papier\u00a0: lui seul ouvre votre message.",
    "parts": [
        {"heading": "Et maintenant\u202f?", "text": "L’équipe vous répond avant le mardi 8 décembre 2026."},
        {"heading": "Pour suivre", "text": "Tapez votre numéro sur la page «\u00a0Suivre mon message\u00a0»."},
    ],
}
FORM = REACH | {
    "paper": "a5",
    "copies": 1,
    "title": "Qu’est-ce qui irait mieux pour vous ici\u202f?",
    "lead": "Quelques mots suffisent. Ne donnez pas de nom ni de maladie.",
    "emergency": "Ici, pas d’urgence. Urgence\u00a0: 15 ou 112. Sourd\u00a0: 114 par SMS. Suicide\u00a0: 3114.",
    "idea_label": "Votre idée",
    "theme_label": "Elle parle de",
    "themes": ["Accueil", "Rendez-vous", "Attente", "Accès et parking", "Locaux", "Prévention"],
    "publish_label": "Pouvons-nous la publier\u202f?",
    "publish": ["Oui", "Non, pour l’équipe seulement"],
    "answer_label": "Comment vous donner la réponse\u202f?",
    "answers": ["Rien, merci", "Par e-mail", "Par téléphone", "Par lettre", "À l’accueil"],
    "name_label": "Votre prénom",
    "contact_label": "Votre e-mail, téléphone ou adresse",
    "drop": "Glissez ce papier dans la boîte, à l’accueil.",
}
CARD = {
    "said_label": "Vous avez dit",
    "said": "«\u00a0On attend debout devant la porte le matin.\u00a0»",
    "did_label": "Nous avons fait",
    "did": "Un banc est installé. La porte ouvre 15 minutes plus tôt.",
    "state": "Fait en octobre",
    "kind": "done",
}
KINDS = ("done", "underway", "planned", "refused")
POSTER = REACH | {
    "title": "Ce qui change grâce à vous",
    "lead": "21 réponses sur 23 données à temps cette année.",
    "empty": "Les premières réponses arrivent.",
    "cards": [CARD | {"kind": kind} for kind in KINDS],
}
SHARE = REACH | {
    "paper": "a4",
    "title": "Un banc devant la porte",
    "text": "On attend debout le matin. Pour mon père, c’est dur.",
    "progress_label": "Où en est cette idée",
    "steps": [
        {"label": "Reçue", "when": "lundi 5 octobre 2026", "note": "", "kind": "done"},
        {"label": "En cours", "when": "", "note": "Le banc est commandé.", "kind": "now"},
        {"label": "Fait", "when": "à venir", "note": "", "kind": "later"},
    ],
    "invite": "Vous pensez pareil\u202f? Dites «\u00a0Je soutiens\u00a0».",
}
CALLS: dict[str, Any] = {
    "paper": "a4",
    "centre": "Maison de santé des Tilleuls",
    "title": "À appeler, à écrire",
    "lead": "Notez qui a prévenu, et quand.",
    "columns": {"done": "Fait", "who": "Qui", "how": "Comment", "what": "Quoi dire", "by": "Par qui"},
    "rows": [
        {"who": "Martine", "how": "Téléphone\n04 00 00 00 01", "what": "Le banc est là depuis lundi."},
        {"who": "Ahmed", "how": "prenom.nom.assez.long@messagerie-exemple.org", "what": "Nous étudions votre idée."},
    ],
    "empty": "Personne n’attend de nouvelles.",
}
SHEETS: dict[str, tuple[str, Mapping[str, Any]]] = {
    "follow a5": ("follow_slip", SLIP | {"paper": "a5"}),
    "follow a6": ("follow_slip", SLIP | {"paper": "a6"}),
    "invitation a5": ("invitation_slip", SLIP | {"paper": "a5"}),
    "invitation a6": ("invitation_slip", SLIP | {"paper": "a6"}),
    "form": ("idea_slip", FORM),
    "poster a4": ("results_poster", POSTER | {"paper": "a4"}),
    "poster a3": ("results_poster", POSTER | {"paper": "a3"}),
    "share": ("idea_share", SHARE),
    "calls": ("call_list", CALLS),
}


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).replace("\u200b", "").split())


def plain(text: str) -> str:
    return " ".join(text.split())


def texts(data: object) -> Iterator[str]:
    """Every text of the data that a reader should find on the paper."""
    match data:
        case str():
            yield data
        case Mapping():
            for name, part in data.items():
                if name not in {"paper", "qr", "kind", "empty"}:
                    yield from texts(part)
        case list():
            for part in data:
                yield from texts(part)


def tags(node: Any) -> Iterator[DictionaryObject]:
    node = node.get_object()
    if isinstance(node, list):
        for part in node:
            yield from tags(part)
    elif isinstance(node, DictionaryObject) and "/S" in node:
        yield node
        yield from tags(node["/K"] if "/K" in node else DictionaryObject())


def structure(content: bytes) -> list[DictionaryObject]:
    return list(tags(read(content).trailer["/Root"]["/StructTreeRoot"]["/K"]))


def sizes(content: bytes) -> set[float]:
    found: set[float] = set()

    def see(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            found.add(round(abs(size * tm[3] * cm[3]), 1))

    for page in read(content).pages:
        page.extract_text(visitor_text=see)
    return found


@pytest.fixture(params=SHEETS, scope="module")
def sheet(request: pytest.FixtureRequest) -> tuple[bytes, Mapping[str, Any]]:
    template, data = SHEETS[request.param]
    return pdf.render(template, data, lang="fr"), data


def test_every_template_is_rendered_here() -> None:
    drawn = {path.stem for path in pdf.ROOT.glob("*.typ")} - {"house"}
    assert drawn == {template for template, _data in SHEETS.values()}


def test_sheet_has_its_size(sheet: tuple[bytes, Mapping[str, Any]]) -> None:
    content, data = sheet
    wanted = sorted(MILLIMETRES[data["paper"]])
    for page in read(content).pages:
        assert sorted(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) == wanted


def test_sheet_is_tagged_titled_and_in_its_language(sheet: tuple[bytes, Mapping[str, Any]]) -> None:
    content, data = sheet
    file = read(content)
    catalogue = file.trailer["/Root"]
    assert catalogue["/Lang"] == "fr"
    assert catalogue["/MarkInfo"]["/Marked"] is True or catalogue["/MarkInfo"]["/Marked"].value is True
    assert file.metadata is not None
    assert file.metadata.title == data["title"]
    assert b"pdfuaid:part" in file.trailer["/Root"]["/Metadata"].get_data()
    kinds = [tag["/S"] for tag in structure(content)]
    assert kinds.count("/H1") == 1
    pictures = [tag["/Alt"] for tag in structure(content) if tag["/S"] == "/Figure"]
    assert pictures == ([ALT] if "qr" in data else [])


def test_sheet_says_all_its_words(sheet: tuple[bytes, Mapping[str, Any]]) -> None:
    content, data = sheet
    shown = words(content)
    squeezed = shown.replace(" ", "")
    for text in texts(data):
        assert plain(text) in shown or plain(text).replace(" ", "") in squeezed, text


def test_sheet_is_large_enough_to_read(sheet: tuple[bytes, Mapping[str, Any]]) -> None:
    assert min(sizes(sheet[0])) >= 14


def test_sheet_embeds_our_type_only(sheet: tuple[bytes, Mapping[str, Any]]) -> None:
    for page in read(sheet[0]).pages:
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"]
            assert "AtkinsonHyperlegibleNext" in descriptor["/FontName"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


@pytest.mark.parametrize("name", ["follow a5", "follow a6", "invitation a6", "poster a4", "poster a3", "share", "calls"])
def test_an_ordinary_sheet_is_one_page(name: str) -> None:
    template, data = SHEETS[name]
    assert len(read(pdf.render(template, data, lang="fr")).pages) == 1


def test_english_sheet_says_so() -> None:
    assert read(pdf.render("idea_share", SHARE, lang="en")).trailer["/Root"]["/Lang"] == "en"


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
        data = POSTER | {"paper": paper, "cards": [CARD] * cards, "title": "T", "centre": "C", "lead": "", "phone": ""}
        return sorted(sizes(pdf.render("results_poster", data, lang="fr")))[-2]

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


def swapped(data: Any, text: str) -> Any:
    """The same sheet with every word of it replaced."""
    match data:
        case str():
            return text
        case Mapping():
            kept = {"paper", "kind", "rows" if "alt" in data else "paper"}
            return {name: part if name in kept else swapped(part, text) for name, part in data.items()}
        case list():
            return [swapped(part, text) for part in data]
    return data


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("text", [HOSTILE, LONG, "y" * 2000, "", "👍🏽\u202e\u200b\x00\x07", "Привет мир", "\n\n\n"])
def test_any_text_prints_as_it_is(name: str, text: str) -> None:
    template, data = SHEETS[name]
    content = pdf.render(template, swapped(data, text) | {"title": "Titre"}, lang="fr")
    if text in (HOSTILE, LONG, "y" * 2000):
        assert plain(text).replace(" ", "") in words(content).replace(" ", "")


@pytest.mark.parametrize("name", ["share", "calls", "follow a6", "poster a4"])
def test_long_text_stays_on_the_paper(name: str) -> None:
    template, data = SHEETS[name]
    content = pdf.render(template, swapped(data, "y" * 300) | {"title": "Titre"}, lang="fr")
    edges: list[float] = []
    for page in read(content).pages:
        width = float(page.mediabox.width)
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size, width=width: edges.append(
                (cm[4] + tm[4]) + 0.45 * size * max(map(len, text.split("\n"))) - width
            )
            if text.strip()
            else None
        )
    assert max(edges) < 0


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


def test_a_warning_is_an_error(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fonts").symlink_to(pdf.ROOT / "fonts")
    (tmp_path / "odd.typ").write_text('#set document(title: "T")\n#set text(font: "Nowhere Sans")\nBonjour')
    monkeypatch.setattr(pdf, "ROOT", tmp_path)
    with pytest.raises(pdf.NotPrintable, match="Nowhere"):
        pdf.render("odd", {}, lang="fr")


def test_templates_reach_for_nothing_outside_and_hold_no_words() -> None:
    for path in pdf.ROOT.glob("*.typ"):
        code = "\n".join(line for line in path.read_text().splitlines() if not line.startswith("//"))
        assert not re.search(r"@preview|@local|https?://(?!www\.w3\.org/2000/svg)", code), path
        assert not re.search(r"\b(idée|vous|votre|your|idea\b(?!_))\b", code, re.IGNORECASE), path


def test_four_threads_print_at_once() -> None:
    def title(number: int) -> str:
        content = pdf.render("idea_share", SHARE | {"title": f"Idée {number}"}, lang="fr")
        return str(read(content).metadata.title)  # type: ignore[union-attr]

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
