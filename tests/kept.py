"""One application for each engine, handed from test to test: to build it costs more than most tests do.

What belongs to one test alone is given anew: its settings, its folder, its database. An application that a
test has changed in any other way is not handed on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from flask import Flask
from sqlalchemy import Engine, event, make_url

from engage.core.config import Settings
from engage.core.db import db

HANDED_ANEW = {"SQLALCHEMY_DATABASE_URI"}
kept: dict[str, Flask] = {}
_built: dict[str, list[object]] = {}


def handed(engine_name: str, settings: Settings, build: Callable[[Settings], Flask]) -> Flask:
    """An application with these settings, as `build` makes it."""
    app = kept.get(engine_name)
    if app is None:
        app = build(settings)
        with app.app_context():
            if engine_name == "sqlite":
                _open_where_the_test_is(db.engine)
            _built[engine_name] = _shape(app, db.engine)
        kept[engine_name] = app
    _renew(app, settings)
    return app


def handed_back(engine_name: str, app: Flask) -> bool:
    """Whether it serves the next test too: this one changed nothing, and holds no connection."""
    with app.app_context():
        db.session.remove()
        if _built[engine_name] == _shape(app, db.engine):
            return True
    del kept[engine_name]
    return False


def close(engine_name: str) -> None:
    """Nothing stays open when its server goes."""
    if app := kept.pop(engine_name, None):
        with app.app_context():
            db.engine.dispose()


def _open_where_the_test_is(engine: Engine) -> None:
    def connect(_dialect: object, _record: object, words: list[Any], _named: object) -> None:
        words[0] = engine.url.database

    def without_waiting_for_the_disk(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "connect", without_waiting_for_the_disk)


def _renew(app: Flask, settings: Settings) -> None:
    """As if it were just built: no request was answered yet, and nothing is remembered of the last test."""
    app._got_first_request = False
    cast("Any", app.session_interface).signing = None
    app.extensions["engage_settings"] = settings
    app.extensions["engage_cache"].clear()
    app.extensions["engage_cache_makers"].clear()
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.sqlalchemy_url
    with app.app_context():
        db.engine.url = make_url(settings.sqlalchemy_url)


def _shape(app: Flask, engine: Engine) -> list[object]:
    """All that a test could have changed; equal when nothing was."""
    hooks = (
        app.before_request_funcs,
        app.after_request_funcs,
        app.teardown_request_funcs,
        app.template_context_processors,
        app.url_value_preprocessors,
        app.url_default_functions,
        app.error_handler_spec,
    )
    jinja = app.jinja_env
    return [
        {name: value for name, value in app.config.items() if name not in HANDED_ANEW},
        {name: id(value) for name, value in app.extensions.items() if name != "engage_settings"},
        [_copied(hook) for hook in hooks],
        [list(app.teardown_appcontext_funcs), len(list(app.url_map.iter_rules())), sorted(app.blueprints)],
        [dict(app.view_functions), sorted(app.cli.commands), app.wsgi_app, app.session_interface],
        [dict(jinja.globals), dict(jinja.filters), dict(jinja.tests), jinja.loader, jinja.bytecode_cache],
        [[*getattr(held.dispatch, name)] for held in (engine, engine.pool) for name in _names(held)],
        engine.pool.checkedout(),  # type: ignore[attr-defined]
    ]


def _names(held: Any) -> list[str]:
    return sorted(held.dispatch._event_names)


def _copied(hook: Any) -> Any:
    """Without the empty places that Flask makes when it looks."""
    if isinstance(hook, dict):
        return {name: held for name, value in hook.items() if (held := _copied(value))}
    return list(hook) if isinstance(hook, list) else hook
