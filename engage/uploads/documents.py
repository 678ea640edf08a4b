"""PDFs made new: only what a reader shows is kept, and nothing that acts by itself."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engage.core.heavy import load
from engage.core.i18n import gettext as _

if TYPE_CHECKING:
    import pypdf

ACCEPT = "application/pdf,.pdf"
MEDIA_TYPE = "application/pdf"
START = b"%PDF-"
MAX_PAGES = 200
MAX_OBJECTS = 40_000
# What makes a reader act, fetch, or open other files (ISO 32000-1: 12.5.6.15, 12.6, 12.7.8, 13).
ACTS = frozenset({
    "/AA", "/JS", "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition",
    "/RichMedia", "/Movie", "/Sound", "/3D", "/FileAttachment", "/XFA",
})  # fmt: skip
NAMED = ("/S", "/Subtype", "/Type")
HARMLESS_OPENING = "/GoTo"
# What pypdf raises on files that lie or stop in the middle, besides its own.
BROKEN = (
    OSError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    AssertionError,
    OverflowError,
    NotImplementedError,
    RecursionError,
    MemoryError,
)

_one_at_a_time = threading.Lock()  # a PDF taken apart weighs many times its bytes


class NotADocument(ValueError):
    """The file cannot be kept; says why in one plain sentence."""


@dataclass(frozen=True)
class CheckedPdf:
    """A PDF written anew: pages and their title, no action, no other file in it."""

    data: bytes
    media_type: str = MEDIA_TYPE
    width: int = 0
    height: int = 0


def is_pdf(data: bytes) -> bool:
    """By its first bytes, whatever its name says."""
    return data.startswith(START)


def check(data: bytes, *, max_bytes: int) -> CheckedPdf:
    """Write the PDF anew. Raises NotADocument."""
    if not data:
        raise NotADocument(_("This file is empty. Please choose it again."))
    if len(data) > max_bytes:
        limit = max_bytes // 1_000_000
        raise NotADocument(_("This file is too heavy. It may weigh %(limit)s MB at most.", limit=limit))
    if not is_pdf(data):
        raise NotADocument(_("This file is not a PDF that we can read. Please choose a PDF or a photo."))
    with _one_at_a_time:
        return CheckedPdf(_made_new(data))


def _made_new(data: bytes) -> bytes:
    library = load("pypdf")
    try:
        reader = library.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise NotADocument(_("This PDF is protected by a password. Please send it without protection."))
        _refuse_size(reader)
        _refuse_acts(reader)
        return _written(library, reader)
    except NotADocument:
        raise
    except (library.errors.PyPdfError, *BROKEN) as fault:
        raise NotADocument(_("This PDF is damaged or incomplete. Please choose it again.")) from fault


def _refuse_size(reader: pypdf.PdfReader) -> None:
    if sum(1 for _object in _numbers(reader)) > MAX_OBJECTS or len(reader.pages) > MAX_PAGES:
        raise NotADocument(_("This PDF is too long: %(most)s pages at most.", most=MAX_PAGES))
    if not reader.pages:
        raise NotADocument(_("This PDF has no page. Please choose it again."))


def _numbers(reader: pypdf.PdfReader) -> Iterator[tuple[int, int]]:
    """Every object that the file names, in whichever table of it."""
    for generation, table in reader.xref.items():
        yield from ((number, generation) for number in table)
    yield from ((number, 0) for number in reader.xref_objStm)


def _refuse_acts(reader: pypdf.PdfReader) -> None:
    """Every object, and not only what pages lead to: what a reader finds is never known for sure."""
    reference = load("pypdf.generic").IndirectObject
    for number, generation in _numbers(reader):
        if _acts(reader.get_object(reference(number, generation, reader))):
            words = _("This PDF holds a program, so we cannot take it.")
            raise NotADocument(words + " " + _("Print it into a new PDF, then send that one."))


def _acts(value: Any) -> bool:
    """Whether something in this object, down to what stands in objects of their own, acts by itself."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            named = {str(dict.get(one, name)) for name in NAMED}
            if ACTS & (one.keys() | named) or _opens(dict.get(one, "/OpenAction")):
                return True
            waiting += dict.values(one)
        elif isinstance(one, list):
            waiting += list.__iter__(one)
    return False


def _opens(action: Any) -> bool:
    """Going to a page when opened is what many programs write; anything else is refused."""
    found = action.get_object() if hasattr(action, "get_object") else action
    return isinstance(found, dict) and dict.get(found, "/S") != HARMLESS_OPENING


def _written(library: Any, reader: pypdf.PdfReader) -> bytes:
    """What nothing leads to, files beside the pages, and who wrote it with what stay behind."""
    root = reader.root_object
    root.pop("/AF", None)
    root.get("/Names", {}).pop("/EmbeddedFiles", None)
    writer = library.PdfWriter(clone_from=reader)
    title = (reader.metadata.title if reader.metadata else "") or ""
    writer.metadata = {"/Title": str(title)} if title else None
    writer.xmp_metadata = None
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()
