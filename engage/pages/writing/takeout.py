"""What pages hold of somebody who writes them: for their own copy, and for the day they leave."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from engage.accounts.models import Account
from engage.centre.queries import centre
from engage.core.db import db
from engage.pages.directory.models import Entry
from engage.pages.guide.models import GuideVersion
from engage.pages.models import Page, PageDraft, PageVersion


def record(me: Account) -> dict[str, Any]:
    """The pages that this person answers for, the drafts they wrote in last, what bears their name."""
    pages = select(Page.slug).where(Page.owner_id == me.id).order_by(Page.id)
    drafts = select(PageDraft).where(PageDraft.edited_by_id == me.id).options(joinedload(PageDraft.page))
    signed = (
        select(PageVersion).where(PageVersion.author == me.full_name).options(joinedload(PageVersion.page))
    )
    guides = select(GuideVersion).where(GuideVersion.author == me.full_name)
    return {
        "guides": [
            {"language": one.language, "number": one.number}
            for one in db.session.scalars(guides.order_by(GuideVersion.id))
        ],
        "answers_for": list(db.session.scalars(pages)),
        "drafts": [_named(one) for one in db.session.scalars(drafts.order_by(PageDraft.id))],
        "versions": [
            {**_named(one), "number": one.number}
            for one in db.session.scalars(signed.order_by(PageVersion.id))
        ],
    }


def _named(text: PageDraft | PageVersion) -> dict[str, Any]:
    return {"page": text.page.slug, "language": text.language, "title": text.title}


def forget_person(me: Account) -> None:
    """Their name goes from under pages and guides: the health centre answers for what they wrote.

    So does their first name, by which the directory says who checked it.
    """
    for kind in (PageVersion, GuideVersion):
        theirs = update(kind).where(kind.author == me.full_name)
        db.session.execute(theirs.values(author=centre().name))
    checked = update(Entry).where(Entry.checked_by == me.first_name)
    whoever = checked if me.is_staff else checked.where(Entry.changed_by_id == me.id)
    db.session.execute(whoever.values(checked_by=""))
