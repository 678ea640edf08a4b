"""Rooms of pages: a word explained, an entry of the directory."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from engage.accounts.models import Account
from engage.centre.queries import centre_today
from engage.core.db import db
from engage.pages import actions as pages
from engage.pages.models import Body, PagePicture
from engage.pages.rounds import actions as rounds
from engage.pages.rounds.models import Understanding
from engage.pages.sounds import actions as sounds
from engage.uploads import actions as uploads
from engage.uploads.models import Upload
from engage.uploads.pictures import CheckedPhoto
from engage.uploads.sounds import CheckedSound
from tests import make
from tests.pages.guide import small as guides
from tests.pages.writing import sample as writing


def _picture() -> Upload:
    return uploads.keep(CheckedPhoto(b"\xff\xd8\xff", "image/jpeg", 1, 1), alt="Une porte")


def held(number: int, owner: Account) -> dict[tuple[str, str], Any]:
    """One more of each."""
    word = make.term(f"Mot {secrets.token_hex(4)}")
    guides.published()
    place = make.entry(f"Aide {number}")
    page = f"page-{number}"
    shown = writing.published(page, by=owner, simple=writing.SIMPLE + "\n\n![Une porte](image:porte)")
    pages.begin(shown.page, "fr", by=owner)
    db.session.add(PagePicture(page_id=shown.page_id, name="porte", upload=_picture()))
    blueprints = (
        "pages", "pages_desk", "page_drafts", "page_versions", "page_pictures", "asking", "asking_desk",
        "rounds_desk", "sounds", "sounds_desk",
    )  # fmt: skip
    reading = rounds.begin(
        shown, body=Body.SIMPLE, group=None, closes_on=centre_today() + timedelta(days=9), by=owner
    )
    reader = rounds.invite(reading, name="Lucien", by=owner)
    rounds.mark(reader, 0, mark=Understanding.NO, remark="Papiers ?")
    sounds.record(shown, body=Body.SIMPLE, sound=CheckedSound(b"OggS", "audio/ogg"), said_by="Rose", by=owner)
    return {
        **{(name, "slug"): page for name in blueprints}, **{(name, "language"): "fr" for name in blueprints},
        ("pages", "name"): "porte", ("pages", "kind"): "feuille", ("page_versions", "number"): 1,
        ("page_pictures", "name"): "porte", ("rounds", "name"): "porte", ("rounds", "given"): "ABC",
        ("sounds", "body"): "simple", ("sounds_desk", "body"): "simple",
        ("rounds", "code"): reader.code, ("rounds", "number"): 2, ("rounds_desk", "code"): reading.code,
        ("rounds_desk", "who"): reader.code, ("rounds_desk", "number"): 1,
        ("guide", "key"): "debut", ("guide_desk", "key"): "aide",
        ("guide_desk.preview", "key"): "debut", ("guide_desk", "language"): "fr", ("guide_desk", "number"): 1,
        ("directory", "code"): place.code, ("directory_desk", "code"): place.code,
        ("glossary", "slug"): word.slug, ("glossary_desk", "slug"): word.slug,
        ("glossary_desk", "language"): "fr",
    }  # fmt: skip
