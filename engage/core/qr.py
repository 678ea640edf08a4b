"""QR codes: for a page (inline SVG) and for paper (a matrix)."""

from __future__ import annotations

import re

import segno
from markupsafe import Markup

QUIET = 4  # modules of white around the code that ISO/IEC 18004 asks for


def matrix(url: str) -> list[str]:
    """One string a row, "1" for a dark module, the white edge included."""
    code = segno.make_qr(url, error="m")
    return ["".join("1" if dark else "0" for dark in row) for row in code.matrix_iter(border=QUIET)]


def svg(url: str, *, label: str) -> Markup:
    """An inline picture whose name is `label`; black on white whatever the page's colours."""
    rows = matrix(url)
    runs = ((run.start(), y, len(run[0])) for y, row in enumerate(rows) for run in re.finditer("1+", row))
    dark = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in runs)
    return Markup(
        '<svg class="qr" role="img" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        '<title>{label}</title><path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        '<path fill="#000" d="{dark}"/></svg>'
    ).format(size=len(rows), label=label, dark=dark)
