"""Our Markdown: what is drawn, what is refused and where, and how a text is taken apart."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.pages import markup

TEXT = """Un début.

## {phone} Nous **appeler**
::: appeler
- téléphone : 04 00 00 00 01 (l’accueil)
- bouton : [Donner une idée](/idees)
- date : le lundi
Ou venez.
:::
## Nous appeler
1. Un *mot*
2. [Le site](https://example.org/a?b=1&c=2) et ![Une porte](image:porte.png)
::: mot DAC
Une équipe.
:::
"""


@pytest.fixture(autouse=True)
def _page(session: None, app: Flask) -> None:
    """Icons come from the templates."""


def drawn(text: str, language: str = "fr") -> str:
    return str(markup.html(text, lambda name: f"/images/{name}", language))


@pytest.mark.parametrize("engine_name", ["sqlite"])
class TestOurMarkdown:
    def test_draws_titles_fields_blocks_and_words(self) -> None:
        page = drawn(TEXT)
        assert '<h2 id="partie-nous-appeler"><svg' in page
        assert '<h2 id="partie-nous-appeler.2">Nous appeler</h2>' in page
        assert '<a class="call" href="tel:0400000001">' in page
        assert '<b dir="ltr">04 00 00 00 01</b> <span>l’accueil</span>' in page
        assert '<a class="deed" href="/idees">Donner une idée</a>' in page
        assert "<li>Un mot</li>" in page, "no italics"
        assert '<a href="https://example.org/a?b=1&amp;c=2">Le site</a>' in page
        assert '<img src="/images/porte.png" alt="Une porte" loading="lazy">' in page
        assert '<p class="part-title">DAC</p>' in page
        assert '<p class="part-title">Ce que vous pouvez faire</p>' in page
        assert '<p class="part-title">What you can do</p>' in drawn(TEXT, "en")
        assert markup.problems(TEXT) == []

    def test_keeps_a_number_in_its_order_between_arabic_words(self) -> None:
        text = "اتصلوا بنا على الرقم **04 00 00 00 01** أو 15.\n\n::: attention\nانتبهوا\n:::"
        page = drawn(text, "ar")
        assert '<strong><bdi dir="ltr">04 00 00 00 01</bdi></strong>' in page
        assert "part-title" not in page, "no French title in a text that is not French"

    def test_takes_a_text_apart(self) -> None:
        parts = markup.sections(TEXT)
        assert [(part.anchor, part.title, part.icon) for part in parts] == [
            ("", "", ""),
            ("partie-nous-appeler", "Nous appeler", "phone"),
            ("partie-nous-appeler.2", "Nous appeler", ""),
        ]
        lines = {line.number: line for line in markup.lines(TEXT)}
        assert lines[2].is_title
        assert lines[4].words == "téléphone : 04 00 00 00 01 (l’accueil)"
        assert lines[11].picture == "porte.png"
        assert lines[11].words == "Le site et"
        assert lines[12].words == "DAC"
        assert "**" not in markup.plain(TEXT)
        assert ":::" not in markup.plain(TEXT)
        assert markup.places(parts[1:], parts[:1]) == [["partie-nous-appeler", "partie-nous-appeler.2"]]

    def test_draws_the_short_text_line_by_line(self) -> None:
        text = "{phone} Appelez **le 15**.\n![Une porte](image:porte) Entrez.\n::: faire\nRestez calme.\n"
        page = str(markup.short(text, lambda name: f"/images/{name}"))
        assert page.count('<p class="line">') == 3
        assert "<span>Appelez <strong>le 15</strong>.</span>" in page
        assert '<img src="/images/porte" alt="Une porte" loading="lazy"><span>Entrez.</span>' in page
        assert page.count("<div") == page.count("</div>")

    def test_who_does_not_hear_writes_to_114(self) -> None:
        page = drawn("::: appeler\n- téléphone : 114 par SMS\n- téléphone : 112 partout\n:::")
        assert 'href="sms:114"' in page
        assert 'href="tel:112"' in page
        assert "tel:114" not in page

    @pytest.mark.parametrize(
        ("text", "line", "said"),
        [
            ("Bien.\n<script>alert(1)</script>", 2, "HTML"),
            ("Un\n\n<!-- note -->", 3, "HTML"),
            ("[ici](javascript:alert(1))", 1, "javascript"),
            ("[ici](JaVaScript&colon;alert(1))", 1, "pas sûr"),
            ("[ici](data:text/html,x)", 1, "data:"),
            ("[ici](//ailleurs.example)", 1, "pas sûr"),
            ("[](https://example.org)", 1, "pas de mots"),
            ("Bien.\n![](image:porte)", 2, "ne la voit pas"),
            ("![Une porte](https://example.org/p.png)", 1, "image:"),
            ("::: bravo\nOui\n:::", 1, "Les blocs sont"),
            ("Un\n::: faire\nOui", 2, "pas fermé"),
            ("::: faire\nOui\n::: éviter\nNon\n:::", 1, "pas fermé"),
            ("Un\n:::", 2, "aucun n’est ouvert"),
            ("::: mot\nOui\n:::", 1, "quel mot"),
            ("## {licorne} Titre", 1, "licorne"),
            ("::: appeler\n- téléphone : demain\n:::", 2, "numéro"),
            ("::: appeler\n- bouton : ici\n:::", 2, "nulle part"),
            ("é" * 2_500_000, 1, "trop long"),
        ],
    )
    def test_says_what_may_not_stand_and_where(self, text: str, line: int, said: str) -> None:
        found = markup.problems(text)
        assert [problem.line for problem in found] == [line]
        assert said in found[0].sentence

    @pytest.mark.parametrize(
        "text",
        [
            "<script>alert(1)</script>", "[x](javascript:alert(1))", "[x](java\nscript:alert(1))",
            "[x](&#106;avascript:alert(1))", "![x](javascript:alert(1))", "[x](/idees\"onclick=alert(1))",
            "[![x](image:a\"b)](data:x)", "::: faire <img src=x onerror=alert(1)>\n:::",
            "## <b>x</b>", "- bouton : [x](javascript:alert(1))", "::: appeler\n- bouton : [x](data:x)\n:::",
            "[x]: javascript:alert(1)\n\n[x]", "<javascript:alert(1)>",
        ],
    )  # fmt: skip
    def test_never_draws_what_acts(self, text: str) -> None:
        for page in (drawn(text), str(markup.short(text, lambda name: name)), str(markup.inline(text))):
            for act in (
                "<script",
                "<b>x",
                'href="java',
                'href="data',
                'src="java',
                "<img src=x",
                '" onclick',
            ):
                assert act not in page.lower()

    @given(st.text(alphabet="a1 \n#:{}[]()!*-_<>&\"'`~\\|équipe", max_size=120))
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    def test_whatever_is_typed_is_drawn_whole(self, text: str) -> None:
        for page in (drawn(text), str(markup.short(text, lambda _name: None))):
            for tag in ("div", "p", "ul", "ol", "li", "a", "strong", "span"):
                assert page.count(f"<{tag}>") + page.count(f"<{tag} ") == page.count(f"</{tag}>")
        markup.problems(text)
        assert all(line.words or line.picture for line in markup.lines(text))
