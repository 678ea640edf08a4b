"""Kinds of readers and what they say of a line, in words."""

from __future__ import annotations

from engage.core.i18n import lazy_gettext as _l
from engage.pages.rounds.models import ReaderKind, Understanding

KINDS = {
    ReaderKind.LITTLE_READING: _l("I read with difficulty"),
    ReaderKind.LEARNS_FRENCH: _l("I am learning French"),
    ReaderKind.DISABILITY: _l("I live with a disability"),
    ReaderKind.OLDER: _l("I am an older person"),
    ReaderKind.PATIENT: _l("I come here for care"),
    ReaderKind.CARER: _l("I help somebody close to me"),
    ReaderKind.PROFESSIONAL: _l("I work in care or beside it"),
}
TOLD = {
    ReaderKind.LITTLE_READING: _l("people who read with difficulty"),
    ReaderKind.LEARNS_FRENCH: _l("people who are learning French"),
    ReaderKind.DISABILITY: _l("people who live with a disability"),
    ReaderKind.OLDER: _l("older people"),
    ReaderKind.PATIENT: _l("patients"),
    ReaderKind.CARER: _l("carers"),
    ReaderKind.PROFESSIONAL: _l("professionals"),
}
MARKS = {
    Understanding.YES: _l("I understand"),
    Understanding.UNSURE: _l("I am not sure"),
    Understanding.NO: _l("I do not understand"),
}
FACES = {Understanding.YES: "face-5", Understanding.UNSURE: "face-3", Understanding.NO: "face-1"}
