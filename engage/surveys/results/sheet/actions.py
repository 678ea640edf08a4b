"""Composing the sheet, publishing it, and telling those who wanted to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from engage.accounts.models import Account
from engage.commitments import actions as commitments
from engage.commitments.models import Commitment, Rung
from engage.core.clock import now
from engage.core.db import db
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import speaking
from engage.core.render import link, render
from engage.journal import actions as journal
from engage.surveys.answering import actions as answering
from engage.surveys.answering.models import Wave
from engage.surveys.results.sheet import paper, queries
from engage.surveys.results.sheet.models import State, SurveySheet, Tie
from engage.surveys.results.sheet.queries import Told
from engage.surveys.results.showing import Results

LEAST, MOST = 3, 6
MOST_QUOTES = 3
MOST_TIES = 4


def compose(
    wave: Wave,
    *,
    figures: Sequence[str],
    quotes: Sequence[str],
    heard: str,
    promised: str,
    version: int,
    by: Account,
) -> SurveySheet:
    """Keep what the sheet will say. Raises Refused when somebody else changed it meanwhile."""
    sheet = _mine(wave, version)
    publishable = {str(one.id): one for one, _words in queries.choosable(wave)}
    chosen = [publishable[key] for key in dict.fromkeys(quotes) if key in publishable]
    if len(chosen) > MOST_QUOTES:
        raise Refused(_("Choose %(most)d texts at most: the sheet has one page.", most=MOST_QUOTES))
    sheet.figures, sheet.heard, sheet.promised = list(dict.fromkeys(figures)), heard, promised
    sheet.quotes = [{"id": str(one.id), "hidden": [list(span) for span in one.masked]} for one in chosen]
    db.session.flush()
    return sheet


def _mine(wave: Wave, version: int) -> SurveySheet:
    """The draft as this person saw it, begun now if there was none."""
    sheet = _draft(wave) if version == 0 else queries.draft(wave)
    if sheet is None or sheet.version != (version or 1):
        raise Refused(_("Someone else has just changed this sheet. Please look again before you send."))
    return sheet


def _draft(wave: Wave) -> SurveySheet:
    """The first edition begins by itself; another one only when somebody asks for it."""
    if held := queries.draft(wave):
        return held
    if queries.editions(wave):
        raise Refused(_("This sheet is published: it does not change any more. Begin a new edition."))
    return _edition(wave, 1)


def _edition(wave: Wave, number: int) -> SurveySheet:
    sheet = SurveySheet(wave_id=wave.id, number=number)
    sheet.wave = wave
    db.session.add(sheet)
    db.session.flush()
    return sheet


def tie(wave: Wave, commitment: Commitment, *, about: str, by: Account) -> None:
    """Say that this commitment answers a question or a theme. A second time only changes what it answers."""
    sheet = _draft(wave)
    held = db.session.get(Tie, (sheet.id, commitment.id))
    if held:
        held.about = about
        return
    if len(queries.ties(sheet)) >= MOST_TIES:
        raise Refused(_("A sheet holds %(most)d commitments at most.", most=MOST_TIES))
    db.session.add(Tie(sheet_id=sheet.id, commitment_id=commitment.id, about=about))


def untie(sheet: SurveySheet, held: Tie, *, by: Account) -> None:
    if not sheet.is_draft:
        raise Refused(_("This sheet is published: it does not change any more. Begin a new edition."))
    db.session.delete(held)


def promise(
    wave: Wave, *, about: str, title: str, said: str, due_on: date, rung: Rung, by: Account
) -> Commitment:
    """A new commitment, public at once, which this sheet will name."""
    made = commitments.make(
        title=title, said=said, summary="", theme_id=None, owner_id=by.id, due_on=due_on, rung=rung, by=by
    )
    tie(wave, made, about=about, by=by)
    return made


def publish(wave: Wave, *, version: int, by: Account) -> SurveySheet:
    """Freeze the sheet and show it to everyone; those who asked are told, and forgotten.

    Raises Refused when something is missing, or when it does not fit on one page.
    """
    sheet, seen = queries.draft(wave), queries.shown(wave)
    if sheet is None or sheet.version != version:
        raise Refused(_("Someone else has just changed this sheet. Please look again before you send."))
    if seen is None:
        raise Refused(_("Release the results first: the sheet shows nothing else."))
    told = queries.sketched(sheet, seen)
    _ensure(told)
    if before := queries.published(wave):
        before.state = State.REPLACED
        db.session.flush()
    sheet.shown = _frozen(told, seen)
    sheet.state, sheet.published_at = State.PUBLISHED, now()
    wave.finished_at = wave.finished_at or now()
    _tell(wave)
    journal.record("sheet published", "wave", wave.code, by=by, note=str(sheet.number))
    return sheet


def _ensure(told: Told) -> None:
    if not LEAST <= len(told.pictures) <= MOST:
        raise Refused(_("Choose %(least)d to %(most)d figures.", least=LEAST, most=MOST))
    if not told.heard or not told.promised:
        raise Refused(_("Write both texts: what we heard, and what we commit to."))
    if not paper.fits(told):
        raise Refused(_("The sheet is longer than one page. Shorten a text, or take out a figure or a text."))


def _frozen(told: Told, seen: Results) -> dict[str, Any]:
    return {
        "release": seen.number,
        "responses": told.responses,
        "of": told.population,
        "doors": [str(one) for one in told.doors],
        "figures": [one.plain for one in told.pictures],
    }


def _tell(wave: Wave) -> None:
    with speaking(answering.LANGUAGE):
        subject = _("The results are here")
        address = link("survey_sheet.show", code=wave.code)
        answering.tell_all(
            wave, subject=subject, body=render("survey_sheet/mail/results.txt", wave=wave, address=address)
        )


def withdraw(wave: Wave, *, reason: str, version: int, by: Account) -> SurveySheet:
    """Take the page down, and say why to who comes by. The wave is not finished any more."""
    sheet = queries.published(wave)
    if sheet is None or sheet.version != version:
        raise Refused(_("Someone else has just changed this sheet. Please look again before you send."))
    sheet.state, sheet.reason = State.WITHDRAWN, reason
    wave.finished_at = None
    journal.record("sheet withdrawn", "wave", wave.code, by=by, note=reason)
    return sheet


def renew(wave: Wave, *, by: Account) -> SurveySheet:
    """Begin a new edition with what the last one said. Raises Refused while one is being composed."""
    last = queries.editions(wave)
    if not last or last[0].is_draft:
        raise Refused(_("An edition is being composed already."))
    sheet = _edition(wave, last[0].number + 1)
    sheet.figures, sheet.quotes = list(last[0].figures), list(last[0].quotes)
    sheet.heard, sheet.promised = last[0].heard, last[0].promised
    ties = queries.ties(last[0])
    db.session.add_all(
        Tie(sheet_id=sheet.id, commitment_id=one.commitment_id, about=one.about) for one in ties
    )
    return sheet
