"""The macros: labels, hints and errors are tied, nothing typed is lost, the frame holds for everyone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from wtforms import RadioField
from wtforms.validators import InputRequired

from engage.core.forms import AreaField, MailField, PublicForm, Written
from tests.browser import Visitor
from tests.page import check

ERRORS = (400, 403, 404, 405, 413, 429)


class Sample(PublicForm):
    text = AreaField("Votre idée", [Written()], description="Quelques mots suffisent.")
    mail = MailField("Votre adresse e-mail")
    how = RadioField("Comment ?", [InputRequired("Choisissez.")], choices={"mail": "Par e-mail", "no": "Non"})


@pytest.fixture(params=["sqlite"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Markup knows no engine."""
    name: str = request.param
    return name


def _shown(app: Flask, source: str, **context: Any) -> str:
    with app.test_request_context("/"):
        app.update_template_context(context)
        return app.jinja_env.from_string(source).render(context)


def _form(app: Flask, **typed: str) -> Any:
    with app.test_request_context("/", method="POST", data=typed):
        form = Sample(meta={"csrf": False})
        form.validate()
    return form


def _sample(app: Flask, name: str, **typed: str) -> str:
    source = '{% from "ui/form.html" import field %}{{ field(form[name]) }}'
    return _shown(app, source, form=_form(app, **typed), name=name)


def test_hint_limit_and_error_are_tied_to_the_box(app: Flask) -> None:
    html = _sample(app, "text")
    assert 'aria-describedby="text-hint text-limit text-error"' in html
    assert all(f'id="text-{part}"' in html for part in ("hint", "limit", "error"))
    assert 'aria-invalid="true"' in html
    assert 'label class="govuk-label" for="text"' in html
    assert "maxlength" not in html


def test_emergency_line_stands_before_and_after_a_text_box(app: Flask) -> None:
    before, box, after = _sample(app, "text").partition("<textarea")
    assert box
    assert all(
        number in part for part in (before, after) for number in ("tel:15", "tel:112", "sms:114", "tel:3114")
    )


def test_what_was_typed_is_shown_again_and_escaped(app: Flask) -> None:
    html = _sample(app, "mail", mail="<b>amina")
    assert 'value="&lt;b&gt;amina"' in html
    assert 'autocomplete="email"' in html
    assert "(facultatif)" in html


def test_error_summary_takes_focus_and_leads_to_the_first_radio(app: Flask) -> None:
    source = (
        '{% from "ui/form.html" import error_summary, field %}{{ error_summary(form) }}{{ field(form.how) }}'
    )
    html = _shown(app, source, form=_form(app, text="Un banc"))
    assert "autofocus" in html
    assert '<a href="#how">Choisissez.</a>' in html
    assert 'id="how" name="how" value="mail"' in html
    assert 'id="how-1" name="how" value="no"' in html


def test_tiles_keep_the_choice_and_show_pictograms(app: Flask) -> None:
    source = '{% from "ui/form.html" import choice_tiles %}{{ choice_tiles(form.how, {"mail": "mail"}) }}'
    html = _shown(app, source, form=_form(app, how="no", text="Un banc"))
    assert 'value="no" checked' in html
    assert html.count("<svg") == 1
    assert html.count("<h1") == 1


def test_form_carries_its_key_and_a_trap(app: Flask) -> None:
    source = '{% from "ui/form.html" import form as sheet %}{% call sheet(form) %}x{% endcall %}'
    html = _shown(app, source, form=_form(app, submission_key="k" * 20))
    assert f'name="submission_key" value="{"k" * 20}"' in html
    assert 'name="website" value="" tabindex="-1"' in html
    assert "novalidate" in html


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [
        (1, 1, []),
        (1, 2, [1, 2]),
        (1, 5, [1, 2, 5]),
        (3, 5, [1, 2, 3, 4, 5]),
        (250, 500, [1, 249, 250, 251, 500]),
    ],
)
def test_pager_shows_the_ends_and_the_neighbours(
    app: Flask, number: int, pages: int, shown: list[int]
) -> None:
    page = SimpleNamespace(number=number, pages=pages, url=lambda n: f"?n={n}")
    html = _shown(app, '{% from "ui/pager.html" import pager %}{{ pager(page) }}', page=page)
    assert [n for n in range(1, pages + 1) if f"</span> {n}</a>" in html] == shown
    assert ("?n=0" in html, f"?n={pages + 1}" in html) == (False, False)
    assert html.count('aria-current="page"') == bool(shown)


@pytest.mark.parametrize("status", ERRORS)
def test_error_pages_are_plain_pages_with_a_way_on(app: Flask, status: int) -> None:
    html = _shown(app, f'{{% extends "errors/{status}.html" %}}')
    check(html)
    assert 'href="/"' in html
    assert "04 00 00 00 00" in html


def test_refusal_gives_every_word_back(app: Flask) -> None:
    words = "Un banc devant la porte, pour attendre assis. </textarea><script>"
    fields = [("text", words), ("theme", "reach")]
    html = _shown(
        app, '{% extends "errors/409.html" %}', message="Déjà publié.", fields=fields, action="/idees/x"
    )
    check(html)
    assert "attendre assis. &lt;/textarea&gt;&lt;script&gt;</textarea>" in html
    assert '<input type="hidden" name="theme" value="reach">' in html
    assert 'action="/idees/x"' in html


@pytest.mark.parametrize("status", [500, 503])
def test_the_last_page_asks_for_nothing(app: Flask, status: int) -> None:
    with app.app_context():
        html = app.jinja_env.get_template(f"errors/{status}.html").render()
    check(html)
    assert "tel:15" in html


def test_kiosk_has_no_way_out(app: Flask) -> None:
    blocks = "{% block title %}Borne{% endblock %}{% block main %}<h1>Un</h1>{% endblock %}"
    html = _shown(app, '{% extends "kiosk_layout.html" %}' + blocks, wipe_url="/borne/efface")
    check(html)
    assert "<nav" not in html
    assert "<footer" not in html
    assert "connexion" not in html
    assert '<form method="post" action="/borne/efface" data-idle-seconds="60">' in html


def test_kept_frame_holds_no_token_of_another_person(amina: Visitor, chloe: Visitor, nobody: Visitor) -> None:
    for visitor in (amina, chloe):
        visitor.get("/suivi")
        assert visitor.hidden()["csrf_token"] not in ("", "--token--")
    nobody.get("/suivi?retour=a b&x=<y>")
    assert "--here--" not in nobody.page
    assert "<y>" not in nobody.page
