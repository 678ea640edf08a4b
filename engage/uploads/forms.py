"""Fields for one photo, one recording, one paper."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms.validators import Optional, StopValidation

from engage.core.config import Settings
from engage.core.db import db
from engage.core.i18n import gettext as _
from engage.uploads import documents, sounds
from engage.uploads.documents import CheckedPdf, NotADocument
from engage.uploads.pictures import ACCEPT, CheckedPhoto, NotAPhoto, check
from engage.uploads.sounds import CheckedSound, Limits, NotASound


class PhotoField(FileField):
    """After validation `data` is a CheckedPhoto, or None when no file was chosen.

    Validate the form before the view changes anything: drawing a picture again takes a moment, and
    meanwhile the unit of work is let go, so that nobody waits for its lock.
    """

    data: CheckedPhoto | None

    def __init__(self, label: Any = None, validators: Any = (), **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"accept": ACCEPT})
        super().__init__(label, validators or [Optional()], **kwargs)

    def pre_validate(self, _form: Any) -> None:
        """Raises StopValidation with a sentence that says what to do."""
        sent, self.data = self.data, None
        if not isinstance(sent, FileStorage):
            return
        _let_go()
        settings: Settings = current_app.extensions["engage_settings"]
        try:
            self.data = check(sent.read(settings.max_upload_bytes + 1), max_bytes=settings.max_upload_bytes)
        except NotAPhoto as refusal:
            raise StopValidation(str(refusal)) from refusal


class SoundField(FileField):
    """After validation `data` is a CheckedSound, or None when no file was chosen."""

    data: CheckedSound | None

    def __init__(
        self, label: Any = None, validators: Any = (), *, limits: Limits = sounds.SHORT, **kwargs: Any
    ) -> None:
        kwargs.setdefault("render_kw", {"accept": sounds.ACCEPT})
        super().__init__(label, validators or [Optional()], **kwargs)
        self.limits = limits

    def pre_validate(self, _form: Any) -> None:
        """Raises StopValidation with a sentence that says what to do."""
        sent, self.data = self.data, None
        if not isinstance(sent, FileStorage):
            return
        try:
            self.data = sounds.check(sent.read(self.limits.bytes + 1), self.limits)
        except NotASound as refusal:
            raise StopValidation(str(refusal)) from refusal


class PaperField(FileField):
    """After validation `data` is a CheckedPdf, a CheckedPhoto, or None when no file was chosen.

    What it is, its content says. Validate the form before the view changes anything, as with a PhotoField.
    """

    data: CheckedPdf | CheckedPhoto | None

    def __init__(self, label: Any = None, validators: Any = (), **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"accept": f"{documents.ACCEPT},{ACCEPT}"})
        super().__init__(label, validators or [Optional()], **kwargs)

    def pre_validate(self, _form: Any) -> None:
        """Raises StopValidation with a sentence that says what to do."""
        sent, self.data = self.data, None
        if not isinstance(sent, FileStorage):
            return
        _let_go()
        settings: Settings = current_app.extensions["engage_settings"]
        content = sent.read(settings.max_upload_bytes + 1)
        made_new = documents.check if documents.is_pdf(content) else check
        try:
            self.data = made_new(content, max_bytes=settings.max_upload_bytes)
        except NotADocument as refusal:
            raise StopValidation(str(refusal)) from refusal
        except NotAPhoto as refusal:
            raise StopValidation(str(refusal) + " " + _("A PDF is fine too.")) from refusal


def _let_go() -> None:
    """End the unit of work, in which nothing was written yet."""
    session = db.session()
    if not (session.new or session.dirty or session.deleted):
        session.rollback()
