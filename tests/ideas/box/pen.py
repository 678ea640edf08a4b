"""A hand that writes an idea the way a person does: page after page."""

from __future__ import annotations

import io
import re
from typing import Any

from PIL import Image

from tests.browser import Visitor

BANC = "Un banc devant la porte, pour attendre assis."
PUBLIC = {"public": "yes", "reply": "none"}


def write(visitor: Visitor, text: str = BANC, *, theme: str = "", **answers: Any) -> None:
    """The first three steps, up to the page where one reads again (or the pause before it)."""
    visitor.get("/idees/nouvelle")
    visitor.post("/idees/nouvelle", {"text": text})
    visitor.get("/idees/nouvelle/theme")
    visitor.post("/idees/nouvelle/theme", {"theme": theme} if theme else {})
    visitor.get("/idees/nouvelle/reponse")
    visitor.post("/idees/nouvelle/reponse", PUBLIC | answers)


def send(visitor: Visitor, text: str = BANC, **answers: Any) -> str:
    """The whole way; the follow-up code that the last page shows."""
    write(visitor, text, **answers)
    visitor.get("/idees/nouvelle/relecture")
    visitor.follow(visitor.post("/idees/nouvelle/envoi"))
    return shown_code(visitor)


def shown_code(visitor: Visitor) -> str:
    found = re.search(r'class="code"[^>]*>([^<]+)<', visitor.page)
    assert found, "no code on this page"
    return found[1]


def photo(size: tuple[int, int] = (64, 48)) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, "JPEG")
    file.seek(0)
    return file
