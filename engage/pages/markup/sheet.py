"""Our Markdown as plain data for paper: titles, paragraphs, items, blocks, numbers to call, pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.token import Token

from engage.core.render import whole
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
)
from engage.pages.markup.icons import icons
from engage.pages.markup.outline import Line, line_of, sections, split, words
from engage.pages.markup.parsing import parse, parse_line

Node = dict[str, Any]
FAR = ("https://", "http://")


def sheet(text: str, language: str, *, short: bool = False) -> list[Node]:
    """Nodes by `kind`: heading, par, item, line, part (with a `body` of nodes), call, image (by name).

    Words of a paragraph are `runs`: {"text", "bold"}. `icon` is the path of a pictogram, or nothing.
    """
    writer = _Writer(language)
    for part in sections(text):
        if part.title:
            writer.add("heading", words=part.title, icon=path(part.icon))
        if short:
            writer.lines(part.markdown)
        else:
            writer.tokens(parse(part.markdown))
    return writer.nodes


def path(name: str) -> str:
    return icons().get(name, "")


class _Writer:
    def __init__(self, language: str) -> None:
        self.nodes: list[Node] = []
        self.here = self.nodes
        self.titles = titles(language)
        self.numbers: list[int] = []  # of the lists that are open: the next number, 0 for points
        self.is_title = False

    def add(self, kind: str, **said: Any) -> None:
        self.here.append({"kind": kind, **said})

    def tokens(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            self._token(token)

    def _token(self, token: Token) -> None:
        match token.type:
            case "inline":
                self._inline(token.children or [])
            case "bullet_list_open" | "ordered_list_open":
                is_numbered = token.type == "ordered_list_open"
                self.numbers.append(int(token.attrGet("start") or 1) if is_numbered else 0)
            case "bullet_list_close" | "ordered_list_close":
                self.numbers.pop()
            case "heading_open" | "heading_close":
                self.is_title = token.type == "heading_open"
            case "container_open":
                self.opened(token.meta["block"], token.meta["words"])
            case "container_close":
                self.here = self.nodes
            case "field":
                self.field(token.meta["field"], token.meta["words"])

    def _inline(self, tokens: Sequence[Token]) -> None:
        runs = list(_runs(tokens))
        if runs and self.is_title:
            self.add("par", runs=[{"text": "".join(run["text"] for run in runs), "bold": True}])
        elif runs and self.numbers:
            self.add("item", runs=runs, number=self.numbers[-1])
            self.numbers[-1] += bool(self.numbers[-1])
        elif runs:
            self.add("par", runs=runs)
        for token in tokens:
            if token.type == "image":
                self._image(str(token.attrGet("src")), token.content)

    def _image(self, source: str, alt: str) -> None:
        if name := IMAGE.fullmatch(source):
            self.add("image", name=name["name"], alt=alt)

    def opened(self, kind: Block, said: str) -> None:
        title = words(said) or str(self.titles.get(kind, ""))
        body: list[Node] = []
        self.here = self.nodes
        self.add("part", look=kind.name.lower(), icon=path(ICONS.get(kind, "")), words=title, body=body)
        self.here = body

    def field(self, field: str, said: str) -> None:
        name = field_name(field)
        if name == "phone" and (number := PHONE.search(said)):
            around = (said[: number.start()], said[number.end() :])
            beside = " ".join(part.strip(" ,:;—–-()\u00a0\u202f") for part in around).strip()
            self.add("call", number=number[0], words=beside)
        elif name == "button" and (link := LINK.search(said)):
            self.add("par", runs=list(_runs(parse_line(link[0]))))
        else:
            self.add("par", runs=[{"text": words(said), "bold": True}])

    def lines(self, text: str) -> None:
        for number, source in enumerate(split(text)):
            if fence := FENCE.match(source):
                if fence["name"]:
                    self.opened(block(fence["name"]) or Block.MESSAGE, fence["words"])
                else:
                    self.here = self.nodes
            elif self.here is not self.nodes and (field := FIELD.match(source)):
                self.field(field["field"], field["words"])
            elif line := line_of(number, source):
                self._line(line)

    def _line(self, line: Line) -> None:
        self.add("line", icon=path(line.icon), runs=list(_runs(parse_line(line.markdown))))
        if line.picture:
            self.add("image", name=line.picture, alt=line.alt)


def _runs(tokens: Sequence[Token]) -> Iterator[Node]:
    """The words with what is bold; on paper a link also says where it leads, unless its words do."""
    bold, address = 0, ""
    for token in tokens:
        match token.type:
            case "text" | "softbreak":
                if content := " " if token.type == "softbreak" else token.content:
                    yield {"text": content, "bold": bold > 0}
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "link_open":
                address = str(token.attrGet("href"))
            case "link_close":
                there = whole(address) if address.startswith("/") else address
                if there.startswith(FAR):
                    yield {"text": f" ({there.split('://', 1)[1].rstrip('/')})", "bold": False}
