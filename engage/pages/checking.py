"""What stands in the way of a text: what our Markdown does not know, and what the assistant refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.pages import markup, registry, versions
from engage.pages.models import Body, Page, PageVersion
from engage.reading import Finding, Report, blocking, check
from engage.reading.sentences import sentences

MOST_TOLD = 3
MOST_IN_MESSAGE = 2


class Words(Protocol):
    """A draft or a version."""

    language: Any
    title: Any
    message: Any
    simple: Any
    short: Any
    kept: Any
    page: Any


def whole(words: Words, body: Body) -> str:
    """What a reader of this body reads: the message stands before the text for everyone."""
    if body is Body.SHORT:
        return str(words.short)
    return f"{words.message}\n\n{words.simple}" if words.message else str(words.simple)


def report(words: Words, body: Body, plain: Iterable[tuple[str, str]] = ()) -> Report:
    """What the assistant finds; places are those of `whole`."""
    page: Page = words.page
    return check(
        whole(words, body),
        body=body.value,
        language=words.language,
        action_page=page.is_action,
        glossary=registry.explained(words.language),
        kept=[(one["rule"], one["text"]) for one in words.kept],
        plain=plain,
    )


def findable(words: Words) -> str:
    """What search knows of a page."""
    return "\n".join([words.title, words.message, markup.plain(words.simple), markup.plain(words.short)])


def has_long_message(message: str, language: str) -> bool:
    """Whether it says more than a main message may."""
    return len(sentences(message, language)) > MOST_IN_MESSAGE


def faults(words: Words) -> list[str]:
    """What our Markdown does not know, each with its text and line."""
    named = (
        (_("Main message"), words.message),
        (_("Text for everyone"), words.simple),
        (_("Short text"), words.short),
    )
    return [
        _("%(where)s, line %(line)d: %(problem)s", where=name, line=one.line, problem=one.sentence)
        for name, text in named
        for one in markup.problems(text)
    ]


def ensure_whole(words: Words) -> None:
    """Raises Refused for a text that cannot be shown."""
    if not words.title.strip() or not words.simple.strip():
        raise Refused(_("A page needs a title and a text for everyone. The short text may come later."))
    if has_long_message(words.message, words.language):
        raise Refused(_("The main message has two sentences at most. Put the rest into the text."))
    if found := faults(words):
        raise Refused(" ".join([_("This text cannot be shown yet."), *found[:MOST_TOLD]]))


def ensure_publishable(words: PageVersion) -> None:
    """Raises Refused with the first things that stand in the way of publication."""
    ensure_whole(words)
    if _is_untranslated(words):
        raise Refused(
            _("This text is still in its first language, word for word. Please translate it first.")
        )
    found = list(_hindrances(words))
    if not found:
        return
    head = ngettext(
        "%(num)s thing stands in the way of publication:",
        "%(num)s things stand in the way of publication:",
        len(found),
    )
    raise Refused(" ".join([head, *found[:MOST_TOLD]]))


def _is_untranslated(words: PageVersion) -> bool:
    """Whether a translation says what its source says. Numbers and names are the same in each language."""
    source = versions.source(words)
    if source is None or words.simple.split() != source.simple.split():
        return False
    return any(word.isalpha() and word.islower() for word in words.simple.split())


def _hindrances(words: Words) -> Iterator[str]:
    for body in Body:
        text = whole(words, body)
        for one in blocking(report(words, body)):
            yield _told(text, one)


def _told(text: str, one: Finding) -> str:
    said = " ".join(text[one.start : one.end].split())
    return _("“%(words)s”: %(why)s", words=said[:80], why=one.message)
