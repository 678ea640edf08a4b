"""A wave of the sample questionnaire, open by every way, as several tests begin with."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from engage.accounts.models import Role
from engage.core.clock import now
from engage.core.db import db
from engage.surveys.answering import actions
from engage.surveys.answering.kinds import Anonymity, ChannelKind
from engage.surveys.answering.models import Wave
from engage.surveys.questionnaire import actions as questionnaires
from engage.surveys.questionnaire.models import Version
from tests import make
from tests.surveys.questionnaire import sample


def frozen(code: str = "accueil") -> Version:
    by = make.account(f"Chloé {secrets.token_hex(3)}", Role.COORDINATOR)
    version = questionnaires.create(sample.small(code) if code != "accueil" else sample.document(), by=by)
    questionnaires.freeze(version, revision=version.revision, by=by)
    db.session.commit()
    return version


def opened(*, version: Version | None = None, **plan: Any) -> Wave:
    """Open since yesterday for a month, unless `plan` says otherwise. Commits."""
    facts = {
        "title": "L’accueil, cet automne",
        "purpose": "Nous choisissons ensemble ce qui change.",
        "opens_at": now() - timedelta(days=1),
        "closes_at": now() + timedelta(days=30),
        "anonymity": Anonymity.STRICT,
        "retained_until": (now() + timedelta(days=400)).date(),
        "results_on": (now() + timedelta(days=60)).date(),
    } | plan
    by = make.account(f"Chloé {secrets.token_hex(3)}", Role.COORDINATOR)
    wave = actions.open_wave(version or frozen(), list(ChannelKind), by=by, **facts)  # type: ignore[arg-type]
    db.session.commit()
    return wave
