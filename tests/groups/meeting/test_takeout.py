"""What a person said around meetings comes with their copy, and is forgotten with their account."""

from __future__ import annotations

import json

from flask import Flask

from engage.core.db import db
from engage.groups.meeting.attending import actions, queries
from engage.groups.meeting.papers import actions as papers
from engage.privacy import actions as privacy
from engage.uploads.documents import CheckedPdf
from tests.groups.meeting.sample import Circle, account, meeting, point, visitor
from tests.uploads.papers import paper


def test_the_copy_holds_it_and_the_erasure_takes_it_away(app: Flask) -> None:
    with app.app_context():
        circle = Circle.made()
        held, by = meeting(circle.group), account(circle.zoe)
        actions.say_needs(held, circle.zoe, needs=["hearing"], needs_words="Un siège dur", by=by)
        point(held, "Le parking", kept=False, proposed_by_id=by.id)
        papers.add(circle.group, file=CheckedPdf(paper()), title="Le plan", by=by)
        db.session.commit()
        zoe = visitor(app, circle.zoe)
    copy = json.loads(zoe.get("/vos-donnees/copie").get_data())["meetings"]
    assert copy["attendance"][0]["needs_words"] == "Un siège dur"
    assert [one["text"] for one in copy["wishes"]] == ["Le parking"]
    assert [one["title"] for one in copy["papers"]] == ["Le plan"]
    with app.app_context():
        privacy.erase_me(zoe.account)
        db.session.commit()
    with app.app_context():
        stayed = queries.said(db.session.merge(held), db.session.merge(circle.zoe))
        assert stayed is not None
        assert (stayed.needs, stayed.needs_words) == ([], None)
