"""Bringing in the ready pages, the words they use, the guide and the national numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from engage.accounts.models import Account
from engage.centre import queries as centre_queries
from engage.core.db import db
from engage.core.i18n import speaking
from engage.pages import actions as pages
from engage.pages import versions
from engage.pages.directory import actions as directory
from engage.pages.directory import plan
from engage.pages.glossary import actions as glossary
from engage.pages.glossary import plan as words
from engage.pages.guide import actions as guides
from engage.pages.guide import queries as guide_queries
from engage.pages.guide.checking import problems
from engage.pages.guide.parsing import parse
from engage.pages.models import Page, PageDraft
from engage.pages.starter import queries, sheets
from engage.pages.starter.sheets import Sheet


@dataclass
class Report:
    """What came in; all the rest was there, and stays as it is. `guides` are languages."""

    pages: list[str] = field(default_factory=list)
    guides: list[str] = field(default_factory=list)
    words: int = 0
    entries: int = 0


def install(*, by: Account | None = None) -> Report:
    """Bring in and publish what is missing of the ready set; twice is once.

    A page that is there in a language, be it withdrawn or a draft, is left to the team; so are the guide
    and each entry of the directory.
    """
    report = Report()
    _first(report, by)
    for language in sheets.OTHERS:
        _translations(report, language, by)
    for language in sheets.languages():
        _guide(report, language, by)
    with sheets.glossary().open("rb") as file:
        report.words = glossary.bring_in(words.read(file), replace=False, by=by)
    with sheets.directory().open("rb") as file:
        report.entries = directory.bring_in(plan.read(file), replace=False, by=by)
    return report


def _first(report: Report, by: Account | None) -> None:
    held = queries.pages()
    for sheet in sheets.sheets(sheets.FIRST):
        if sheet.slug in held:
            continue
        head = sheet.head
        draft = pages.create(sheet.slug, head["title"], sheet.shelf, head["icon"], by=by)
        draft.page.is_action = head["action"]
        _publish(draft, sheet, by)
        report.pages.append(sheet.slug)


def _translations(report: Report, language: str, by: Account | None) -> None:
    """Only of a page that still says what our own first words say: another text needs another translation."""
    held, written = queries.pages(), queries.written()
    ours = {sheet.slug: sheet for sheet in sheets.sheets(sheets.FIRST)}
    for sheet in sheets.sheets(language):
        page = held[sheet.slug]
        if (page.id, language) in written or not _says(page, ours[sheet.slug]):
            continue
        _publish(pages.begin(page, language, by=by), sheet, by)
        report.pages.append(f"{sheet.slug}:{language}")


def _says(page: Page, sheet: Sheet) -> bool:
    shown = versions.first_published(page)
    is_same = shown is not None and (shown.simple, shown.short) == (sheet.simple, sheet.short)
    return is_same and page.withdrawn_at is None


def _publish(draft: PageDraft, sheet: Sheet, by: Account | None) -> None:
    db.session.flush()  # its number is that of the row as it stands now
    with speaking(draft.language):
        pages.write(draft, version=draft.version, by=by, **sheet.words)
        version = pages.freeze(draft, by=by, author=centre_queries.centre().name)
        pages.publish(version, by=by)


def _guide(report: Report, language: str, by: Account | None) -> None:
    """A centre without phone and address finds it as a draft, with what is missing."""
    if guide_queries.draft(language) or guide_queries.last(language):
        return
    tree, _places = parse(sheets.guide(language))
    draft = guides.begin(language, tree, by=by)
    if not problems(tree):
        guides.put_before_readers(draft, author=centre_queries.centre().name)
    report.guides.append(language)
