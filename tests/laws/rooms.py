"""A house with something in every room, so that each address of the URL map leads somewhere."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Flask, current_app
from werkzeug.routing import Rule

from engage.accounts.models import Account, Invitation, Role
from engage.centre.models import ClosingDay, Complaint, StaffName
from engage.commitments import queries as commitments
from engage.commitments.models import CommitmentChange, CommitmentStep, State
from engage.core import keys
from engage.core.clock import now
from engage.core.db import db
from engage.events import sealed
from engage.events.after.models import EventCommitment, EventPhoto, Face, Feedback
from engage.events.agenda.personal import actions as calendars
from engage.events.arriving import actions as doors
from engage.events.joining import actions as groups
from engage.events.joining import telling as group_mails
from engage.events.kinds import SignUpState
from engage.events.models import EventQuestion
from engage.events.programme import actions as programmes
from engage.events.programme.models import Speaker
from engage.ideas.models import (
    Batch,
    Discard,
    Idea,
    IdeaCommitment,
    Publication,
    Step,
    StepKind,
    Support,
    Visibility,
)
from engage.intake import actions as intake
from engage.intake.models import DistressPhrase, Door, Kiosk, Reply
from engage.journal import actions as journal
from engage.outbox.models import Channel, Kind, Message
from engage.surveys.answering import actions as waves
from engage.surveys.answering.kinds import Anonymity, ChannelKind
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire import actions as questionnaires
from engage.surveys.questionnaire import queries as questionnaire_queries
from engage.surveys.results import actions as results
from engage.surveys.results.sheet import actions as sheets
from engage.surveys.results.subjects.models import Finding
from engage.surveys.results.verbatims.models import OwnCode
from engage.uploads.models import Upload
from engage.uploads.sounds import CheckedSound
from tests import make
from tests.events.after import conftest as over
from tests.events.signing.people import signed, wanted
from tests.laws import insiders, rooms_calls, rooms_groups, rooms_pages, rooms_people, rooms_relays
from tests.surveys.questionnaire import sample
from tests.surveys.results import closed, voices

PIXEL = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"  # only served, never read
)


@dataclass
class Rooms:
    """What each address needs: by blueprint (or endpoint) and name of the argument."""

    held: dict[tuple[str, str], Any] = field(default_factory=dict)

    def arguments(self, rule: Rule) -> dict[str, Any]:
        """Raises KeyError with what the house lacks."""
        endpoint = str(rule.endpoint)
        place = endpoint.split(".", maxsplit=1)[0]
        return {name: self.held.get((endpoint, name)) or self.held[place, name] for name in rule.arguments}

    def address(self, app: Flask, rule: Rule) -> str:
        with app.test_request_context():
            return app.url_map.bind("localhost").build(str(rule.endpoint), self.arguments(rule))


def _saved(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def _photo() -> Upload:
    row: Upload = _saved(
        Upload(media_type="image/jpeg", size=len(PIXEL), width=1, height=1, alt="Un banc", created_at=now())
    )
    files = current_app.extensions["engage_settings"].files
    files.mkdir(parents=True, exist_ok=True)
    (files / row.name).write_bytes(PIXEL)
    return row


def _idea(number: int, owner: Account) -> Idea:
    """Public, with a photo, a life, supports, and a code that follows it."""
    made = make.idea(
        f"Un banc devant la porte, numéro {number}.", publication=Publication.PUBLIC, photo=_photo(),
        photo_is_public=True, theme=make.theme(), owner=owner, due_on=date(2020, 1, 1),
    )  # fmt: skip
    for kind in (StepKind.ANSWER, StepKind.PRECISION, StepKind.QUESTION):
        db.session.add(
            Step(idea_id=made.id, at=now(), kind=kind, visibility=Visibility.PUBLIC, words="Merci.")
        )
    db.session.add(Support(idea_id=made.id, device_digest=secrets.token_hex(8), at=now()))
    make.findable(made)
    return made


def _message(idea: Idea) -> Message:
    row: Message = _saved(
        Message(
            key=secrets.token_hex(8), kind=Kind.NEWS, channel=Channel.PHONE, address="04 00 00 00 00",
            person="Amina", subject="Votre idée", body="Elle avance.", message_id=secrets.token_hex(8),
            about_kind="idea", about_ref=idea.code, created_at=now(), not_before=now(),
        )
    )  # fmt: skip
    return row


def _promise(idea: Idea, owner: Account) -> tuple[str, int]:
    made = make.commitment(owner=owner, theme=make.theme())
    step = _saved(CommitmentStep(commitment_id=made.id, position=0, text="Demander trois devis"))
    db.session.add(CommitmentChange(commitment_id=made.id, at=now(), state=State.PLANNED, words="Promis."))
    db.session.add(IdeaCommitment(idea_id=idea.id, commitment_id=made.id))
    return made.code, step.id


def _paper(number: int) -> tuple[str, int]:
    batch = _saved(Batch(opened_on=now().date(), opened_by="Chloé", slips=9, created_at=now()))
    kind = {"batch_id": batch.id, "submission_key": secrets.token_hex(16)}
    discard = _saved(Discard(**kind, reason="Illisible", at=now()))
    make.idea(f"Sur papier, numéro {number}.", door=Door.PAPER, batch_id=batch.id)
    return batch.code, discard.id


def _reception(number: int) -> dict[str, Any]:
    code = keys.public_code()
    db.session.add(Kiosk(code=code, name=f"Tablette {number}", opened_at=now()))
    complaint = _saved(
        Complaint(submission_key=secrets.token_hex(16), text="On m’a mal reçue.", received_at=now())
    )
    phrase = _saved(DistressPhrase(phrase=f"mot {secrets.token_hex(4)}"))
    return {"kiosk": code, "complaint": complaint.id, "phrase": phrase.id}


def _settings(number: int) -> dict[str, int]:
    day = _saved(ClosingDay(first=date(2020, 1, 1), last=date(2020, 1, 2), reason="Fermé"))
    name = _saved(StaffName(name=f"Docteur {secrets.token_hex(4)}"))
    account = make.account(f"Chloé {number}", Role.COORDINATOR)
    return {"day": day.id, "name": name.id, "referent": make.referent(account).id, "account": account.id}


def _person(number: int) -> Account:
    person = make.account(f"Amina {number}")
    invitation = {"code_digest": secrets.token_hex(16), "role": Role.MEMBER, "created_at": now()}
    db.session.add(Invitation(**invitation, expires_at=now()))
    journal.record("published", "idea", "abc", by=person)
    return person


def _questionnaire(owner: Account) -> tuple[str, int]:
    """A frozen version with a question read aloud, and the draft that follows it."""
    code = f"accueil-{secrets.token_hex(4)}"
    frozen = questionnaires.create(sample.small(code), by=owner)
    sound = {("fr", "standard"): CheckedSound(PIXEL, "audio/wav")}
    questionnaires.record(frozen, "came", sound, revision=frozen.revision, by=owner)
    questionnaires.freeze(frozen, revision=frozen.revision, by=owner)
    return code, questionnaires.renew(frozen, by=owner).number


def _voices(owner: Account, promise: str) -> tuple[str, UUID, str]:
    """A wave with a sheet that is composed, one of its words, and a theme of the centre's own."""
    wave, ids = voices.heard(code=f"paroles-{secrets.token_hex(4)}")
    results.release(wave, by=owner)
    sheets.tie(wave, commitments.get(promise), about="", by=owner)
    return wave.code, ids[0], _saved(OwnCode(theme="places", label=secrets.token_hex(4))).code


def _results(owner: Account) -> str:
    """A wave whose results are released and crossed."""
    asked = closed.version(owner, replace(sample.document(), code=f"fini-{secrets.token_hex(4)}"))
    wave = closed.wave(owner, asked, 60)
    results.release(wave, by=owner)
    results.cross(wave, "felt", "came", by=owner)
    return wave.code


def _agenda(owner: Account) -> dict[tuple[str, str], Any]:
    """A date with a picture and a question, and who comes to it."""
    event = make.event(photo=_photo(), referent=owner, what_short="On marche.", capacity=12)
    db.session.add(EventQuestion(event_id=event.id, position=1, text="Quel est votre rythme ?"))
    date = make.occurrence(event)
    slot = make.slot(event, takes_sign_up=True, capacity=9, speakers=[Speaker(position=1, name="Paul Roux")])
    coming = signed(date, f"Amina {secrets.token_hex(4)}", party=3)
    door, _token = doors.open_door(date, device="Accueil", by=owner)
    programmes.choose(coming, [slot.id])
    walks = make.occurrence(make.event(is_joined_once=True))
    member, _code = groups.join(walks.event, **wanted(f"Zoé {secrets.token_hex(4)}"))
    return {
        ("events", "code"): date.code, ("events.poster", "size"): "a4", ("signing", "code"): date.code,
        ("sign_ups", "code"): coming.code, ("sign_ups", "given"): sealed.seal(coming.code),
        ("sign_ups", "date"): date.code,
        ("own_calendar", "token"): calendars.give_key(owner),
        ("event_needs", "code"): date.code, **_over(owner),
        ("groups", "code"): member.code, ("groups", "given"): group_mails.seal(member.code),
        ("groups", "date"): walks.code, ("groups.join", "code"): walks.code,
        ("groups_desk", "code"): walks.event.code, ("groups_desk.leave", "code"): member.code,
        ("groups_desk.change", "code"): member.code, ("groups_desk.read_member", "code"): member.code,
        ("programme", "code"): date.code, ("programme_desk", "code"): event.code,
        ("programme_desk", "slot_id"): slot.id,
        ("events_desk", "code"): event.code,
        ("events_desk", "kind"): "walk", ("event_dates", "code"): date.code,
        ("event_dates.add", "code"): event.code,
        ("event_guests", "code"): date.code, ("event_guests.cancel", "code"): coming.code,
        ("event_guests.accept", "code"): coming.code, ("event_guests.change", "code"): coming.code,
        ("event_guests.read_guest", "code"): coming.code, ("bringing", "code"): coming.code,
        ("bringing.show_member", "code"): member.code, ("bringing.change_member", "code"): member.code,
        ("bringing.leave", "code"): member.code, ("bringing.excuse", "code"): member.code,
        ("bringing.come_back", "code"): member.code, ("bringing", "date"): date.code,
        ("arriving", "code"): date.code, ("arriving_desk", "code"): date.code,
        ("arriving_desk", "door"): door.code,
        ("reminding", "code"): coming.code, ("reminding", "given"): sealed.short_seal(coming.code),
        ("reminding_desk", "code"): date.code,
    }  # fmt: skip


def _over(owner: Account) -> dict[tuple[str, str], Any]:
    """A date that is over: who came, what they said, a picture, what follows from it."""
    date = make.occurrence(
        make.event(), starts_at=now() - timedelta(days=2), minutes_words="Un bel après-midi."
    )
    came = over.coming(date, "Amina", SignUpState.ATTENDED)
    words = _saved(Feedback(occurrence_id=date.id, face=Face.GOOD, words="Merci."))
    for _person in range(5):
        db.session.add(Feedback(occurrence_id=date.id, face=Face.GOOD))
    photo, promise = _photo(), make.commitment(owner=owner)
    db.session.add(EventPhoto(occurrence_id=date.id, upload_id=photo.id, added_at=now()))
    db.session.add(EventCommitment(occurrence_id=date.id, commitment_id=promise.id))
    return {
        ("after", "code"): date.code, ("after", "given"): sealed.feedback_seal(date.code),
        ("after", "name"): photo.name, ("after_desk", "code"): date.code,
        ("after_desk", "feedback_id"): words.id, ("after_desk", "name"): photo.name,
        ("after_desk", "commitment"): promise.code, ("attesting_desk", "code"): date.code,
        ("attesting_desk.attest_one", "code"): came.code, ("event_files", "code"): date.code,
        ("event_files", "kind"): "csv",
    }  # fmt: skip


def _wave(code: str, owner: Account) -> str:
    """An open wave with every way in, and a printed ticket."""
    asked = questionnaire_queries.get(code, 1)
    wave = waves.open_wave(
        asked, list(ChannelKind), by=owner, title="L’accueil", opens_at=now() - timedelta(days=1),
        closes_at=now() + timedelta(days=30), anonymity=Anonymity.STRICT,
        retained_until=(now() + timedelta(days=400)).date(), results_on=(now() + timedelta(days=60)).date(),
    )  # fmt: skip
    waves.hand_out(wave, 1, by=owner)
    return wave.code


def voice(place: str) -> dict[tuple[str, str], str]:
    """The words that were read aloud."""
    return {(place, "key"): "came", (place, "language"): "fr", (place, "variant"): "standard"}


def finding(wave: str, owner: Account) -> str:
    """What a group took up from the results of this wave."""
    held = db.session.query(Wave).filter_by(code=wave).one()
    group = make.group("Groupe de travail")
    row = Finding(
        wave_id=held.id, group_id=group.id, words="Trop d’attente.", taken_up_at=now(), by_id=owner.id
    )
    return str(_saved(row).code)


def furnish(number: int) -> Rooms:
    """One more of everything; needs an application context. Commits."""
    settings = _settings(number)
    owner = db.session.get_one(Account, settings["account"])
    idea = _idea(number, owner)
    waiting = make.idea(
        f"À lire, numéro {number}.", reply=Reply.MAIL, contact="amina@exemple.fr", photo=_photo()
    )
    promise, step = _promise(idea, owner)
    asked, draft = _questionnaire(owner)
    wave = _wave(asked, owner)
    batch, discard = _paper(number)
    desk, person = _reception(number), _person(number)
    over, words, own = _voices(owner, promise)
    told = _results(owner)
    code, picture = _message(idea).code, idea.photo.name if idea.photo else ""
    intake.open_follow_up("idea", idea.code)
    held: dict[tuple[str, str], Any] = {
        ("ideas", "code"): idea.code, ("following", "code"): idea.code, ("results", "code"): promise,
        ("results.poster", "size"): "a4", ("home", "name"): picture, ("home.language", "code"): "fr",
        ("home.text_size", "size"): "large", ("intake", "code"): desk["kiosk"],
        ("joining", "code"): "ABCDEFGH", ("outbox", "token"): "abcdefgh",
        ("commitments_desk", "code"): promise, ("commitments_desk", "step_id"): step,
        ("commitments_desk", "idea_code"): idea.code, ("ideas_desk", "code"): waiting.code,
        ("deeds_desk", "code"): waiting.code, ("merging_desk", "code"): waiting.code,
        ("intake_desk", "code"): desk["kiosk"], ("intake_desk", "complaint_id"): desk["complaint"],
        ("intake_desk", "phrase_id"): desk["phrase"], ("paper_desk", "code"): batch,
        ("paper_desk", "discard_id"): discard, ("outreach_desk", "code"): code,
        ("people_desk", "actor"): person.actor_id, ("centre_desk", "section"): "identite",
        ("centre_desk", "kind"): "mediator", ("centre_desk.reopen", "row_id"): settings["day"],
        ("centre_desk.forget_staff", "row_id"): settings["name"],
        ("centre_desk", "row_id"): settings["referent"], ("exchange_desk", "kind"): "csv",
        ("questionnaires_desk", "code"): asked, ("questionnaires_desk", "number"): draft,
        ("questionnaire_building", "code"): asked, ("questionnaire_building", "number"): draft,
        ("questionnaire_recording", "code"): asked, ("questionnaire_recording", "number"): draft,
        **voice("questionnaire_recording"), **voice("surveys.listen"),
        ("waves_desk", "code"): wave, ("wave_planning", "code"): wave, ("wave_doors", "code"): wave,
        ("surveys", "code"): wave, ("survey_steps", "code"): wave, ("survey_steps", "key"): "came",
        ("sheets_desk", "code"): wave, ("questionnaire_building", "key"): "minutes",
        ("questionnaire_building.retitle", "key"): "p1",
        ("survey_results_desk", "code"): told, ("survey_files_desk", "code"): told,
        ("survey_results_desk", "question"): "felt", ("survey_results_desk", "segment"): "came",
        ("survey_files_desk", "kind"): "csv",
        ("verbatims_desk", "code"): over, ("verbatims_desk", "verbatim_id"): words,
        ("verbatims_desk.remove_code", "code"): own,
        ("sheet_desk", "code"): over, ("sheet_desk", "commitment"): promise, ("survey_sheet", "code"): over,
        ("survey_findings", "code"): over, ("survey_findings", "finding"): finding(over, owner),
        **_agenda(owner), **rooms_people.held(number, owner),
        **rooms_calls.held(number, owner), **rooms_relays.held(number, owner),
        **rooms_groups.held(number), **insiders.held(), **rooms_pages.held(number, owner),
    }  # fmt: skip
    db.session.commit()
    return Rooms(held)
