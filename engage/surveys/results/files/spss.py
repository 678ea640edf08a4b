"""Answers one by one as a file of SPSS: labels, values and missing codes (extra `spss`)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from engage.core.errors import Refused
from engage.core.heavy import load
from engage.core.i18n import gettext as _
from engage.surveys.results import saying
from engage.surveys.results.files.answers import Row
from engage.surveys.results.files.variables import MISSING, Variable

NEEDED = ("pyreadstat", "polars")
LONGEST_LABEL = 120  # characters that every version of the program shows of the words of a value


def ensure_installed() -> None:
    """Raises Refused with what to ask of whoever runs the site."""
    if any(find_spec(name) is None for name in NEEDED):
        raise Refused(_("This site cannot write files of SPSS. Ask whoever runs it to add “engage[spss]”."))


def sav(columns: Sequence[Variable], rows: Iterable[Row]) -> IO[bytes]:
    """The whole file, ready to be read: the library writes to a path only, gone when this returns."""
    ensure_installed()
    names = [one.name for one in columns]
    frame = load("polars").DataFrame(
        list(rows), schema=dict.fromkeys(names, load("polars").Float64), orient="row"
    )
    words = {float(number): saying.states()[state] for state, number in MISSING.items()}
    lowest, highest = min(MISSING.values()), max(MISSING.values())
    with tempfile.NamedTemporaryFile(suffix=".sav", delete=False) as target:
        path = Path(target.name)
    try:
        load("pyreadstat").write_sav(
            frame,
            path,
            column_labels={one.name: one.label[:255] for one in columns},
            variable_value_labels={one.name: _values(one) | words for one in columns},
            missing_ranges={name: [{"lo": lowest, "hi": highest}] for name in names},
        )
        return path.open("rb")
    finally:
        with suppress(FileNotFoundError):
            path.unlink()


def _values(one: Variable) -> dict[float, str]:
    return {float(number): label[:LONGEST_LABEL] for number, label in one.values.items()}
