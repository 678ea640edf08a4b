"""Markdown-it with the few rules that we want, and our blocks."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from engage.pages.markup.blocks import ADDRESS, FENCE, FIELD, IMAGE, Block, block

RULES = ["heading", "list", "link", "image", "emphasis", "newline"]


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] : state.eMarks[number]]


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`::: name words` … `:::`; a block that nobody closed ends with the text."""
    opening = FENCE.match(_line(state, start))
    if not opening or not opening["name"]:
        return False
    if silent:
        return True
    closing = next((n for n in range(start + 1, end) if FENCE.match(_line(state, n))), end)
    kind = block(opening["name"]) or Block.MESSAGE
    meta = {"block": kind, "words": opening["words"].strip()}
    state.push("container_open", "div", 1).meta = meta
    _inside(state, kind, start + 1, closing)
    state.push("container_close", "div", -1).meta = meta
    closed = closing < end and not (FENCE.match(_line(state, closing)) or opening)["name"]
    state.line = closing + 1 if closed else closing
    return True


def _inside(state: StateBlock, kind: Block, start: int, end: int) -> None:
    """The lines of a block; in `appeler` phone, button and date are drawn by themselves."""
    before, state.lineMax = state.lineMax, end
    at = start
    for number in range(start, end) if kind is Block.CALL else ():
        if found := FIELD.match(_line(state, number)):
            _tokenize(state, at, number)
            token = state.push("field", "p", 0)
            token.meta = {"field": found["field"], "words": found["words"].strip()}
            at = number + 1
    _tokenize(state, at, end)
    state.lineMax = before


def _tokenize(state: StateBlock, start: int, end: int) -> None:
    if start < end:
        before, state.lineMax = state.lineMax, end
        state.md.block.tokenize(state, start, end)
        state.lineMax = before


def _stray(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A closing line that closes nothing is not shown."""
    found = FENCE.match(_line(state, start))
    if not found or found["name"]:
        return False
    if not silent:
        state.line = start + 1
    return True


def allowed(address: str) -> bool:
    """Whether a link may lead there: https, http, mail, telephone, or a path of this site."""
    return ADDRESS.fullmatch(address) is not None


def _is_drawn(url: str) -> bool:
    return allowed(url) or IMAGE.fullmatch(url) is not None


def _parser() -> MarkdownIt:
    made = MarkdownIt("zero").enable(RULES)
    ends: RuleOptionsType = {"alt": ["paragraph", "list"]}
    made.block.ruler.before("paragraph", "container", _container, ends)
    made.block.ruler.before("paragraph", "stray", _stray, ends)
    made.validateLink = _is_drawn  # type: ignore[method-assign]
    return made


_markdown = _parser()


def parse(text: str) -> Sequence[Token]:
    """The tokens of a text."""
    return _markdown.parse(text)


def parse_line(text: str) -> Sequence[Token]:
    """The tokens inside one line."""
    return _markdown.parseInline(text)[0].children or []
