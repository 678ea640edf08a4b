"""The list of a date as a file, for coordinators."""

from __future__ import annotations

from typing import IO

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core import sheets
from engage.core.db import db
from engage.core.guard import require
from engage.events import queries as found
from engage.events.after import permissions as may
from engage.events.after.files import actions, writing
from engage.events.after.files.writing import Format

bp = Blueprint("event_files", __name__, url_prefix="/equipe/evenements")


@bp.post("/dates/<code>/inscriptions.<any(csv, xlsx):kind>")
def take_out(code: str, kind: str) -> ResponseReturnValue:
    require(may.take_out(me()))
    date = found.any_occurrence(code)
    file = writing.file(Format(kind), actions.take_out(date, by=owner()))
    db.session.commit()
    return _download(file, Format(kind), f"inscriptions-{date.day.isoformat()}-{code}.{kind}")


def _download(file: IO[bytes], kind: Format, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    response = Response(sheets.blocks(file), headers=headers, content_type=writing.MEDIA[kind])
    response.call_on_close(file.close)  # also when nobody reads it to its end
    return response
