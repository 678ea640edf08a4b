"""Templates and what every one of them may use."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, MutableMapping
from contextlib import suppress
from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Any

from babel.dates import format_date, format_time
from flask import (
    Flask,
    current_app,
    g,
    get_flashed_messages,
    has_request_context,
    render_template,
    request,
    session,
)  # fmt: skip
from flask.sansio.app import App
from flask.templating import Environment
from flask_wtf.csrf import generate_csrf
from jinja2 import FileSystemBytecodeCache, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape
from whitenoise import WhiteNoise

from engage.core.cache import remember
from engage.core.clock import local
from engage.core.config import PACKAGE
from engage.core.guard import nonce
from engage.core.i18n import LANGUAGES, direction, gettext, language, one_language

STATIC = PACKAGE / "static"
COMPILED = "compiled"
YEAR_SECONDS = 365 * 86400
TOKEN, NONCE = "--token--", "--nonce--"
OWN_PAGE = {"_user_id", "_flashes", "kiosk"}  # what in a session changes a page that strangers share


class Templates(Environment):
    """All templates share one plain dict of globals: a chain of two is walked anew for each part.

    None of them is ever dropped: there are hundreds, and all of them are ours.
    """

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, cache_size=-1, **options)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class KeptTemplates(FileSystemBytecodeCache):
    """What was compiled stays in the data folder; what cannot be read or written there is compiled again."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def precompile(app: Flask) -> None:
    """Compile every template now, and keep it: no reader waits for it."""
    with suppress(OSError):
        (app.extensions["engage_settings"].data / COMPILED).mkdir(mode=0o700, exist_ok=True)
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)


def render(template: str, **context: Any) -> str:
    with one_language():
        return render_template(template, **context)


def render_kept(
    template: str,
    context: Callable[[], dict[str, Any]],
    *key: Hashable,
    own: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """A page that is the same for every stranger, kept a few seconds; only token, nonce and `own` are new.

    `key`: what else tells this page from others of the same template. `own`: what is this reader's alone, by
    the sign that stands for it in the context.
    """
    if request.query_string or OWN_PAGE & session.keys():
        page = render(template, **context())
    else:
        size = request.cookies.get("text_size") == "large"
        page = remember(("page", template, language(), size, *key), lambda: _with_blanks(template, context()))
        page = page.replace(TOKEN, generate_csrf()).replace(NONCE, nonce())
    for sign, words in own.items():
        page = page.replace(sign, escape(words))
    return page


def _with_blanks(template: str, context: dict[str, Any]) -> str:
    own = generate_csrf(), nonce()
    g.csrf_token, g.nonce = TOKEN, NONCE
    try:
        return render(template, **context)
    finally:
        g.csrf_token, g.nonce = own


def link(endpoint: str, **values: Any) -> str:
    """The whole address of a page, as it stands in a mail or on paper, with or without a request."""
    return whole(str(current_app.url_map.bind("").build(endpoint, values)))


def whole(path: str) -> str:
    """The whole address of this path of ours."""
    base: str = current_app.extensions["engage_settings"].base_url.rstrip("/")
    return base + path


def provide(app: App, **values: Callable[[], Any]) -> None:
    """Let a feature give every page a value; each is asked at most when a page is rendered."""
    app.extensions.setdefault("engage_page_values", {}).update(values)


def _page_values() -> dict[str, Any]:
    provided: dict[str, Callable[[], Any]] = current_app.extensions.get("engage_page_values", {})
    if not has_request_context():
        return {"centre": provided["centre"]()}  # a mail written by the worker
    values = {name: value() for name, value in provided.items()}
    values |= {
        "locale": language(),
        "csp_nonce": nonce(),
        "direction": direction(),
        "languages": LANGUAGES,
        "text_size": "large" if request.cookies.get("text_size") == "large" else "normal",
        "section": "",
    }
    return values


def kept(*key: Hashable, caller: Callable[[], str]) -> str:
    """A part of a page that depends on `key` and the language alone, kept a minute.

    In a template: `{% call kept("foot", line) %}…{% endcall %}`. No token, nonce or person's word in it.
    """
    return remember(("part", language(), *key), caller, seconds=60)


def _zone() -> str:
    zone: Callable[[], str] = current_app.extensions["engage_zone"]
    return zone()


def day(value: date | datetime) -> str:
    """`mardi 9 juin 2026`"""
    if isinstance(value, datetime):
        value = local(value, _zone()).date()
    return _day(value, language())


@lru_cache(maxsize=2000)
def _day(value: date, code: str) -> str:
    text = format_date(value, "EEEE d MMMM y", locale=code)
    return text.replace(" 1 ", " 1er ", 1) if code == "fr" and value.day == 1 else text


def hour(value: datetime) -> str:
    """`18 h 30`, never broken over two lines."""
    there = local(value, _zone())
    if language() == "fr":
        return f"{there.hour}\u00a0h\u00a0{there.minute:02}" if there.minute else f"{there.hour}\u00a0h"
    return str(format_time(there, "HH:mm", locale=language()))


def moment(value: datetime) -> str:
    """`mardi 9 juin 2026 à 18 h 30`"""
    return gettext("%(day)s at %(hour)s", day=day(value), hour=hour(value))


def month(value: date | datetime) -> str:
    """`juin 2026`"""
    if isinstance(value, datetime):
        value = local(value, _zone()).date()
    return format_date(value, "MMMM y", locale=language())


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs and line breaks; everything in it is escaped."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]
    lines = (Markup("<br>").join(escape(line) for line in block.split("\n")) for block in blocks)
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)


@cache
def folder_hash(folder: Path) -> str:
    """A short name of the content of `folder`: addresses change exactly when a file does."""
    total = blake2b(digest_size=5)
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(file.relative_to(folder).as_posix().encode() + file.read_bytes())
    return total.hexdigest()


def _serve_static(app: Flask) -> None:
    prefix = f"/static/{folder_hash(STATIC)}/"
    app.extensions["engage_static"] = prefix
    app.jinja_env.globals["static"] = lambda path: prefix + path
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(STATIC) if STATIC.is_dir() else None,
        prefix=prefix,
        max_age=YEAR_SECONDS,
        allow_all_origins=False,
        immutable_file_test=lambda _path, url: url.startswith(prefix),
    )


def init_app(app: Flask) -> None:
    env = app.jinja_env
    env.bytecode_cache = KeptTemplates(str(app.extensions["engage_settings"].data / COMPILED))
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.filters |= {
        "day": day, "hour": hour, "moment": moment, "month": month, "paragraphs": paragraphs,
    }  # fmt: skip
    env.globals["get_flashed_messages"] = get_flashed_messages
    env.globals["kept"] = kept
    env.globals["link"] = link
    app.extensions.setdefault("engage_zone", lambda: "Europe/Paris")
    app.context_processor(_page_values)
    _serve_static(app)
