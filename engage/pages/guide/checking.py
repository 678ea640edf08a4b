"""Whether a guide may be published: no dead end, no circle, three questions at most, a human at each end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engage import reading
from engage.core.i18n import gettext as _
from engage.core.yamltext import Fault, Loaded, Path
from engage.pages.guide.reaching import names_a_human, reach
from engage.pages.guide.tree import MOST_QUESTIONS, Contact, End, Node, Question, Tree

# Ten digits, a short number, a European one, a free one, or ten digits said from abroad.
PHONE = re.compile(
    r"0\d(\s?\d{2}){4}|\d{2}(\s?\d{2})?|\d{3}|116\s?\d{3}|0\s?8\d{2}(\s?\d{3}){2}|\+33\s?\d(\s?\d{2}){4}"
)


@dataclass(frozen=True)
class Problem:
    """What is wrong, in one sentence; `key` names the node, `path` leads to the place in a file."""

    sentence: str
    key: str = ""
    path: Path = ()


Problems = Iterator[Problem]


def problems(tree: Tree) -> list[Problem]:
    """All that stands between this guide and its readers, in the order of the file."""
    checks: tuple[Callable[[Tree], Problems], ...] = (_frame, _doubled, _leading, _circles, _ends, _numbers)
    found = [problem for check in checks for problem in check(tree)]
    return found or [*_long_ways(tree), *_lost(tree)]


def faults(tree: Tree, loaded: Loaded) -> list[Fault]:
    """The same, with the lines of the file it was read from."""
    return [Fault(one.sentence, one.key, _line(loaded, one.path)) for one in problems(tree)]


def _line(loaded: Loaded, path: Path) -> int | None:
    while path and path not in loaded.lines:
        path = path[:-1]
    return loaded.lines.get(path)


def _placed(tree: Tree) -> Iterator[tuple[Path, Node]]:
    yield from ((("questions", place), one) for place, one in enumerate(tree.questions))
    yield from ((("ends", place), one) for place, one in enumerate(tree.ends))


def _frame(tree: Tree) -> Problems:
    if not tree.danger:
        yield Problem(_("Say after which signs one calls 15 at once."), path=("danger",))
    if not isinstance(tree.node(tree.first), Question):
        yield Problem(_("The first question is missing."), path=("first",))


def _doubled(tree: Tree) -> Problems:
    seen: set[str] = set()
    for path, node in _placed(tree):
        if node.key in seen:
            yield Problem(_("The name “%(name)s” stands twice.", name=node.key), node.key, (*path, "key"))
        seen.add(node.key)


def _leading(tree: Tree) -> Problems:
    """Each question has two ways out at least, and each way leads somewhere."""
    for place, question in enumerate(tree.questions):
        path: Path = ("questions", place, "choices")
        if len(question.choices) < 2:
            yield Problem(_("This question needs two choices at least."), question.key, path)
        for number, choice in enumerate(question.choices):
            if tree.node(choice.to) is None:
                said = _("The choice “%(words)s” leads nowhere.", words=choice.words)
                yield Problem(said, question.key, (*path, number, "to"))


def _circles(tree: Tree) -> Problems:
    """Each choice that leads back to a question above it."""
    for place, question in enumerate(tree.questions):
        for number, choice in enumerate(question.choices):
            if question.key in _below(tree, choice.to):
                said = _("The choice “%(words)s” goes round in a circle.", words=choice.words)
                yield Problem(said, question.key, ("questions", place, "choices", number, "to"))


def _below(tree: Tree, key: str) -> set[str]:
    """This node and everything that can be reached from it."""
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        node = tree.node(waiting.pop())
        if node is None or node.key in seen:
            continue
        seen.add(node.key)
        if isinstance(node, Question):
            waiting += [choice.to for choice in node.choices]
    return seen


def _long_ways(tree: Tree) -> Problems:
    """Asked only of a guide without a circle."""
    places = {node.key: path for path, node in _placed(tree)}
    for key in _too_deep(tree, tree.first, 1):
        said = _("A reader would answer more than %(most)d questions here.", most=MOST_QUESTIONS)
        yield Problem(said, key, places[key])


def _too_deep(tree: Tree, key: str, number: int) -> set[str]:
    node = tree.node(key)
    if not isinstance(node, Question):
        return set()
    if number > MOST_QUESTIONS:
        return {key}
    return {deep for choice in node.choices for deep in _too_deep(tree, choice.to, number + 1)}


def _lost(tree: Tree) -> Problems:
    reached = {node.key for _depth, node in tree.walk()}
    for path, node in _placed(tree):
        if node.key not in reached:
            yield Problem(_("No choice leads to “%(title)s”.", title=node.title), node.key, path)


def _ends(tree: Tree) -> Problems:
    for place, end in enumerate(tree.ends):
        path: Path = ("ends", place)
        if not end.does:
            yield Problem(_("Say in one sentence who helps."), end.key, path)
        if not any(_can_be_reached(contact) for contact in end.contacts):
            said = _("“%(title)s” needs a person with a phone number or a place.", title=end.title)
            yield Problem(said, end.key, (*path, "contacts"))
        for number, contact in enumerate(end.contacts):
            yield from _contact(end, contact, (*path, "contacts", number))


def _can_be_reached(contact: Contact) -> bool:
    found = reach(contact)
    return bool(found.who and (found.phone or found.place))


def _contact(end: End, contact: Contact, path: Path) -> Problems:
    if not names_a_human(contact):
        yield Problem(_("Name a human: who answers?"), end.key, (*path, "who"))
    if contact.phone and not PHONE.fullmatch(contact.phone.replace("\u202f", " ").replace("\u00a0", " ")):
        said = _("“%(phone)s” is no phone number in France.", phone=contact.phone)
        yield Problem(said, end.key, (*path, "phone"))


def _numbers(tree: Tree) -> Problems:
    """An emergency number written otherwise sends somebody nowhere."""
    for path, words in _texts(tree):
        report = reading.check(words, body=reading.Body.SIMPLE)
        for one in report.findings:
            if one.rule is reading.Rule.EMERGENCY_NUMBER:
                yield Problem(one.message, words, path)


def _texts(tree: Tree) -> Iterator[tuple[Path, str]]:
    yield ("lead",), tree.lead
    yield from ((("danger", place), one) for place, one in enumerate(tree.danger))
    for path, node in _placed(tree):
        words = (node.ask, node.help) if isinstance(node, Question) else (node.title, node.does, *node.steps)
        yield from ((path, one) for one in words if one)
