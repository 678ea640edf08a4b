"""A page on paper: A4 sheets in large letters, or one A4 folded into a leaflet."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from engage.centre.queries import centre
from engage.core import pdf
from engage.core.cache import remember
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.qr import matrix
from engage.core.render import day, link
from engage.pages import markup, pictures
from engage.pages.languages import FIRST
from engage.pages.models import PagePicture
from engage.pages.showing.shown import KEPT_SECONDS, SHORT, Shown
from engage.uploads.actions import folder

LONGEST_SIDE = 900


def can_print(page: Shown) -> bool:
    """Whether our type can draw all of its letters; else the reader's own browser prints it."""
    version = page.version
    text = version.short if page.is_short else version.simple
    words = f"{version.title}\n{version.message}\n{text}".replace(pdf.LEFT_OUT, "")
    key = ("page on paper", version.id, page.body)
    return remember(key, lambda: pdf.LEFT_OUT not in pdf.printable(words), seconds=KEPT_SECONDS)


def made(page: Shown, kind: str) -> bytes:
    """`kind`: "sheet" or "leaflet"."""
    with speaking(page.version.language):
        return pdf.kept("page", _data(page, kind), lang=page.version.language)


def _data(page: Shown, kind: str) -> dict[str, object]:
    version, place = page.version, centre()
    text = version.short if page.is_short else version.simple
    address = _address(page)
    return {
        "kind": kind,
        "paper": "a4",
        "centre": place.name,
        "title": version.title,
        "icon": markup.path(version.page.icon),
        "message": markup.plain(version.message),
        "lead": _lead(page),
        "nodes": _with_pictures(markup.sheet(text, version.language, short=page.is_short), page),
        "summary_title": _("In short"),
        "summary": "" if page.is_short else markup.plain(version.summary),
        "about": list(_about(page)),
        "scan": _("This page is also here:"),
        "address": address.split("://", 1)[1],
        "qr": {"rows": matrix(address), "alt": _("Code that opens this page")},
        "contact": _("Or call us:"),
        "phone": place.phone,
    }


def _lead(page: Shown) -> str:
    """What the short text may be called."""
    if not page.is_short:
        return ""
    if page.mention is None:
        return _("Short version")
    return f"{_('Easy to read')}. {page.mention.words}"


def _address(page: Shown) -> str:
    code = page.version.language
    return link(
        "pages.show",
        slug=page.slug,
        langue=code if code != FIRST else None,
        texte=SHORT if page.is_short else None,
    )


def _about(page: Shown) -> Iterable[str]:
    version = page.version
    yield _("Written by %(name)s.", name=version.author)
    if version.published_at:
        yield _("This page was published on %(day)s.", day=day(version.published_at))
    if page.is_late:
        yield _("To be checked")
    elif page.review_on:
        yield _("We read it again before %(day)s.", day=day(page.review_on))
    for source in version.sources:
        yield _("Source:") + f" {source}"


def _with_pictures(nodes: list[markup.Node], page: Shown) -> list[markup.Node]:
    """Names become the pictures themselves; a picture that is gone leaves its words."""
    is_drawn = any(node["kind"] == "image" for node in _every(nodes))
    held = {one.name: one for one in pictures.of(page.version.page)} if is_drawn else {}
    for node in _every(nodes):
        if node["kind"] == "image":
            node.update(_drawn(held, node.pop("name"), node["alt"]))
    return nodes


def _every(nodes: list[markup.Node]) -> Iterable[markup.Node]:
    for node in nodes:
        yield node
        yield from _every(node.get("body", []))


def _drawn(held: Mapping[str, PagePicture], name: str, alt: str) -> dict[str, Any]:
    small = _small(folder() / held[name].upload.name) if name in held else None
    if small is None:
        return {"kind": "par", "runs": [{"text": alt, "bold": False}]}
    packed = io.BytesIO()
    small.save(packed, "JPEG", quality=80)
    address = "data:image/jpeg;base64," + b64encode(packed.getvalue()).decode()
    return {"picture": address, "width": small.width, "height": small.height}


def _small(file: Path) -> Image.Image | None:
    """None when the file is gone or damaged."""
    try:
        with Image.open(file) as picture:
            small = picture.convert("RGB")
    except OSError:
        return None
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return small
