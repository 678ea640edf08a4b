"""What an author typed but has not kept yet, and what a button of the assistant makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engage.core.i18n import gettext as _
from engage.pages.models import Page, PageDraft
from engage.pages.writing import actions, queries, relecture
from engage.pages.writing.forms import MOST_TEXT, WriteForm
from engage.pages.writing.relecture import Found


@dataclass
class Typed:
    """The words of a form, to be read as a draft is."""

    page: Page
    language: str
    title: str
    message: str
    simple: str
    short: str
    summary: str
    sources: list[str]
    kept: list[Any]


@dataclass(frozen=True)
class Change:
    """What a button makes of the words, and what is said of it.

    `learned`: words and what was put instead; `place`: where one goes on reading.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    said: str = ""
    learned: tuple[str, str] | None = None
    place: str | None = None


def typed(draft: PageDraft, form: WriteForm) -> Typed:
    """A text that is too long is given back in the form, and not read: that would take minutes."""
    words: dict[str, Any] = {name: "" if len(said) > MOST_TEXT else said for name, said in form.words.items()}
    return Typed(draft.page, draft.language, kept=draft.kept, **words)


def change(draft: PageDraft, words: Typed, sent: Mapping[str, str]) -> Change:
    """What the pressed button of the assistant asks for; nothing for the one that only keeps the words."""
    deed, _colon, key = sent.get("deed", "").partition(":")
    if deed == "unkeep":
        return _unkept(draft, key)
    if deed not in {"accept", "say", "keep"}:
        return Change(said=_("The draft is kept."))
    found = relecture.find(words, key, queries.plain_words())
    if found is None:
        return Change(said=_("The draft is kept. These words are not there any more: look at the new list."))
    if deed == "keep":
        return _kept(draft, found, sent.get(f"reason:{key}", "").strip())
    said = found.finding.suggestion if deed == "accept" else sent.get(f"say:{key}", "").strip()
    return _replaced(words, found, said)


def _kept(draft: PageDraft, found: Found, reason: str) -> Change:
    if not reason:
        return Change(said=_("The draft is kept. Please write why these words stay, then press again."))
    kept = actions.kept_with(draft, found, reason)
    return Change({"kept": kept}, _("These words stay, and you said why."), place=_place(found))


def _unkept(draft: PageDraft, number: str) -> Change:
    rest = [one for place, one in enumerate(draft.kept) if str(place) != number]
    return Change({"kept": rest}, _("The assistant looks at these words again."))


def _replaced(words: Typed, found: Found, said: str) -> Change:
    if not said:
        return Change(said=_("The draft is kept. Please write what to say instead, then press again."))
    learned = (found.words, said) if found.is_learned else None
    fields = relecture.replaced(words, found, said)
    return Change(fields, _("Done: “%(words)s”.", words=said), learned, _place(found))


def _place(found: Found) -> str:
    """The list that the finding stood in: somebody who mends twenty of them does not look for it again."""
    return f"look-{found.key.partition('.')[0]}"
