"""Our Markdown as HTML: only the tags written here are ever drawn, and every word is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token
from markupsafe import Markup, escape

from engage.core.i18n import RIGHT_TO_LEFT
from engage.pages.markup.blocks import (
    FENCE,
    FIELD,
    ICONS,
    IMAGE,
    LINK,
    PHONE,
    Block,
    block,
    field_name,
    titles,
)  # fmt: skip
from engage.pages.markup.icons import drawn
from engage.pages.markup.outline import Line, Section, line_of, sections, split
from engage.pages.markup.parsing import allowed, parse, parse_line

Picture = Callable[[str], str | None]
GROUPED = re.compile(r"((?<!\d)\+?\d+(?:[ .\u00a0\u202f-]\d+)+)")
KEPT = Markup('<bdi dir="ltr">{}</bdi>')
WRITTEN_TO = "114"  # the emergency number of those who do not hear: a message, no call
AROUND = " ,:;—–-()\u00a0\u202f"  # what may stand between a number and its words

TAGS = {
    "paragraph_open": Markup("<p>"),
    "paragraph_close": Markup("</p>\n"),
    "bullet_list_open": Markup("<ul>\n"),
    "bullet_list_close": Markup("</ul>\n"),
    "ordered_list_close": Markup("</ol>\n"),
    "list_item_open": Markup("<li>"),
    "list_item_close": Markup("</li>\n"),
    "heading_open": Markup("<h3>"),
    "heading_close": Markup("</h3>\n"),
    "container_close": Markup("</div></div>\n"),
    "softbreak": Markup("\n"),
    "strong_open": Markup("<strong>"),
    "strong_close": Markup("</strong>"),
    "link_close": Markup("</a>"),
}


def html(text: str, picture: Picture, language: str = "fr") -> Markup:
    """The text for everyone; `picture` gives the address of a picture by its name, or None."""
    drawing = _Drawing(picture, language)
    return Markup("").join(_title(part) + drawing.tokens(parse(part.markdown)) for part in sections(text))


def short(text: str, picture: Picture, language: str = "fr") -> Markup:
    """The short text: a line each, its picture beside it."""
    drawing = _Drawing(picture, language)
    return Markup("").join(_title(part) + drawing.lines(part.markdown) for part in sections(text))


def inline(line: str, language: str = "fr") -> Markup:
    """One line with its bold words and its links, without pictures."""
    return _Drawing(lambda _name: None, language).tokens(parse_line(line))


def _title(part: Section) -> Markup:
    if not part.title:
        return Markup("")
    return Markup('<h2 id="{}">{}{}</h2>\n').format(part.anchor, drawn(part.icon), part.title)


class _Drawing:
    def __init__(self, picture: Picture, language: str) -> None:
        self.picture = picture
        self.titles = titles(language)
        self.is_mirrored = language in RIGHT_TO_LEFT
        self.own: dict[str, Callable[[Token], Markup]] = {
            "text": lambda token: self._words(token.content),
            "inline": lambda token: self.tokens(token.children or []),
            "link_open": lambda token: Markup('<a href="{}">').format(token.attrGet("href")),
            "image": lambda token: self._image(str(token.attrGet("src")), token.content),
            "ordered_list_open": self._numbered,
            "container_open": lambda token: self._opened(token.meta["block"], token.meta["words"]),
            "field": lambda token: self._field(token.meta["field"], token.meta["words"]),
        }

    def tokens(self, tokens: Sequence[Token]) -> Markup:
        return Markup("").join(map(self._token, tokens))

    def _token(self, token: Token) -> Markup:
        own = self.own.get(token.type)
        if token.hidden:
            return Markup("")
        return own(token) if own else TAGS.get(token.type, Markup(""))

    def _words(self, words: str) -> Markup:
        """Between words that run from right to left, a number in groups would be read backwards."""
        if not self.is_mirrored:
            return escape(words)
        pieces = enumerate(GROUPED.split(words))
        return Markup("").join(KEPT.format(piece) if place % 2 else escape(piece) for place, piece in pieces)

    def _numbered(self, token: Token) -> Markup:
        start = int(token.attrGet("start") or 1)
        return Markup('<ol start="{}">\n').format(start) if start != 1 else Markup("<ol>\n")

    def lines(self, text: str) -> Markup:
        """A paragraph for each line; blocks and their fields as in the text for everyone."""
        return Markup("").join(self._lines(text))

    def _lines(self, text: str) -> Iterator[Markup]:
        is_open = False
        for number, source in enumerate(split(text)):
            if fence := FENCE.match(source):
                if is_open:
                    yield TAGS["container_close"]
                is_open = bool(fence["name"])
                if is_open:
                    yield self._opened(block(fence["name"]) or Block.MESSAGE, fence["words"].strip())
            elif is_open and (field := FIELD.match(source)):
                yield self._field(field["field"], field["words"].strip())
            elif line := line_of(number, source):
                yield self._one(line)
        if is_open:
            yield TAGS["container_close"]

    def _one(self, line: Line) -> Markup:
        words = self.tokens(parse_line(line.markdown))
        if line.is_title:
            return Markup("<h3>{}{}</h3>\n").format(drawn(line.icon), words)
        beside = self._image(f"image:{line.picture}", line.alt) if line.picture else drawn(line.icon)
        return Markup('<p class="line">{}<span>{}</span></p>\n').format(beside, words)

    def _opened(self, kind: Block, words: str) -> Markup:
        title = self.tokens(parse_line(words)) or escape(self.titles.get(kind, ""))
        head = Markup('<p class="part-title">{}</p>').format(title) if title else Markup("")
        icon = drawn(ICONS.get(kind, ""))
        return Markup('<div class="part part--{}">{}<div>{}\n').format(kind.name.lower(), icon, head)

    def _image(self, source: str, alt: str) -> Markup:
        name = IMAGE.fullmatch(source)
        address = self.picture(name["name"]) if name else None
        if address is None:
            return escape(alt)
        return Markup('<img src="{}" alt="{}" loading="lazy">').format(address, alt)

    def _field(self, field: str, words: str) -> Markup:
        name = field_name(field)
        if name == "phone" and (number := PHONE.search(words)):
            return self._phone(words, number)
        if name == "button" and (link := LINK.search(words)) and allowed(link["address"].strip()):
            return Markup('<p class="reach"><a class="deed" href="{}">{}</a></p>\n').format(
                link["address"].strip(), link["words"]
            )
        icon = drawn({"date": "calendar", "phone": "phone"}.get(name, "arrow-right"))
        return Markup('<p class="reach reach--said">{}<span>{}</span></p>\n').format(
            icon, self.tokens(parse_line(words))
        )

    def _phone(self, words: str, number: re.Match[str]) -> Markup:
        dialled = re.sub(r"[^\d+]", "", number[0])
        way, shown = ("sms", "message") if dialled == WRITTEN_TO else ("tel", "phone")
        beside = [part.strip(AROUND) for part in (words[: number.start()], words[number.end() :])]
        said = Markup("").join(Markup(" <span>{}</span>").format(part) for part in beside if part)
        return Markup(
            '<p class="reach"><a class="call" href="{}:{}">{}<b dir="ltr">{}</b>{}</a></p>\n'
        ).format(way, dialled, drawn(shown), number[0], said)
