"""The front door and the pages owed to readers."""

from __future__ import annotations

import pytest

from tests.browser import Visitor


def test_the_question_stands_on_the_first_page(nobody: Visitor) -> None:
    page = nobody.get("/").get_data(as_text=True)
    assert "Qu’est-ce qui irait mieux pour vous ici" in page
    assert 'name="text"' in page
    assert "Réponse avant le" in page


@pytest.mark.parametrize("path", ["/contact", "/mentions-legales", "/accessibilite", "/donnees-personnelles"])
def test_what_is_owed_is_reachable_from_every_page(nobody: Visitor, path: str) -> None:
    assert f'href="{path}"' in nobody.get("/").get_data(as_text=True)
    nobody.get(path)


@pytest.mark.parametrize(
    "path", ["/", "/contact", "/accessibilite", "/donnees-personnelles", "/ce-qui-change"]
)
def test_english_is_one_tap_away_and_back(nobody: Visitor, path: str) -> None:
    nobody.get("/langue/en", status=302, headers={"Referer": f"http://localhost{path}"})
    page = nobody.get(path).get_data(as_text=True)
    assert 'lang="en"' in page
    assert "Sign in" in page
    nobody.get("/langue/fr", status=302)
    assert "Se connecter" in nobody.get(path).get_data(as_text=True)


@pytest.mark.parametrize(
    "next_", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_switch_never_leads_to_another_site(nobody: Visitor, next_: str) -> None:
    answer = nobody.get("/langue/en", status=302, query_string={"next": next_})
    assert answer.headers["Location"] == "/"


def test_text_can_be_larger(nobody: Visitor) -> None:
    nobody.get("/taille/large", status=302)
    assert 'data-text-size="large"' in nobody.get("/").get_data(as_text=True)
    nobody.get("/taille/enorme", status=404)
    nobody.get("/langue/xx", status=404)


def test_a_page_that_is_not_there_offers_a_way_on(nobody: Visitor) -> None:
    page = nobody.get("/nulle-part", status=404).get_data(as_text=True)
    assert 'href="/"' in page


def test_a_wrong_method_is_said_plainly(nobody: Visitor) -> None:
    nobody.get("/")
    nobody.post("/contact", status=405)


def test_nothing_may_be_loaded_from_elsewhere(nobody: Visitor) -> None:
    policy = nobody.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
