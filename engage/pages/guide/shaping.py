"""Changing a guide: each function gives the guide as it would be."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from engage.core.words import TOKEN, fold
from engage.pages.guide.tree import Choice, Contact, End, Node, Question, Source, Tree

Kind = TypeVar("Kind", Question, End)
NEW_QUESTION, NEW_END = "+question", "+end"
KEY_WORDS, KEY_LENGTH = 6, 50


def blank(title: str, ask: str) -> Tree:
    """A guide that begins with a question without choices."""
    return Tree(title=title, lead="", danger=(), first="debut", questions=(Question("debut", ask),))


def put(tree: Tree, node: Node) -> Tree:
    """The guide with this node instead of the one of the same key, or after the others."""
    if isinstance(node, Question):
        return replace(tree, questions=_put(tree.questions, node))
    return replace(tree, ends=_put(tree.ends, node))


def _put(nodes: tuple[Kind, ...], node: Kind) -> tuple[Kind, ...]:
    kept = [node if one.key == node.key else one for one in nodes]
    if all(one.key != node.key for one in nodes):
        kept.append(node)
    return tuple(kept)


def ask(tree: Tree, question: Question) -> Tree:
    """Put the question; a choice that leads to something new brings it along, named by its words."""
    choices = []
    for choice in question.choices:
        made = _new(tree, choice) if choice.to in (NEW_QUESTION, NEW_END) else None
        tree = put(tree, made) if made else tree
        choices.append(replace(choice, to=made.key) if made else choice)
    return put(tree, replace(question, choices=tuple(choices)))


def _new(tree: Tree, choice: Choice) -> Node:
    key = key_of(tree, choice.words)
    if choice.to == NEW_QUESTION:
        return Question(key, choice.words)
    return End(key, choice.words, choice.icon, contacts=(Contact("", Source.CENTRE),))


def key_of(tree: Tree, words: str) -> str:
    """A short name for the address, that no node has yet."""
    named = "-".join(TOKEN.findall(fold(words))[:KEY_WORDS])[:KEY_LENGTH].strip("-") or "etape"
    taken = {node.key for node in tree.nodes}
    return next(key for number in range(1, len(taken) + 2) if (key := _numbered(named, number)) not in taken)


def _numbered(named: str, number: int) -> str:
    return named if number == 1 else f"{named}-{number}"


def remove(tree: Tree, key: str) -> Tree:
    """The guide without this node and without the choices that lead to it."""
    questions = tuple(
        replace(one, choices=tuple(choice for choice in one.choices if choice.to != key))
        for one in tree.questions
        if one.key != key
    )
    return replace(tree, questions=questions, ends=tuple(one for one in tree.ends if one.key != key))
