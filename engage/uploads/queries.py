"""Giving a file back, to whoever the feature that owns it lets see it."""

from __future__ import annotations

from flask import Response, abort, current_app, send_file
from sqlalchemy import select

from engage.core.config import Settings
from engage.core.db import db
from engage.uploads.models import Upload

KEPT_SECONDS = 3600
SUFFIXES = {
    "image/jpeg": ".jpeg",
    "image/webp": ".webp",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
}


def response(upload: Upload) -> Response:
    """The file, for a view that has checked who asks. 404 when its file is gone."""
    settings: Settings = current_app.extensions["engage_settings"]
    path = settings.files / upload.name
    if not path.is_file():
        abort(404)
    name = upload.name + SUFFIXES[upload.media_type]
    answer = send_file(path.resolve(), mimetype=upload.media_type, download_name=name, max_age=KEPT_SECONDS)
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def names() -> set[str]:
    """Every file that has a row."""
    return set(db.session.scalars(select(Upload.name)))
