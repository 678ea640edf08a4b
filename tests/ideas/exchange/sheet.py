"""Files of ideas for the tests, and the real one."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO

import pytest

REAL = Path(__file__).parents[4] / "shared" / "data" / "ideas_from_workshops.csv"
needs_real = pytest.mark.skipif(
    not REAL.is_file(), reason=f"the ideas of real workshops are not at {REAL.name}"
)
GOOD = """title,text,workshop,table,door
Un banc,Un banc devant la porte pour attendre assis.,Atelier de mai,Accueil,workshop
,Des créneaux de consultation le samedi.,Atelier de mai,Horaires,
"""


def stream(text: str) -> IO[bytes]:
    return io.BytesIO(text.encode())
