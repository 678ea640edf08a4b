"""The app on both engines, the people of every story, and a browser that checks each page it opens."""

from __future__ import annotations

import gc
import os
import secrets
import shutil
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar

import pytest
import structlog
from flask import Flask
from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import create_engine, text
from werkzeug.routing import Rule

from engage.accounts.models import Account, Role
from engage.app import create_app
from engage.core import keys, migrate
from engage.core.config import Settings
from engage.core.db import Model, db
from engage.core.render import Templates
from tests import kept, make
from tests.browser import Visitor

pytest_plugins = ["tests.filled", "tests.rendered"]


Builder = Callable[..., tuple[str, str]]


def compiled_once(compile_builder: Callable[[Rule, bool], Builder]) -> Callable[[Rule, bool], Builder]:
    """What is built depends on the words of the rule alone: its converters are found through the rule."""
    kept: dict[Hashable, Builder] = {}

    def builder(rule: Rule, append_unknown: bool = True) -> Builder:
        key = (rule.rule, tuple(rule._trace), append_unknown, repr(rule.defaults))
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    return builder


# A fault that a test makes is told in a few lines, not in a picture of all its variables.
structlog.configure(
    processors=[structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
)
# Each test has its own application; what builds an address is compiled once for all of them.
Rule._compile_builder = compiled_once(Rule._compile_builder)  # type: ignore[method-assign, assignment]


def templates_once(compiling: Callable[..., str | CodeType]) -> Callable[..., str | CodeType]:
    """Each centre that is set up compiles all its templates: the same source of one name is the same code."""
    kept: dict[Hashable, str | CodeType] = {}

    def compiled(env: Environment, source: Any, *named: Any, **said: Any) -> str | CodeType:
        if said or type(env) is not Templates or not isinstance(source, str):
            return compiling(env, source, *named, **said)
        if (key := (source, *named)) not in kept:
            kept[key] = compiling(env, source, *named)
        return kept[key]

    return compiled


Environment.compile = templates_once(Environment.compile)  # type: ignore[method-assign, assignment]


class KeptTemplates(BytecodeCache):
    """Each test has its own application; a template is compiled once for all of them."""

    compiled: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key] = bucket.bytecode_to_string()


SECRET_KEYS = keys.generate()
OPEN_LIMITS = dict.fromkeys(("idea", "follow", "draft", "support"), "1000/minute")
ENGINES = ["sqlite", "postgresql"]
LONG = ("journey", "process")


def _settings(folder: Path, url: str | None) -> Settings:
    return Settings(
        data=folder,
        database_url=url,
        testing=True,
        limits=OPEN_LIMITS,
        staff_second_factor=False,
        smtp_host="",
    )


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An upgraded, empty SQLite database to copy for each test."""
    folder = tmp_path_factory.mktemp("template")
    app = create_app(_settings(folder, None), SECRET_KEYS)
    with app.app_context():
        migrate.upgrade()
        db.engine.dispose()  # the last connection to close folds the write-ahead log in
    return folder / "engage.db"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL server: ENGAGE_TEST_PG_URL, else one from a wheel."""
    if url := os.environ.get("ENGAGE_TEST_PG_URL"):
        yield url
        return
    from tests.postgres import running

    with running() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An upgraded database of this test process alone."""
    name = f"engage_test_{secrets.token_hex(4)}"
    server = create_engine(
        Settings(database_url=postgres_server).sqlalchemy_url, isolation_level="AUTOCOMMIT"
    )
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = server.url.set(database=name).render_as_string(hide_password=False)
    app = create_app(_settings(tmp_path_factory.mktemp("pg"), url), SECRET_KEYS)
    with app.app_context():
        migrate.upgrade()
        db.engine.dispose()
    yield url
    kept.close("postgresql")
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


# Row triggers do not see a TRUNCATE, but it writes new files: what holds few rows, and hides no order of
# theirs, is emptied faster by a DELETE that runs as a replica does, without triggers.
EMPTY = """
DO $$ DECLARE tbl text; filled boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOREACH tbl IN ARRAY ARRAY[{names}] LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %%I)', tbl) INTO filled;
        IF NOT filled THEN CONTINUE; END IF;
        IF pg_relation_size(tbl::regclass) > 65536 OR tbl ~ '^(survey|verbatim|draft)' THEN
            EXECUTE format('TRUNCATE %%I CASCADE', tbl);
        ELSE
            EXECUTE format('DELETE FROM %%I', tbl);
        END IF;
    END LOOP;
    PERFORM setval(oid, 1, false) FROM pg_class WHERE relkind = 'S';
END $$
"""


def _empty(app: Flask, *, keep: bool = False) -> None:
    """`keep` the one connection open: a new one has to learn what all tables look like."""
    names = ", ".join(f"'{table.name}'" for table in Model.metadata.sorted_tables)
    with app.app_context():
        db.session.remove()
        with db.engine.begin() as connection:
            connection.exec_driver_sql("RESET ALL")  # what a test said to this connection
            connection.exec_driver_sql(EMPTY.format(names=names))
        if not keep or db.engine.pool.checkedin() > 1:  # type: ignore[attr-defined]
            db.engine.dispose()


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Every test that touches rules or queries runs on both engines."""
    name: str = request.param
    return name


def _built(settings: Settings) -> Flask:
    app = create_app(settings, SECRET_KEYS)
    app.jinja_env.bytecode_cache = KeptTemplates()
    return app


@pytest.fixture
def app(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    url = None
    if engine_name == "postgresql":
        url = request.getfixturevalue("postgres_url")
    else:
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "engage.db")
    app = kept.handed(engine_name, _settings(tmp_path, url), _built)
    with app.app_context():
        make.centre()
        make.themes()
        db.session.commit()
    yield app
    is_kept = kept.handed_back(engine_name, app)
    if engine_name == "postgresql":
        _empty(app, keep=is_kept)
    else:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[None]:
    """An application context for tests that call actions and queries directly."""
    with app.app_context():
        yield


@pytest.fixture
def nobody(app: Flask) -> Visitor:
    """A browser where nobody is signed in."""
    return Visitor(app)


def _person(app: Flask, name: str, role: Role) -> Visitor:
    with app.app_context():
        account = make.account(name, role)
        db.session.commit()
        account_id = account.id
    return Visitor(app, account_id)


@pytest.fixture
def amina(app: Flask) -> Visitor:
    """A patient with an account and no duty."""
    return _person(app, "Amina", Role.MEMBER)


@pytest.fixture
def benoit(app: Flask) -> Visitor:
    """A partner patient."""
    return _person(app, "Benoît", Role.PARTNER)


@pytest.fixture
def chloe(app: Flask) -> Visitor:
    """The coordinator, referent of the centre."""
    visitor = _person(app, "Chloé", Role.COORDINATOR)
    with app.app_context():
        make.referent(db.session.get_one(Account, visitor.account_id))
        db.session.commit()
    return visitor


@pytest.fixture
def admin(app: Flask) -> Visitor:
    """Who sets the site up."""
    return _person(app, "Dominique", Role.ADMIN)


def pytest_collection_finish() -> None:
    """What was imported stays: to look through it again and again is a tenth of the work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: none is begun when the others are over."""
    items.sort(key=lambda item: not _is_long(item))


def _is_long(item: pytest.Item) -> bool:
    return item.path.parent == Path(__file__).parent or any(map(item.get_closest_marker, LONG))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what tests measured, whichever process ran them."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    measured = [(name, value) for report in reports for name, value in report.user_properties]
    if measured:
        terminalreporter.section("measured")
    for name, value in measured:
        terminalreporter.line(f"{name}: {value}")
