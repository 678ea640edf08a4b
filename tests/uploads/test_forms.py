"""The field of a photo: drawn again before any lock is taken, refused in plain words."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms.validators import DataRequired

from engage.centre.models import Centre
from engage.core.db import db
from engage.core.forms import Form
from engage.uploads import actions as uploads
from engage.uploads import forms, queries
from engage.uploads.forms import PhotoField
from engage.uploads.pictures import CheckedPhoto, check
from tests.uploads.pictures import photo


class PhotoForm(Form):
    photo = PhotoField("Photo")


class NeededForm(Form):
    photo = PhotoField("Photo", [DataRequired()])


def filled(data: bytes | None, name: str = "photo.jpg", form: type[Form] = PhotoForm) -> Any:
    files = MultiDict({"photo": FileStorage(io.BytesIO(data), name, "photo")} if data is not None else {})
    return form(formdata=files, meta={"csrf": False})


@pytest.fixture
def posting(app: Flask) -> Any:
    with app.test_request_context("/", method="POST"):
        yield


def test_photo_becomes_a_checked_photo(posting: None) -> None:
    form = filled(photo())
    assert form.validate()
    assert isinstance(form.values["photo"], CheckedPhoto)


@pytest.mark.parametrize("sent", [None, b""])
def test_photo_is_optional(posting: None, sent: bytes | None) -> None:
    form = filled(sent, name="" if sent == b"" else "photo.jpg")
    assert form.validate()
    assert form.photo.data is None


def test_photo_can_be_required(posting: None) -> None:
    assert not filled(None, form=NeededForm).validate()
    assert filled(photo(), form=NeededForm).validate()


def test_text_called_photo_is_refused(posting: None) -> None:
    form = filled(b"Je suis un texte")
    assert not form.validate()
    assert form.photo.data is None
    assert form.photo.errors == [
        "Ce fichier n’est pas une photo que nous savons lire. Nous lisons JPEG, PNG, WebP et GIF."
    ]


def test_nobody_waits_while_a_photo_is_drawn(posting: None, monkeypatch: pytest.MonkeyPatch) -> None:
    units: list[bool] = []
    real = check

    def watched(data: bytes, **limits: int) -> CheckedPhoto:
        units.append(db.session().in_transaction())
        return real(data, **limits)

    monkeypatch.setattr(forms, "check", watched)
    centre = db.session.scalars(select(Centre)).one()
    assert db.session().in_transaction()
    assert filled(photo()).validate()
    assert units == [False]
    assert centre.name == "Maison de santé des Tilleuls"


def test_field_asks_phones_for_kinds_we_can_read(posting: None) -> None:
    assert 'accept="image/jpeg,image/png,image/webp,image/gif"' in PhotoForm(meta={"csrf": False}).photo()


def test_response_shows_the_picture_and_nothing_else(app: Flask) -> None:
    with app.test_request_context("/"):
        form = filled(photo())
        assert form.validate()
        upload = uploads.keep(form.photo.data)
        answer = queries.response(upload)
        answer.direct_passthrough = False
        assert answer.get_data() == form.photo.data.data
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Content-Disposition"] == f'inline; filename="{upload.name}.jpeg"'
        assert answer.headers["Cache-Control"] == "private, max-age=3600"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        answer.close()


def test_picture_without_its_file_is_not_found(app: Flask) -> None:
    from werkzeug.exceptions import NotFound

    with app.test_request_context("/"):
        form = filled(photo())
        assert form.validate()
        upload = uploads.keep(form.photo.data)
        (uploads.folder() / upload.name).unlink()
        with pytest.raises(NotFound):
            queries.response(upload)
