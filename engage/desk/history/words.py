"""What the verbs of the journal say in the language of the page."""

from __future__ import annotations

from engage.accounts.forms import ROLES
from engage.core.i18n import gettext as _
from engage.desk.history import (
    belonging_words,
    event_words,
    glossary_words,
    guide_words,
    meeting_words,
    page_words,
    subject_words,
    taking_part,
)
from engage.ideas.models import Progress
from engage.ideas.moderation.words import progress
from engage.journal.models import Entry


def verbs() -> dict[str, str]:
    """Each verb that features write, in words; the most frequent ones are about ideas."""
    return {
        **_about_ideas(),
        **_about_paper_and_sheets(),
        **_about_commitments(),
        **_about_surveys(),
        **_about_results(),
        **event_words.verbs(),
        **belonging_words.verbs(),
        **glossary_words.verbs(),
        **guide_words.verbs(),
        **meeting_words.verbs(),
        **page_words.verbs(),
        **subject_words.verbs(),
        **_about_messages(),
        **_about_the_house(),
        **taking_part.verbs(),
    }


def _about_ideas() -> dict[str, str]:
    return {
        "published": _("Idea published"),
        "kept to team": _("Idea kept to the team"),
        "refused": _("Idea refused"),
        "words changed": _("Words of an idea changed"),
        "question asked": _("Question asked to an author"),
        "precision shown": _("Precision published"),
        "precision hidden": _("Precision taken off"),
        "moved": _("Progress changed"),
        "answer drafted": _("Answer drafted"),
        "answered": _("Answer published"),
        "merged": _("Ideas brought together"),
        "unmerged": _("Ideas set apart"),
        "assigned": _("Idea handed on"),
        "distress read": _("Message of distress read"),
        "additions read": _("Words of an author read"),
        "original viewed": _("First words viewed"),
        "refusal sentences written": _("Refusal sentences changed"),
    }


def _about_paper_and_sheets() -> dict[str, str]:
    return {
        "batch opened": _("Batch opened"),
        "batch recounted": _("Batch recounted"),
        "batch closed": _("Batch closed"),
        "slip discarded": _("Slip put aside"),
        "slip put back": _("Slip put back"),
        "imported": _("Ideas brought in from a file"),
        "exported": _("Ideas taken out"),
        "exported with contacts": _("Ideas taken out with contacts"),
    }


def _about_messages() -> dict[str, str]:
    return {
        "contact viewed": _("Contact viewed"),
        "application viewed": _("Application viewed"),
        "complaint read": _("Private message read"),
        "call list printed": _("Call list printed"),
        "mail sent again": _("Mail sent again"),
        "message told": _("Person told"),
        "message untold": _("Telling taken back"),
    }


def _about_the_house() -> dict[str, str]:
    return {
        "account ended": _("Account ended"),
        "account erased": _("Account erased"),
        "role changed": _("Role changed"),
        "second factor reset": _("Second factor reset"),
        "invited": _("Person invited"),
        "invitation withdrawn": _("Invitation withdrawn"),
        "opened": _("Opened"),
        "closed": _("Closed"),
        "renamed": _("Renamed"),
        "added": _("Added"),
        "removed": _("Removed"),
        "settings edited": _("Settings changed"),
        "referent added": _("Referent added"),
        "referent edited": _("Referent changed"),
        "referent removed": _("Referent removed"),
        "closing days added": _("Closing days added"),
        "closing days removed": _("Closing days removed"),
        "staff name added": _("Name of the team added"),
        "staff name removed": _("Name of the team removed"),
        "contact edited": _("Way out for complaints changed"),
        "contact erased": _("Contact erased, as promised"),
        "backed up": _("Backup made"),
    }


def _about_commitments() -> dict[str, str]:
    return {
        "commitment made": _("Commitment made"),
        "commitment edited": _("Commitment changed"),
        "commitment planned": _("Commitment planned again"),
        "commitment under_way": _("Commitment under way"),
        "commitment done": _("Commitment done"),
        "commitment abandoned": _("Commitment given up"),
        "step added": _("Step added"),
        "step done": _("Step done"),
        "step reopened": _("Step opened again"),
        "step removed": _("Step removed"),
    }


def _about_surveys() -> dict[str, str]:
    return {
        "questionnaire created": _("Questionnaire begun"),
        "questionnaire brought in": _("Questionnaire brought in from a file"),
        "questionnaire edited": _("Questionnaire changed"),
        "questionnaire recorded": _("Question read aloud"),
        "questionnaire classified": _("Weight of a change said"),
        "questionnaire frozen": _("Questionnaire frozen"),
        "questionnaire renewed": _("New version of a questionnaire"),
        "questionnaire retired": _("Questionnaire retired"),
        "questionnaire thrown away": _("Draft of a questionnaire thrown away"),
        "printed": _("Printed"),
        "wave edited": _("Wave changed"),
        "wave withdrawn": _("Wave taken back"),
        "tickets cancelled": _("Unused slips cancelled"),
        "paper counted": _("Paper sheets counted"),
        "sheet typed": _("Paper sheet typed"),
        "sheet typed once": _("Paper sheet typed once"),
        "call typed": _("Call noted"),
        "answers erased": _("Answers erased, as promised"),
        "sheet published": _("Sheet of results published"),
        "sheet withdrawn": _("Sheet of results taken down"),
        "verbatims read": _("Words of a survey opened"),
        "verbatims deleted": _("Words of a survey erased"),
    }


def _about_results() -> dict[str, str]:
    return {
        "released": _("Results released"),
        "crossed": _("Results crossed"),
        "answers exported": _("Answers one by one taken out"),
    }


def kinds() -> dict[str, str]:
    """What each kind of thing is called."""
    found = _kinds() | glossary_words.kinds() | guide_words.kinds() | meeting_words.kinds()
    return found | page_words.kinds() | subject_words.kinds() | taking_part.kinds()


def _kinds() -> dict[str, str]:
    return {
        "account": _("Account"),
        "batch": _("Paper box"),
        "centre": _("Centre"),
        "commitment": _("Commitment"),
        "complaint": _("Private message"),
        "database": _("Database"),
        "distress_phrase": _("Words of distress"),
        "event": _("Event"),
        "group": _("Group"),
        "idea": _("Idea"),
        "ideas": _("Ideas"),
        "invitation": _("Invitation"),
        "kiosk": _("Kiosk"),
        "member": _("Member of a group"),
        "message": _("Message"),
        "messages": _("Messages"),
        "occurrence": _("Date of an event"),
        "partners": _("Partner patients"),
        "questionnaire": _("Questionnaire"),
        "referent": _("Person to turn to"),
        "verbatim_code": _("Theme of the words of surveys"),
        "wave": _("Survey wave"),
    }


def said(entry: Entry) -> str | None:
    """What the note says, in words; None when it stands as it was written."""
    if entry.verb == "moved" and entry.note in set(Progress):
        return progress(Progress(entry.note))
    if entry.verb in ("role changed", "invited"):
        roles = {str(role): str(label) for role, label in ROLES.items()}
        return " ".join(roles.get(part, part) for part in entry.note.split(" "))
    return None
