"""What every contribution shares: a draft kept, a follow-up code opened."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask_babel import LazyString
from sqlalchemy import Text, bindparam, delete, insert, select, type_coerce, update
from sqlalchemy.exc import IntegrityError

from engage.accounts.models import Account
from engage.centre.models import Complaint
from engage.core import keys
from engage.core.cache import forget
from engage.core.clock import now
from engage.core.db import Encrypted, Moment, db, stored
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.core.words import fold
from engage.intake import queries, screening
from engage.intake.models import CODE_GROUPS, CODE_LENGTH, DistressPhrase, Draft, FollowUp, Kiosk
from engage.journal import actions as journal
from engage.outbox import actions as outbox
from engage.outbox.models import Channel, Kind
from engage.uploads import actions as uploads

DRAFT_LIFE = timedelta(hours=24)


def code_of(seed: str) -> str:
    """The follow-up code that belongs to a submission key, in three groups: `7KM-4QX-9TB`.

    It is computed, never stored: a form sent twice shows its code twice, and the table of codes still
    holds digests alone. Nobody computes it without the keys of the centre and the key of the form.
    """
    number = int(keys.digest("follow-up-code", seed), 16)
    signs = [keys.ALPHABET[(number >> (5 * place)) & 31] for place in range(CODE_LENGTH)]
    return "-".join("".join(signs[at : at + CODE_GROUPS]) for at in range(0, CODE_LENGTH, CODE_GROUPS))


OPEN = insert(FollowUp.__table__)  # type: ignore[arg-type]
# Built once: a step of the form costs little more than what it writes.
BEGIN = insert(Draft.__table__)  # type: ignore[arg-type]
KEEP = (
    update(Draft.__table__)  # type: ignore[arg-type]
    .where(Draft.key_digest == bindparam("digest"))
    .values(content=bindparam("kept"), expires_at=bindparam("until"))
)
CLOSE = delete(Draft.__table__).where(Draft.key_digest == bindparam("digest"))  # type: ignore[arg-type]
IS_WRITTEN = (
    Draft.key_digest == bindparam("digest"),
    Draft.kind == bindparam("sort"),
    Draft.expires_at > bindparam("present", type_=Moment),
)
ADD = (
    update(Draft.__table__)  # type: ignore[arg-type]
    .where(*IS_WRITTEN)
    .values(
        content=type_coerce(Draft.content, Text) + "\n" + bindparam("piece", type_=Encrypted),
        expires_at=bindparam("until", type_=Moment),
    )
)
TAKE = delete(Draft.__table__).where(*IS_WRITTEN).returning(*Draft.__table__.c)  # type: ignore[arg-type]


def open_follow_up(kind: str, ref: str, *, seed: str = "") -> str:
    """A new follow-up code of `CODE_LENGTH` signs (45 bits) for the thing `kind` `ref`.

    With the submission key as `seed`, the code is always the same for that submission.
    """
    code = code_of(seed or secrets.token_urlsafe(24))
    values = {"digest": queries.code_digest(code), "kind": kind, "ref": ref, "created_at": now()}
    db.session.connection().execute(OPEN, values)
    return code


def close_follow_ups(kind: str, ref: str) -> None:
    """From now on no code opens the thing `kind` `ref`."""
    db.session.execute(delete(FollowUp).filter_by(kind=kind, ref=ref))


def begin_draft(
    kind: str, values: Mapping[str, Any], *, key: str = "", until: datetime | None = None
) -> tuple[str, Draft]:
    """A new draft, and the key that alone finds it again: it belongs in the session of who writes.

    `key`: one that its writer can note and type again. Kept for 24 hours, or `until` a moment.
    """
    key = key or secrets.token_urlsafe(32)
    row = {
        "key_digest": keys.digest("draft", key),
        "kind": kind,
        "photo_id": None,
        "content": _kept(values),
        "expires_at": until or now() + DRAFT_LIFE,
    }
    db.session.connection().execute(BEGIN, row)
    return key, stored(Draft, **row)


def keep_draft(draft: Draft, values: Mapping[str, Any], *, until: datetime | None = None) -> None:
    """Keep what somebody is writing, encrypted, for 24 hours more, or `until` a moment."""
    ends = until or now() + DRAFT_LIFE
    db.session.connection().execute(KEEP, {"digest": draft.key_digest, "kept": _kept(values), "until": ends})
    db.session.expire(draft)


def add_to_draft(key: str, kind: str, values: Mapping[str, Any]) -> bool:
    """Keep what was typed at one more step without reading the others; False when the draft is gone."""
    row = {"digest": keys.digest("draft", key), "sort": kind, "present": now(), "piece": _kept(values)}
    added = db.session.connection().execute(ADD, row | {"until": now() + DRAFT_LIFE})
    return added.rowcount == 1


def take_draft(key: str | None, kind: str) -> Draft | None:
    """What the holder of `key` was writing, which is closed with this unit of work; None when it is gone."""
    if not key:
        return None
    asked = {"digest": keys.digest("draft", key), "sort": kind, "present": now()}
    row = db.session.connection().execute(TAKE, asked).one_or_none()
    return stored(Draft, **row._mapping) if row else None


def _kept(values: Mapping[str, Any]) -> str:
    return json.dumps(dict(values), ensure_ascii=False)


def close_draft(draft: Draft) -> None:
    """It was sent: the words stand elsewhere now, and so does the photo."""
    db.session.connection().execute(CLOSE, {"digest": draft.key_digest})
    db.session.expunge(draft)


def erase_draft(draft: Draft) -> None:
    """Nothing of it is left, the photo neither."""
    if draft.photo:
        uploads.erase(draft.photo)
    db.session.delete(draft)


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
