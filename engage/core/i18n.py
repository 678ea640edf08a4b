"""Languages: French first, English complete; the choice stands in a cookie of preference."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

import flask_babel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, force_locale, get_locale, get_translations, lazy_gettext

from engage.core.config import PACKAGE, shipped

__all__ = ["LANGUAGES", "direction", "gettext", "language", "lazy_gettext", "ngettext", "speaking"]

LANGUAGES = {"fr": "Français", "en": "English"}
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
COOKIE = "language"


def gettext(text: str, **values: object) -> str:
    """`text` in the language of this page, its %(names)s filled in."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The form for `num` things, %(num)s filled in."""
    return str(flask_babel.ngettext(one, many, num, **values))


def _chosen() -> str:
    if not has_request_context():
        return getattr(g, "language", "fr")
    wanted = request.cookies.get(COOKIE, "")
    return wanted if wanted in LANGUAGES else "fr"


def language() -> str:
    """The code of the language of this page."""
    return _page_language.get() or str(get_locale() or "fr")


def direction() -> str:
    return "rtl" if language() in RIGHT_TO_LEFT else "ltr"


_page_words: ContextVar[NullTranslations | None] = ContextVar("page_words", default=None)
_page_language: ContextVar[str] = ContextVar("page_language", default="")


def _catalogue() -> NullTranslations:
    return _page_words.get() or get_translations()


@contextmanager
def one_language() -> Iterator[None]:
    """While a template is rendered its language is looked up once, and not at each of its words."""
    words, code = _page_words.set(get_translations()), _page_language.set(str(get_locale() or "fr"))
    try:
        yield
    finally:
        _page_words.reset(words)
        _page_language.reset(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Say what follows in the reader's language, not in that of whoever acts."""
    with force_locale(code if code in LANGUAGES else "fr"):
        yield


def compile_catalogues() -> None:
    """Compile what changed in a checkout; what is installed brings its own, in a folder not ours to write."""
    folder = shipped("translations")
    for po in folder.glob("*/LC_MESSAGES/*.po") if folder.parent != PACKAGE else ():
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        fresh = mo.with_suffix(f".{os.getpid()}.new")  # several processes may start at once
        with po.open("rb") as source, fresh.open("wb") as target:
            write_mo(target, read_po(source, locale=po.parts[-3]))
        fresh.replace(mo)


def init_app(app: Flask) -> None:
    folder = shipped("translations")
    compile_catalogues()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(folder)
    app.config["BABEL_DEFAULT_LOCALE"] = "fr"
    Babel(app, locale_selector=_chosen)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _catalogue().gettext(text),
        lambda one, many, n: _catalogue().ngettext(one, many, n),
        newstyle=True,
    )
