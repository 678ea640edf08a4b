"""A page in French, English and Arabic, with a word that is explained."""

from __future__ import annotations

import pytest
from flask import Flask

from engage.core.clock import now
from engage.core.db import db
from engage.pages.models import PageVersion
from tests import make
from tests.pages.writing import sample

SIMPLE = """## {phone} Avant de partir

Demandez vos papiers et votre ordonnance.

## Le jour du retour

Appelez-nous.

## Après

![Une table](image:table)
"""
SHORT = """## Avant de partir
{paper} Demandez vos papiers.
## Chez vous
Appelez-nous.
"""
ARABIC = """## قبل الخروج

اطلبوا أوراقكم.

## يوم العودة

اتصلوا بنا على الرقم 04 00 00 00 01.

## بعد ذلك

استريحوا."""


def _translated(source: PageVersion, language: str, title: str, simple: str) -> PageVersion:
    made = PageVersion(
        page=source.page, language=language, number=1, title=title, message=title, summary="", simple=simple,
        short="", sources=[], source_id=source.id, checklist={}, kept=[], author="Nadia", frozen_at=now(),
        published_at=now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def told() -> None:
    """The page itself; needs an application context."""
    made = sample.published(simple=SIMPLE, short=SHORT, summary="Prévenez-nous.", sources=["Le code"])
    make.term("ordonnance", definition="Le papier du médecin.")
    _translated(made, "ar", "الخروج من المستشفى", ARABIC)
    _translated(made, "en", "Leaving hospital", "## Before you leave\n\nAsk for your papers.")


@pytest.fixture
def page(app: Flask) -> None:
    with app.app_context():
        told()
        db.session.commit()
