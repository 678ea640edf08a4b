"""A guide in a file: read whole, with each fault by its line, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from engage.core.yamltext import Fault, Invalid
from engage.pages.guide.checking import faults
from engage.pages.guide.parsing import parse
from engage.pages.guide.tree import Tree


@dataclass(frozen=True)
class Filed:
    """The guide of a file, or all that is wrong with it."""

    tree: Tree | None
    faults: list[Fault]


def filed(raw: bytes) -> Filed:
    try:
        tree, loaded = parse(raw)
    except Invalid as invalid:
        return Filed(None, invalid.faults)
    found = faults(tree, loaded)
    return Filed(None if found else tree, found)
