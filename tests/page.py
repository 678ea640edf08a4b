"""What every page must be: one h1, a language, labels, unique ids, a title, no English on a French page,
a token in every form that posts, no address of another host, no inline style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

ENGLISH = re.compile(
    r"\b(the|your|please|error|there is|sign in|submit|cancel|search|back|next|previous|follow"
    r"|idea|ideas|answer)\b",
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
        self.tokens: list[bool] = []
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
        self._note_token(tag, found)
        if tag == "label" and "for" in found:
            self.labels.add(found["for"])
        if tag in LABELLED and found.get("type") not in {"hidden", "submit", "button"}:
            inside = any(parent == "label" for parent, _lang in self.stack)
            self.controls.append(found | ({"inside": "1"} if inside else {}))
        for name in ("href", "src", "action", "srcset", "data", "poster"):
            if name in found:
                self.links.append((tag, found[name]))

    def _note_token(self, tag: str, found: dict[str, str]) -> None:
        """Whether each form that posts carries its token."""
        if tag == "form" and found.get("method", "").lower() == "post":
            self.tokens.append(False)
        elif tag == "input" and found.get("name") == "csrf_token" and self.tokens:
            self.tokens[-1] = bool(found.get("value"))

    def unlabelled(self) -> list[dict[str, str]]:
        """Controls that no label names."""
        named = {"inside", "aria-label", "aria-labelledby"}
        return [one for one in self.controls if one.get("id") not in self.labels and not one.keys() & named]

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index][0] == tag:
                del self.stack[index:]
                return

    def handle_data(self, data: str) -> None:
        inside = [tag for tag, _lang in self.stack]
        if inside and inside[-1] == "title" and "svg" not in inside:
            self.titles.append(data)
        if (
            inside
            and not UNSEEN & set(inside)
            and self.stack[-1][1] == self.lang
            and "blockquote" not in inside
        ):
            self.words.append(data)


def _faults(page: _Reader) -> Iterator[str]:
    doubled = {name for name in page.ids if page.ids.count(name) > 1}
    outside = [link for _tag, link in page.links if re.match(r"(https?:)?//", link)]
    text = " ".join(page.words)
    english = ENGLISH.search(text) if page.lang == "fr" else None
    yield f"{page.h1} h1 in the page" if page.h1 != 1 else ""
    yield f"lang={page.lang!r}" if page.lang not in {"fr", "en"} else ""
    yield "" if "".join(page.titles).strip() else "no title"
    yield f"ids used twice: {doubled}" if doubled else ""
    yield f"controls without a label: {page.unlabelled()}" if page.unlabelled() else ""
    yield "" if all(page.tokens) else "a form that posts without its token"
    yield f"addresses of another host: {outside}" if outside else ""
    yield "inline style or handler, which the policy refuses" if page.styled else ""
    if english:
        yield f"English on a French page: {text[max(0, english.start() - 60) : english.end() + 60]!r}"


def check(html: str) -> None:
    """Raises AssertionError with the first fault of the page."""
    page = _Reader()
    page.feed(html)
    fault = next(filter(None, _faults(page)), None)
    assert fault is None, fault
