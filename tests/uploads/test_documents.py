"""A paper is what its content says: a PDF written anew, or a picture drawn again."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask, url_for
from pypdf import PdfReader, PdfWriter
from werkzeug.datastructures import FileStorage, MultiDict

from engage.core import pdf
from engage.core.db import db
from engage.core.forms import Form
from engage.uploads import actions, documents, queries
from engage.uploads.documents import CheckedPdf, NotADocument, check
from engage.uploads.forms import PaperField
from engage.uploads.pictures import CheckedPhoto
from tests.core import paper as house
from tests.uploads import papers, pictures

MANY = 1_000_000


@pytest.fixture
def engine_name() -> str:
    """What a file is does not depend on the database."""
    return "sqlite"


class ReceiptForm(Form):
    receipt = PaperField("Reçu")


def sent(app: Flask, content: bytes, name: str) -> ReceiptForm:
    with app.test_request_context("/", method="POST"):
        form = ReceiptForm(MultiDict({"receipt": FileStorage(io.BytesIO(content), name)}))
        form.validate()
        return form


def test_it_keeps_pages_and_title_and_nothing_else(session: None) -> None:
    def change(writer: PdfWriter) -> None:
        writer.add_metadata({"/Title": "Charte", "/Author": "Amina Secret"})
        writer.add_attachment("reçu.exe", papers.PROGRAM)

    made = check(papers.paper(change, pages=3) + papers.PROGRAM, max_bytes=MANY)
    read = PdfReader(io.BytesIO(made.data))
    assert (len(read.pages), made.media_type) == (3, "application/pdf")
    assert read.metadata is not None
    assert {name: str(value) for name, value in read.metadata.items()} == {"/Title": "Charte"}
    assert not read.attachments
    assert papers.PROGRAM not in made.data


def test_it_keeps_what_readers_aloud_need(session: None) -> None:
    made = check(pdf.render("call_list", house.CALLS, lang="fr"), max_bytes=MANY)
    root = PdfReader(io.BytesIO(made.data)).root_object
    assert {"/StructTreeRoot", "/Lang", "/MarkInfo"} <= root.keys()


@pytest.mark.parametrize(
    "change",
    [
        papers.opening("/JavaScript", "/JS", "app.alert(1)"),
        papers.opening("/Launch", "/F", "cmd.exe"),
        papers.opening("/URI", "/URI", "http://exemple.fr"),
        papers.hidden,
        papers.on_page,
    ],
)
def test_what_acts_by_itself_is_refused(session: None, change: Callable[[PdfWriter], object]) -> None:
    with pytest.raises(NotADocument, match="programme"):
        check(papers.paper(change), max_bytes=MANY)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (papers.PROGRAM, "pas un PDF"),
        (b"%PDF-1.7\n" + b"x" * 400, "abîmé"),
        (papers.paper()[:200], "abîmé"),
        (papers.paper(lambda writer: writer.encrypt("secret")), "protégé"),
        (papers.paper(lambda writer: writer.encrypt("", "owner")), "protégé"),
        (papers.paper(pages=0), "aucune page"),
        (papers.paper(pages=documents.MAX_PAGES + 1), "trop long"),
        (papers.paper() + b" " * MANY, "trop lourd"),
    ],
)
def test_what_is_no_paper_is_refused_in_words(session: None, content: bytes, said: str) -> None:
    with pytest.raises(NotADocument, match=said):
        check(content, max_bytes=MANY)


@pytest.mark.parametrize("name", ["reçu.pdf", "reçu.jpg", "reçu.png"])
def test_a_program_by_another_name_is_refused(app: Flask, name: str) -> None:
    form = sent(app, papers.PROGRAM, name)
    assert form.receipt.data is None
    assert "Un PDF convient aussi" in str(form.errors["receipt"][0])


def test_a_field_takes_a_pdf_or_a_photo_whatever_its_name(app: Flask) -> None:
    assert isinstance(sent(app, papers.paper(), "photo.jpg").receipt.data, CheckedPdf)
    assert isinstance(sent(app, pictures.photo(), "papier.pdf").receipt.data, CheckedPhoto)
    assert "programme" in str(sent(app, papers.paper(papers.hidden), "a.pdf").errors["receipt"][0])
    with app.test_request_context("/", method="POST"):
        assert ReceiptForm(MultiDict()).receipt.data is None
        assert url_for("home.index")


def test_a_pdf_is_saved_and_never_shown(app: Flask, session: None) -> None:
    upload = actions.keep(check(papers.paper(), max_bytes=MANY))
    db.session.commit()
    with app.test_request_context("/"):
        answer = queries.response(upload, name="Été : compte rendu n° 2 / « salle »\r\nX: y")
        answer.direct_passthrough = False
        assert answer.get_data().startswith(b"%PDF-")
        answer.close()
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="ete-compte-rendu-n-2-salle-x-y.pdf"'
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "application/pdf"
