"""What builds an address is compiled when the first one is asked for, not for all of them at each start."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class LateRule(Rule):
    """A rule that matches from the start and learns to build when it must."""

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        compiled = cache(super()._compile_builder)

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            return compiled(append_unknown)(rule, **values)

        return build


def init_app(app: Flask) -> None:
    """Before the first rule is added."""
    app.url_rule_class = LateRule
