"""Our Markdown: what is wrong in it, its sections and lines, its words, and how it is drawn."""

from engage.pages.markup.drawing import html, inline, short
from engage.pages.markup.icons import drawn as icon
from engage.pages.markup.outline import Line, Section, lines, places, plain, sections
from engage.pages.markup.problems import MOST_BYTES, Problem, problems
from engage.pages.markup.sheet import Node, path, sheet

__all__ = [
    "MOST_BYTES",
    "Line",
    "Node",
    "Problem",
    "Section",
    "html",
    "icon",
    "inline",
    "lines",
    "path",
    "places",
    "plain",
    "problems",
    "sections",
    "sheet",
    "short",
]
