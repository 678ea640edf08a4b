"""What a draft holds, what a second look at it is worth, and what its author takes home."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from engage.accounts.models import Account
from engage.centre import queries as centre_queries
from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.i18n import lazy_gettext as _l
from engage.core.render import day, link
from engage.ideas import queries
from engage.ideas.actions import Said
from engage.ideas.box import queries as box
from engage.ideas.models import Idea
from engage.intake import queries as intake_queries
from engage.intake import screening
from engage.intake.models import Door, Draft, Reply
from engage.themes import queries as themes

PUBLIC_WORDS = {"yes": _l("Yes, everyone may read it"), "no": _l("No, only the team")}
REPLY_WORDS = {
    Reply.NONE.value: _l("No message: I will look with my follow-up code"),
    Reply.MAIL.value: _l("By e-mail"),
    Reply.PHONE.value: _l("By a phone call"),
    Reply.LETTER.value: _l("By a letter"),
    Reply.RECEPTION.value: _l("At reception, when I come"),
}
CONTACT = {Reply.MAIL: "email", Reply.PHONE: "phone", Reply.LETTER: "address"}


class Piece(NamedTuple):
    """Some of the text, and why it is marked, if it is."""

    words: str
    finding: screening.Finding | None


def typed(draft: Draft | None) -> dict[str, Any]:
    return draft.values if draft else {}


def with_contact_of(person: Account | None, values: dict[str, Any]) -> dict[str, Any]:
    """What was typed, over what the account of the writer already says: nothing is asked twice."""
    if person is None:
        return values
    known = {"email": person.email, "phone": person.phone, "first_name": person.first_name}
    return known | {name: value for name, value in values.items() if value not in ("", None)}


def missing_step(draft: Draft) -> str | None:
    """The endpoint of the first step that must still be done before sending, or None."""
    values = draft.values
    if not values.get("ready"):
        return "writing.new"
    if "public" not in values:
        return "writing.reply"
    words = f"{values['text']}\n\n{values.get('summary', '')}"
    if not values.get("calm") and intake_queries.is_distress(words):
        return "writing.pause"
    return None


def said(draft: Draft, door: Door) -> Said:
    """What the draft says, as `ideas.actions.receive` takes it."""
    values = draft.values
    helps = bool(values.get("helper"))
    theme = themes.by_code(values.get("theme") or "")
    return Said(
        text=values["text"],
        door=door,
        submission_key=values["key"],
        theme_id=theme.id if theme else None,
        wants_public=values["public"] == "yes",
        reply=Reply(values["reply"]),
        contact=values.get(CONTACT.get(Reply(values["reply"]), "")) or None,
        first_name=values.get("first_name") or "",
        photo=draft.photo,
        helper_relation=values.get("relation") or "" if helps else "",
        helper_summary=values.get("summary") or "" if helps else "",
        language=language(),
    )


def review(values: dict[str, Any]) -> dict[str, Any]:
    """What the last page shows before sending."""
    findings = intake_queries.findings(values["text"])
    theme = themes.by_code(values.get("theme") or "")
    return {
        "values": values,
        "words_label": _("The person’s own words") if values.get("helper") else _("Your idea"),
        "public_label": PUBLIC_WORDS[values["public"]],
        "reply_label": REPLY_WORDS[values["reply"]],
        "pieces": list(pieces(values["text"], findings)),
        "reasons": [screening.reason(kind) for kind in dict.fromkeys(finding.kind for finding in findings)],
        "similar": queries.similar(values["text"]),
        "theme": themes.name(theme) if theme else "",
        "contact": values.get(CONTACT.get(Reply(values["reply"]), "")) or "",
    }


def pieces(text: str, findings: list[screening.Finding]) -> Iterator[Piece]:
    """The text cut at the words that are worth a second look."""
    at = 0
    for finding in findings:
        if finding.start > at:
            yield Piece(text[at : finding.start], None)
        yield Piece(text[finding.start : finding.end], finding)
        at = finding.end
    if at < len(text):
        yield Piece(text[at:], None)


def slip(idea: Idea, code: str) -> dict[str, object]:
    """What the paper to take home says; it holds no word of the idea."""
    answer = _("Someone on the team reads your idea.")
    if idea.due_on:
        answer = _("You get an answer by %(day)s at the latest.", day=day(idea.due_on))
    how = _("Type your code on the page “Follow my message”. There you can also take your idea back.")
    return {
        "paper": "a5",
        "centre": centre_queries.centre().name,
        "title": _("We have received your idea"),
        "code_label": _("Your follow-up code"),
        "code": code.split("-"),
        "code_hint": _("Keep this paper: it alone opens your idea."),
        "parts": [
            {"heading": _("What happens next"), "text": answer},
            {"heading": _("How to follow your idea"), "text": how},
        ],
        **box.reach(link("intake.follow"), _("Code to scan, to the page where you follow your message")),
    }
