"""Giving a file back, to whoever the feature that owns it lets see it."""

from __future__ import annotations

import re

from flask import Response, abort, current_app, send_file
from sqlalchemy import select

from engage.core.config import Settings
from engage.core.db import db
from engage.core.words import fold
from engage.uploads import documents
from engage.uploads.models import Upload

KEPT_SECONDS = 3600
NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
NAME_LENGTH = 60
SUFFIXES = {
    "image/jpeg": ".jpeg",
    "image/webp": ".webp",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
    documents.MEDIA_TYPE: ".pdf",
}


def response(upload: Upload, *, name: str = "") -> Response:
    """The file, for a view that has checked who asks. 404 when its file is gone.

    A PDF is saved and never shown by us; `name` is what it is called then.
    """
    settings: Settings = current_app.extensions["engage_settings"]
    path = settings.files / upload.name
    if not path.is_file():
        abort(404)
    is_saved = upload.media_type == documents.MEDIA_TYPE
    name = (_file_name(name) or upload.name) + SUFFIXES[upload.media_type]
    answer = send_file(path.resolve(), mimetype=upload.media_type, download_name=name, max_age=KEPT_SECONDS)
    answer.headers["Content-Disposition"] = f'{"attachment" if is_saved else "inline"}; filename="{name}"'
    answer.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _file_name(title: str) -> str:
    return NOT_IN_NAMES.sub("-", fold(title)).strip("-")[:NAME_LENGTH]


def names() -> set[str]:
    """Every file that has a row."""
    return set(db.session.scalars(select(Upload.name)))
