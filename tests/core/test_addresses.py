"""Addresses: built as werkzeug builds them, compiled only when asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from werkzeug.routing import Map, Rule

from engage.app import create_app
from engage.core import keys
from engage.core.addresses import LateRule
from engage.core.config import Settings

WAYS = [
    ("/", {}),
    ("/idees/<code>", {"code": "une idée"}),
    ("/idees/<code>", {"code": "x", "page": 2, "q": "a&b"}),
    ("/page/<int:number>/<path:rest>", {"number": 3, "rest": "a/b"}),
]


def built(kind: type[Rule], rule: str, values: dict[str, object]) -> str:
    return Map([kind(rule, endpoint="here")]).bind("exemple.fr").build("here", values)


@pytest.mark.parametrize(("rule", "values"), WAYS)
def test_an_address_is_the_one_werkzeug_builds(rule: str, values: dict[str, object]) -> None:
    assert built(LateRule, rule, values) == built(Rule, rule, values)


def test_the_site_starts_without_compiling_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_builder, compiled = Rule._compile_builder, []

    def noted(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled.append(rule.endpoint)
        return compile_builder(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", noted)
    app = create_app(Settings(data=tmp_path, testing=True), keys.generate())
    assert compiled == []
    with app.test_request_context():
        assert [app.url_for("home.theme_css") for _twice in range(2)] == ["/couleurs.css"] * 2
    assert compiled == ["home.theme_css"]
