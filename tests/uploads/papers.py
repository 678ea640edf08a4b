"""PDFs as people send them, good and bad."""

from __future__ import annotations

import io
from collections.abc import Callable

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00 this program cannot be run in DOS mode"


def paper(change: Callable[[PdfWriter], object] = lambda _writer: None, *, pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    change(writer)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def opening(kind: str, name: str, what: str) -> Callable[[PdfWriter], object]:
    """An action that a reader does when it opens the file."""
    action = {NameObject("/S"): NameObject(kind), NameObject(name): TextStringObject(what)}

    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)

    return change


def hidden(writer: PdfWriter) -> None:
    """A script in an object that no page leads to."""
    script = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("app.alert(1)"),
    }
    writer._add_object(DictionaryObject(script))


def on_page(writer: PdfWriter) -> None:
    """What a reader does when it turns to the page."""
    launch = {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): DictionaryObject(launch)})
