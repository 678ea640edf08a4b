"""A centre with 5,000 public ideas, one of which has a life worth reading."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import insert, select, text

from benchmarks import events, groups, pages, waves
from engage.app import create_app
from engage.centre.models import Centre, Referent
from engage.core import keys, migrate, render
from engage.core.clock import now
from engage.core.config import Settings
from engage.core.db import db
from engage.core.fulltext import FulltextEntry
from engage.core.words import terms
from engage.ideas.models import CIRCLE, Idea, Progress, Publication, Step, StepKind, Visibility
from engage.intake import actions as intake
from engage.intake.models import Door
from engage.ops import folder, setup
from engage.themes.models import Theme

IDEAS = 5000
RUSHES = 6
# Each phrase stands in one idea of sixteen or so, as a word that people like to use does.
WISHES = (
    "Un banc", "Des rendez-vous le soir", "Un plan du bâtiment", "Une ordonnance renouvelée",
    "Un atelier de cuisine", "Une rampe", "Des horaires affichés", "Un coin pour les enfants",
    "Une fontaine à eau", "Des groupes de marche", "Un numéro direct", "Une lettre plus claire",
    "Un vestiaire fermé", "Un local à vélos", "Une sonnette lumineuse", "Un interprète",
)  # fmt: skip
PLACES = (
    "devant la porte", "à l’accueil", "dans la salle d’attente", "près du parking", "au premier étage",
    "chez la kinésithérapeute", "à la pharmacie", "au laboratoire", "dans le couloir", "sur le site",
    "au téléphone", "en sortant de l’hôpital", "dans le quartier", "à l’école", "pendant l’été",
    "en hiver",
)  # fmt: skip
REASONS = (
    "pour attendre assis", "pour qui travaille tard", "avec de grandes lettres",
    "sans appeler trois fois", "une fois par mois", "avec une poussette", "pour les personnes sourdes",
    "sans se sentir seul", "pour mieux comprendre", "quand il fait chaud", "avec mon voisin",
    "pour ma mère âgée", "sans avance de frais", "avec le diabète", "pour bouger davantage",
    "dans ma langue",
)  # fmt: skip


class Filled(NamedTuple):
    """What a visitor needs: an idea, the code that follows it, a wave to answer, dates, a group, a page."""

    idea: str
    follow_up: str
    wave: str
    dates: events.Filled
    group: groups.Filled
    page: str


def _text(number: int) -> str:
    wish, place, reason = number % 16, number // 16 % 16, number // 256 % 16
    return f"{WISHES[wish]} {PLACES[place]}, {REASONS[reason]}. Idée numéro {number}."


def _row(number: int, theme: int, at: datetime) -> dict[str, Any]:
    return {
        "code": keys.public_code(),
        "submission_key": secrets.token_urlsafe(16),
        "version": 1,
        "text": _text(number),
        "theme_id": theme,
        "door": Door.WEB,
        "publication": Publication.PUBLIC,
        "progress": list(Progress)[number % len(Progress)],
        "wants_public": True,
        "received_at": at,
        "published_at": at,
        "support_count": number % 40,
        "shuffle": secrets.randbelow(CIRCLE),
    }


def _ideas(themes: list[int]) -> None:
    begun = now()
    rows = [_row(n, themes[n % len(themes)], begun - timedelta(hours=n)) for n in range(IDEAS)]
    db.session.execute(insert(Idea), rows)
    kinds = ("idea", "idea-desk")
    entries = [{"kind": k, "ref": row["code"], "terms": terms(row["text"])} for row in rows for k in kinds]
    db.session.execute(insert(FulltextEntry), entries)


def _life(idea: Idea) -> None:
    """Four steps that anybody may read."""
    for place, kind in enumerate((StepKind.PUBLICATION, StepKind.ANSWER, StepKind.PROGRESS, StepKind.ANSWER)):
        step = Step(idea_id=idea.id, at=now() - timedelta(days=9 - place), kind=kind)
        step.visibility, step.by_role = Visibility.PUBLIC, "coordinator"
        step.words = "Merci pour cette idée. Nous en parlons en équipe le mois prochain."
        step.publication = Publication.PUBLIC if kind is StepKind.PUBLICATION else None
        step.progress = Progress.STUDY if kind is StepKind.PROGRESS else None
        db.session.add(step)


def _centre() -> None:
    facts = {
        "name": "Maison de santé des Tilleuls",
        "tagline": "Votre voix compte ici",
        "phone": "04 00 00 00 00",
    }
    db.session.add(Centre(**facts, updated_at=now()))
    db.session.add(
        Referent(first_name="Chloé", title="Votre référente participation", phone="04 00 00 00 00")
    )
    setup.fill()
    db.session.flush()


def analyze() -> None:
    """What PostgreSQL does by itself a minute after such a filling."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE"))
        db.session.commit()


def fill(data: Path, url: str | None) -> tuple[Flask, Filled]:
    """Upgraded, filled and committed in the folder `data` and the database `url`."""
    data.mkdir(parents=True, exist_ok=True)
    keys.save(keys.generate(), data / "keys")
    app = create_app(Settings(data=data, database_url=url))
    render.precompile(app)
    with folder.inside(app):
        migrate.upgrade()
        _centre()
        _ideas(list(db.session.scalars(select(Theme.id))))
        idea = db.session.scalars(select(Idea).order_by(Idea.id).limit(1)).one()
        _life(idea)
        code = intake.open_follow_up("idea", idea.code)
        by = waves.coordinator()
        wave = waves.opened(waves.frozen(by), "Votre rendez-vous", by=by)
        rest = events.fill(RUSHES), groups.fill(by), pages.fill()
        made = Filled(idea.code, code, wave.code, *rest)
        db.session.commit()
        analyze()
    return app, made
