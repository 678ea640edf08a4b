"""Both texts of a page as readers will see them, for its authors."""

from __future__ import annotations

import re
from typing import NamedTuple

from flask import url_for
from markupsafe import Markup

from engage.pages import languages, markup, pictures
from engage.pages.checking import Words

ANCHOR = re.compile(r'<h2 id="[^"]*">')


class Preview(NamedTuple):
    """`code` and `direction` are those of the language of the words."""

    code: str
    direction: str
    title: str
    icon: str
    message: Markup
    simple: Markup
    short: Markup


def preview(words: Words) -> Preview:
    """Pictures come from the address of the team. Both texts stand on one page: titles have no anchors."""
    slug, code = words.page.slug, words.language
    names = {
        one.name: url_for("page_pictures.show", slug=slug, name=one.name) for one in pictures.of(words.page)
    }
    return Preview(
        code,
        languages.direction(code),
        words.title,
        words.page.icon,
        markup.inline(words.message),
        _without_anchors(markup.html(words.simple, names.get, code)),
        _without_anchors(markup.short(words.short, names.get, code)),
    )


def _without_anchors(html: Markup) -> Markup:
    return Markup(ANCHOR.sub("<h2>", html))  # noqa: S704  (what markup drew, less)
