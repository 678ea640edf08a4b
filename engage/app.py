"""create_app, and the one list of features."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from flask import Flask

from engage.accounts import session as account_session
from engage.centre import queries as centre_queries
from engage.core import addresses, cache, compress, db, errors, guard, health, i18n, keys, limits, render
from engage.core.config import Settings

# A feature is a package; its blueprints stand as `bp` in views.py and desk.py.
FEATURES = [
    "journal",
    "uploads",
    "outbox",
    "accounts",
    "accounts.factors",
    "accounts.devices",
    "accounts.joining",
    "accounts.address",
    "centre",
    "intake",
    "themes",
    "involvement",
    "involvement.mine",
    "involvement.pathway",
    "involvement.pathway.deeds",
    "involvement.figures",
    "involvement.sources",
    "groups",
    "groups.belonging",
    "groups.charter",
    "groups.calling",
    "groups.calling.applying",
    "groups.meeting",
    "groups.meeting.agenda",
    "groups.meeting.attending",
    "groups.meeting.papers",
    "groups.meeting.calendar",
    "groups.deciding",
    "groups.minutes",
    "groups.minutes.tasking",
    "groups.autonomy",
    "groups.partnering",
    "groups.partnering.spending",
    "groups.digest",
    "groups.digest.posting",
    "groups.space",
    "pages",
    "pages.glossary",
    "pages.directory",
    "pages.guide",
    "pages.asking",
    "pages.sounds",
    "pages.rounds",
    "pages.writing",
    "pages.writing.drafting",
    "pages.writing.illustrating",
    "pages.writing.versions",
    "pages.showing",
    "pages.starter",
    "commitments",
    "ideas",
    "ideas.timeline",
    "ideas.box",
    "ideas.box.writing",
    "ideas.box.following",
    "ideas.moderation",
    "ideas.moderation.deeds",
    "ideas.moderation.merging",
    "ideas.moderation.selection",
    "ideas.paper",
    "ideas.exchange",
    "ideas.outcomes",
    "ideas.outcomes.subjects",
    "surveys.questionnaire",
    "surveys.questionnaire.building",
    "surveys.questionnaire.recording",
    "surveys.answering",
    "surveys.answering.steps",
    "surveys.answering.planning",
    "surveys.answering.doors",
    "surveys.answering.paper",
    "surveys.results",
    "surveys.results.files",
    "surveys.results.verbatims",
    "surveys.results.sheet",
    "surveys.results.subjects",
    "events",
    "events.signing",
    "events.programme",
    "events.joining",
    "events.reminding",
    "events.arriving",
    "events.after",
    "events.after.needs",
    "events.after.attesting",
    "events.after.files",
    "events.after.hours",
    "events.planning",
    "events.planning.dating",
    "events.planning.guests",
    "events.planning.members",
    "events.agenda",
    "events.agenda.entering",
    "events.agenda.mine",
    "events.agenda.group",
    "events.agenda.personal",
    "events.agenda.bringing",
    "results",
    "outreach",
    "relaying",
    "search",
    "desk",
    "desk.noting",
    "desk.history",
    "home",
    "privacy",
]


def feature_modules(file: str) -> list[ModuleType]:
    """The module `file` (models, views, desk, commands) of every feature that has one."""
    names = [f"engage.{feature}.{file}" for feature in FEATURES]
    return [import_module(name) for name in names if find_spec(name)]


def _bare(settings: Settings, held: keys.Keys) -> Flask:
    """The application before any feature: its settings, its keys, its database."""
    app = Flask("engage", static_folder=None)
    app.extensions |= {
        "engage_settings": settings,
        "engage_keys": keys.use(held),
        "engage_zone": centre_queries.zone,
        "engage_centre": centre_queries.centre,
    }
    app.secret_key = held.session
    app.testing = settings.testing
    app.jinja_environment = render.Templates
    addresses.init_app(app)
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.sqlalchemy_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = db.engine_options(settings.sqlalchemy_url)
    return app


def create_app(settings: Settings | None = None, secret_keys: keys.Keys | None = None) -> Flask:
    """The site of one centre. Raises KeysMissing when the data folder holds no keys."""
    settings = settings or Settings()
    app = _bare(settings, secret_keys or keys.load(settings.data / "keys"))
    feature_modules("models")
    for part in (cache, db, i18n, render, compress):
        part.init_app(app)
    guard.read_bodies_first(app)
    limits.init_app(app)
    account_session.init_app(app)
    guard.init_app(app, welcome=account_session.welcome)
    errors.init_app(app)
    app.register_blueprint(health.bp)
    for file in ("views", "desk"):
        for module in feature_modules(file):
            app.register_blueprint(module.bp)
    return app
