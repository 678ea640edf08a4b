"""A page kept for every stranger: each gets their own token and nonce, and nothing of anybody else."""

from __future__ import annotations

import re

from flask import Flask

from engage.core.render import render_kept

FIRST_STEP = "/idees/nouvelle"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def test_strangers_share_the_page_but_neither_token_nor_nonce(app: Flask) -> None:
    app.testing = False
    pages = [app.test_client().get(FIRST_STEP) for _stranger in range(2)]
    tokens = [set(TOKEN.findall(page.text)) for page in pages]
    assert all(len(found) == 1 for found in tokens)
    assert tokens[0].isdisjoint(tokens[1])
    assert pages[0].headers["Content-Security-Policy"] != pages[1].headers["Content-Security-Policy"]
    assert "--token--" not in pages[1].text
    assert "--nonce--" not in pages[1].text


def test_the_token_of_a_kept_page_sends_the_form(app: Flask) -> None:
    app.testing = False
    app.test_client().get(FIRST_STEP)
    amina = app.test_client()
    token = TOKEN.findall(amina.get(FIRST_STEP).text)[0]
    sent = amina.post(FIRST_STEP, data={"csrf_token": token, "text": "Un banc devant la porte."})
    assert sent.status_code == 302
    assert sent.location.endswith("/theme")


def test_each_language_and_size_has_its_own_page(app: Flask) -> None:
    app.testing = False
    french = app.test_client().get(FIRST_STEP).text
    english, large = app.test_client(), app.test_client()
    english.set_cookie("language", "en")
    large.set_cookie("text_size", "large")
    assert 'lang="fr"' in french
    assert 'lang="en"' in english.get(FIRST_STEP).text
    assert large.get(FIRST_STEP).text != french


def test_what_was_said_to_one_person_is_not_kept_for_others(app: Flask) -> None:
    app.testing = False
    amina, stranger = app.test_client(), app.test_client()
    with amina.session_transaction() as session:
        session["_flashes"] = [("message", "Pour Amina seule")]
    assert "Pour Amina seule" in amina.get(FIRST_STEP).text
    assert "Pour Amina seule" not in stranger.get(FIRST_STEP).text


def test_what_is_one_readers_own_is_laid_into_the_kept_page_as_text(app: Flask) -> None:
    app.testing = False
    pages = []
    for words in ("Amina & Benoît", "<b>Chloé</b>"):
        with app.test_request_context("/"):
            pages.append(
                render_kept("intake/calm.html", lambda: {"way_on": "--own--"}, own={"--own--": words})
            )
    assert 'href="Amina &amp; Benoît"' in pages[0]
    assert 'href="&lt;b&gt;Chloé&lt;/b&gt;"' in pages[1]
