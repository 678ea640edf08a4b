"""What every contribution shares: a follow-up code opened, somebody on duty alerted."""

from __future__ import annotations

import secrets
from typing import Any

from flask_babel import LazyString
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from engage.accounts.models import Account
from engage.centre.models import Complaint
from engage.core import keys
from engage.core.cache import forget
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.core.words import fold
from engage.intake import queries, screening
from engage.intake.models import CODE_GROUPS, CODE_LENGTH, DistressPhrase, FollowUp, Kiosk
from engage.journal import actions as journal
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind


def code_of(seed: str) -> str:
    """The follow-up code that belongs to a submission key, in three groups: `7KM-4QX-9TB`.

    It is computed, never stored: a form sent twice shows its code twice, and the table of codes still
    holds digests alone. Nobody computes it without the keys of the centre and the key of the form.
    """
    number = int(keys.digest("follow-up-code", seed), 16)
    signs = [keys.ALPHABET[(number >> (5 * place)) & 31] for place in range(CODE_LENGTH)]
    return "-".join("".join(signs[at : at + CODE_GROUPS]) for at in range(0, CODE_LENGTH, CODE_GROUPS))


OPEN = insert(FollowUp.__table__)  # type: ignore[arg-type]


def open_follow_up(kind: str, ref: str, *, seed: str = "") -> str:
    """A new follow-up code of `CODE_LENGTH` signs (45 bits) for the thing `kind` `ref`.

    With the submission key as `seed`, the code is always the same for that submission.
    """
    code = code_of(seed or secrets.token_urlsafe(24))
    db.session.connection().execute(OPEN, follow_up(kind, ref, code))
    return code


def follow_up(kind: str, ref: str, code: str) -> dict[str, Any]:
    """The row of `code`, for whoever writes it together with others."""
    return {"digest": queries.code_digest(code), "kind": kind, "ref": ref, "created_at": now()}


def close_follow_ups(kind: str, ref: str) -> None:
    """From now on no code opens the thing `kind` `ref`."""
    db.session.execute(delete(FollowUp).filter_by(kind=kind, ref=ref))


def send_complaint(*, text: str, contact: str, submission_key: str) -> Complaint:
    """Keep a private message for the referent, and ask them to read it without a word of what it says.

    Sent again with the same `submission_key` it is the same message.
    """
    held = queries.complaint(submission_key)
    if held is not None:
        return held
    complaint = Complaint(
        text=text, contact=contact or None, submission_key=submission_key, received_at=now()
    )
    try:
        with db.session.begin_nested():
            db.session.add(complaint)
            db.session.flush()
    except IntegrityError:
        if (held := queries.complaint(submission_key)) is None:
            raise
        return held
    alert(
        key=f"complaint {complaint.id}",
        subject=_l("A private message waits for you"),
        template="intake/mail/complaint.txt",
        about=("complaint", str(complaint.id)),
    )
    return complaint


def alert(*, key: str, subject: LazyString, template: str, about: tuple[str, str], **facts: object) -> None:
    """Write to who is on duty, if anybody is, without a word of what was said: mail is read over shoulders.

    `template` gets the `reader`, the address of the `desk`, and `facts`.
    """
    reader = queries.on_duty()
    if reader is None or not reader.email:
        return
    desk = link("home.index") + "equipe"
    with speaking(reader.language):
        outbox.write(
            key=key,
            kind=Kind.ALERT,
            channel=Channel.MAIL,
            address=reader.email,
            person=reader.first_name,
            subject=str(subject),
            body=render(template, reader=reader, desk=desk, **facts),
            about=about,
        )


def read_complaint(complaint: Complaint, *, by: Account) -> None:
    """Each look at a private message is in the journal; the first one ends its waiting."""
    complaint.read_at = complaint.read_at or now()
    journal.record("complaint read", "complaint", str(complaint.id), by=by)


def close_complaint(complaint: Complaint, *, by: Account) -> None:
    """It was dealt with: only the days it came and was closed remain. Doing it twice is doing it once."""
    if complaint.closed_at is None:
        complaint.closed_at = now()
        complaint.text, complaint.contact = "", None
        journal.record("closed", "complaint", str(complaint.id), by=by)


def open_kiosk(name: str, *, by: Account) -> Kiosk:
    """A tablet of the waiting room may from now on be used under its own address."""
    kiosk = Kiosk(code=keys.public_code(), name=name, opened_at=now(), opened_by_id=by.id)
    db.session.add(kiosk)
    journal.record("opened", "kiosk", kiosk.code, by=by, note=name)
    return kiosk


def rename_kiosk(kiosk: Kiosk, *, name: str, by: Account) -> None:
    if kiosk.name != name:
        journal.record("renamed", "kiosk", kiosk.code, by=by, note=f"{kiosk.name} → {name}")
        kiosk.name = name


def close_kiosk(kiosk: Kiosk, *, by: Account) -> None:
    """Its address leads nowhere any more. Doing it twice is doing it once."""
    if kiosk.closed_at is None:
        kiosk.closed_at = now()
        journal.record("closed", "kiosk", kiosk.code, by=by, note=kiosk.name)


def add_distress_phrase(*, phrase: str, by: Account) -> None:
    """Raises Refused when the list holds it already."""
    wanted = " ".join(fold(phrase).split())
    held = db.session.scalars(select(DistressPhrase.phrase))
    if any(" ".join(fold(one).split()) == wanted for one in held):
        raise Refused(_("These words are already on the list."))
    db.session.add(DistressPhrase(phrase=phrase))
    journal.record("added", "distress_phrase", phrase, by=by)
    forget()


def remove_distress_phrase(phrase: DistressPhrase, *, by: Account) -> None:
    db.session.delete(phrase)
    journal.record("removed", "distress_phrase", phrase.phrase, by=by)
    forget()


def fill_distress_phrases() -> None:
    """Copy the shipped list into the one that administrators keep; a second time changes nothing."""
    held = set(db.session.scalars(select(DistressPhrase.phrase)))
    db.session.add_all(
        DistressPhrase(phrase=phrase) for phrase in screening.default_distress() if phrase not in held
    )
