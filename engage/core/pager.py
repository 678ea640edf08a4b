"""The pages of a list, as `ui/pager.html` asks for them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import request, url_for


class Pages:
    """Which page of how many, at an endpoint that takes `page`."""

    def __init__(self, number: int, pages: int, endpoint: str, **values: Any) -> None:
        self.number, self.pages = number, pages
        self.endpoint, self.values = endpoint, values

    def url(self, number: int) -> str:
        return url_for(self.endpoint, page=number, **self.values)


def asked() -> int:
    """The page that the address names: 1 to 1,000."""
    return max(1, min(request.args.get("page", 1, type=int), 1000))


def turned(number: int) -> str:
    """The address that was asked, with all that it narrows, at another page."""
    kept = {name: value for name, value in request.args.items() if name != "page" and value}
    return f"{request.path}?{urlencode({**kept, 'page': number})}"
