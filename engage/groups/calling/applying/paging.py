"""A list of applications, 25 at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from engage.groups.calling.models import Application

A_PAGE = 25
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Listing:
    """One page, and what the pager asks; `call` is the code of the call it belongs to, or none."""

    rows: Sequence[Application]
    number: int
    total: int
    waiting: int
    call: str = ""

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // A_PAGE))

    def url(self, number: int) -> str:
        if self.call:
            return url_for("calls_desk.show", code=self.call, page=number)
        return url_for("applications_desk.index", page=number)
