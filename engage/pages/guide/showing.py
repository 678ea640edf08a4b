"""The page of one question or one end, for readers and for the preview of the team alike."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import abort, url_for

from engage.core.render import render
from engage.pages import queries as pages
from engage.pages.guide.reaching import reach
from engage.pages.guide.tree import MOST_QUESTIONS, Question, Tree


def step_page(tree: Tree, spoken: str, key: str, *, preview: str = "") -> str:
    """`spoken`: the language it is written in. `preview`: the language whose draft the team looks at.

    Raises 404 for a key that no choice leads to.
    """
    depth, node = next(((depth, node) for depth, node in tree.walk() if node.key == key), None) or abort(404)
    above = tree.above(key) if key != tree.first else None
    shared: dict[str, Any] = {
        "tree": tree,
        "spoken": spoken,
        "node": node,
        "above": above,
        "preview": preview,
        "step_address": partial(_address, tree, preview),
    }
    if isinstance(node, Question):
        return render("guide/question.html", number=depth + 1, most=MOST_QUESTIONS, **shared)
    page = pages.published(node.page, spoken) if node.page else None
    return render("guide/end.html", page=page, contacts=[reach(one) for one in node.contacts], **shared)


def _address(tree: Tree, preview: str, key: str) -> str:
    if preview:
        return url_for("guide_desk.preview", language=preview, key=key)
    return url_for("guide.index") if key == tree.first else url_for("guide.step", key=key)
