"""What the team does with a questionnaire: write, freeze, renew, retire."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engage.accounts.models import Account
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.yamltext import Invalid
from engage.journal import actions as journal
from engage.surveys.questionnaire import checking, queries, rows
from engage.surveys.questionnaire.comparing import compare, least
from engage.surveys.questionnaire.document import Document
from engage.surveys.questionnaire.kinds import Change, State
from engage.surveys.questionnaire.models import Questionnaire, Version
from engage.surveys.questionnaire.parsing import parse
from engage.surveys.questionnaire.writing import content_hash
from engage.uploads import actions as uploads
from engage.uploads.sounds import CheckedSound


def _note(verb: str, version: Version, by: Account, note: str = "") -> None:
    ref = f"{version.questionnaire.code}/{version.number}"
    journal.record(f"questionnaire {verb}", "questionnaire", ref, by=by, note=note)


def _draft(questionnaire: Questionnaire, document: Document, number: int, parent: Version | None) -> Version:
    version = Version(
        questionnaire_id=questionnaire.id,
        questionnaire=questionnaire,
        number=number,
        parent_id=parent.id if parent else None,
        languages=list(document.languages),
        edited_at=now(),
    )
    db.session.add(version)
    db.session.flush()
    rows.write(version, document)
    db.session.flush()
    return version


def create(document: Document, *, by: Account) -> Version:
    """A new questionnaire with its first draft. Raises Refused when its code is taken."""
    if queries.by_code(document.code):
        raise Refused(_("There is already a questionnaire with the code “%(code)s”.", code=document.code))
    questionnaire = Questionnaire(code=document.code, created_at=now())
    db.session.add(questionnaire)
    db.session.flush()
    version = _draft(questionnaire, document, 1, None)
    _note("created", version, by)
    return version


def bring_in(raw: bytes, *, by: Account) -> Version:
    """A file: a new questionnaire, or the next draft of the one with its code.

    Raises Invalid with every fault (nothing is stored), Refused when a draft is being written already.
    """
    document = parse(raw)
    if faults := checking.faults(document):
        raise Invalid(faults)
    questionnaire = queries.by_code(document.code)
    if questionnaire is None:
        return create(document, by=by)
    if queries.draft(questionnaire):
        raise Refused(_("A draft of this questionnaire is being written. Freeze it or throw it away first."))
    last = queries.versions(questionnaire)[0]
    version = _draft(questionnaire, document, last.number + 1, last)
    _note("brought in", version, by)
    return version


def ensure_draft(version: Version, revision: int) -> None:
    """Raises Refused when it is frozen, or when someone changed it since the page was opened."""
    if not version.is_draft:
        raise Refused(_("This version is frozen: nobody can change it. Make a new draft from it."))
    if version.revision != revision:
        raise Refused(
            _("Someone else has just changed this questionnaire. Please look again before you send.")
        )


def edit(version: Version, document: Document, *, revision: int, by: Account) -> None:
    """Write the draft anew; what was said of its changes must be said again."""
    ensure_draft(version, revision)
    held = queries.recorded(version)
    rows.write(version, document)
    version.edited_at = now()
    version.change, version.change_note = None, ""
    db.session.flush()
    _erase_unheard(held)
    _note("edited", version, by)


def record(
    version: Version,
    key: str,
    changes: Mapping[queries.Wording, CheckedSound | None],
    *,
    revision: int,
    by: Account,
) -> None:
    """Join recordings to the words of a question of a draft; None takes one away."""
    ensure_draft(version, revision)
    held, texts = queries.recorded(version), queries.wordings(version, key)
    for wording, sound in changes.items():
        texts[wording].audio_id = uploads.keep(sound).id if sound else None
    version.edited_at = now()
    db.session.flush()
    _erase_unheard(held)
    _note("recorded", version, by, key)


def _erase_unheard(ids: Collection[int]) -> None:
    """Words that changed let go of their recording; another version may still hold it."""
    for upload in queries.unheard(ids) if ids else ():
        uploads.erase(upload)


def classify(version: Version, *, change: Change, note: str, revision: int, by: Account) -> None:
    """Say what the changes do to figures over time. Raises Refused when that cannot be true."""
    ensure_draft(version, revision)
    parent = queries.parent(version)
    if parent is None:
        raise Refused(_("This is the first version: there is nothing to compare it with."))
    changes = compare(queries.document(parent), queries.document(version))
    if change is Change.COSMETIC and least(changes) is not Change.COSMETIC:
        raise Refused(_("More than words has changed: this is not only a matter of form."))
    if change is not Change.COSMETIC and not note:
        raise Refused(_("Please say what changed: it stands beside the figures."))
    version.change, version.change_note = change, note
    version.edited_at = now()
    db.session.flush()
    _note("classified", version, by, str(change))


def freeze(version: Version, *, revision: int, by: Account) -> None:
    """From now on nobody can change it. Raises Invalid with all that is missing, Refused."""
    ensure_draft(version, revision)
    document = queries.document(version)
    if faults := checking.faults(document):
        raise Invalid(faults)
    if version.parent_id and version.change is None:
        raise Refused(_("Please say first what the changes do to the figures."))
    version.state = State.FROZEN
    version.content_hash = content_hash(document)
    version.frozen_at = now()
    db.session.flush()
    _note("frozen", version, by)


def renew(version: Version, *, by: Account) -> Version:
    """A draft that begins as this version; the one that is being written already, if there is one."""
    if version.is_draft:
        return version
    found = queries.versions(version.questionnaire)
    if open_draft := next((one for one in found if one.is_draft), None):
        return open_draft
    fresh = _draft(version.questionnaire, queries.document(version), found[0].number + 1, version)
    _note("renewed", fresh, by)
    return fresh


def retire(version: Version, *, by: Account) -> None:
    """It is asked no more; what it asked stays. Raises Refused."""
    if not version.is_frozen:
        raise Refused(_("Only a frozen version can be retired."))
    version.state = State.RETIRED
    db.session.flush()
    _note("retired", version, by)


def discard(version: Version, *, revision: int, by: Account) -> None:
    """Throw a draft away, and the questionnaire with it when nothing else is left."""
    ensure_draft(version, revision)
    questionnaire = version.questionnaire
    alone = len(queries.versions(questionnaire)) == 1
    held = queries.recorded(version)
    _note("thrown away", version, by)
    rows.clear(version)
    db.session.delete(version)
    db.session.flush()
    _erase_unheard(held)
    if alone:
        db.session.delete(questionnaire)
