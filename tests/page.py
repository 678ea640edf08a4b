"""What every page must be: one h1, a language, labels, unique ids, a title, no English on a French page,
no address of another host, no inline style."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NoReturn

ENGLISH = re.compile(
    r"\b(the|your|please|error|there is|sign in|submit|cancel|search|back|next|previous|follow|idea|ideas|answer)\b",
    re.IGNORECASE,
)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LABELLED = {"input", "select", "textarea"}
UNSEEN = {"script", "style", "template"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lang = ""
        self.h1 = 0
        self.titles: list[str] = []
        self.ids: list[str] = []
        self.controls: list[dict[str, str]] = []
        self.labels: set[str] = set()
        self.links: list[tuple[str, str]] = []
        self.styled = 0
        self.stack: list[tuple[str, str]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self._note(tag, found)
        if tag not in VOID:
            inherited = self.stack[-1][1] if self.stack else ""
            self.stack.append((tag, found.get("lang", inherited)))

    def _note(self, tag: str, found: dict[str, str]) -> None:
        if tag == "html":
            self.lang = found.get("lang", "")
        self.h1 += tag == "h1"
        self.styled += "style" in found or any(name.startswith("on") for name in found)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "label" and "for" in found:
            self.labels.add(found["for"])
        if tag in LABELLED and found.get("type") not in {"hidden", "submit", "button"}:
            inside = any(parent == "label" for parent, _lang in self.stack)
            self.controls.append(found | ({"inside": "1"} if inside else {}))
        for name in ("href", "src", "action", "srcset", "data", "poster"):
            if name in found:
                self.links.append((tag, found[name]))

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index][0] == tag:
                del self.stack[index:]
                return

    def handle_data(self, data: str) -> None:
        inside = [tag for tag, _lang in self.stack]
        if inside and inside[-1] == "title" and "svg" not in inside:
            self.titles.append(data)
        if inside and not UNSEEN & set(inside) and self.stack[-1][1] == self.lang and "blockquote" not in inside:
            self.words.append(data)


def _fail(reason: str) -> NoReturn:
    raise AssertionError(reason)


def check(html: str) -> None:
    """Raises AssertionError with the first fault of the page."""
    page = _Reader()
    page.feed(html)
    doubled = {name for name in page.ids if page.ids.count(name) > 1}
    unlabelled = [
        control
        for control in page.controls
        if "inside" not in control
        and control.get("id") not in page.labels
        and not control.keys() & {"aria-label", "aria-labelledby"}
    ]
    outside = [link for _tag, link in page.links if re.match(r"(https?:)?//", link)]
    if page.h1 != 1:
        _fail(f"{page.h1} h1 in the page")
    if page.lang not in {"fr", "en"}:
        _fail(f"lang={page.lang!r}")
    if not "".join(page.titles).strip():
        _fail("no title")
    if doubled:
        _fail(f"ids used twice: {doubled}")
    if unlabelled:
        _fail(f"controls without a label: {unlabelled}")
    if outside:
        _fail(f"addresses of another host: {outside}")
    if page.styled:
        _fail("inline style or handler, which the policy refuses")
    if page.lang == "fr" and (found := ENGLISH.search(" ".join(page.words))):
        _fail(f"English on a French page: {' '.join(page.words)[max(0, found.start() - 60) : found.end() + 60]!r}")
