"""Codes as people type them, and who reads what comes in today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from engage.accounts.models import Account, Role
from engage.centre import queries as centre_queries
from engage.centre.models import Referent, StaffName
from engage.core import cache
from engage.core.clock import now
from engage.core.db import db
from engage.intake import actions, queries
from engage.intake.models import CODE_LENGTH
from tests import make


@pytest.mark.usefixtures("session")
def test_a_code_is_found_whatever_case_spacing_and_dashes() -> None:
    code = actions.open_follow_up("idea", "abc")
    db.session.flush()
    bare = code.replace("-", "")
    for typed in (
        code,
        bare,
        code.lower(),
        f"  {bare[:3]} {bare[3:]}\n",
        "–".join(bare),
        "\u00a0".join(bare),
        "".join(chr(ord(sign) + 0xFEE0) for sign in bare),
    ):
        found = queries.find_follow_up(typed)
        assert found is not None, typed
        assert (found.kind, found.ref) == ("idea", "abc")


def test_signs_our_codes_do_not_have_are_read_as_what_they_look_like() -> None:
    assert queries.bare_code("0o1i") == "QQLL"


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(
    "typed", ["", "   ", "ABC", "ABC-DEF-GH", "A" * 10_000, "\x00" * 9, "é" * 9, "١٢٣٤٥٦٧٨٩"]
)
def test_what_is_no_code_opens_nothing(typed: str) -> None:
    actions.open_follow_up("idea", "abc")
    assert queries.find_follow_up(typed) is None


@given(st.text())
def test_any_text_is_read_as_signs_of_codes_or_as_none(typed: str) -> None:
    bare = queries.bare_code(typed)
    assert queries.bare_code(bare) == bare
    assert all(sign.isascii() and sign.isalnum() for sign in bare)
    assert not set("01OI") & set(bare)


@settings(max_examples=200)
@given(seed=st.text(min_size=1, max_size=64), noise=st.lists(st.sampled_from(" -–.\t\u00a0"), max_size=9))
def test_noise_between_the_signs_changes_nothing(seed: str, noise: list[str]) -> None:
    signs = [*"ABCDEFGH2"]
    mixed = "".join(sign + (noise[at] if at < len(noise) else "") for at, sign in enumerate(signs))
    assert queries.bare_code(mixed) == "ABCDEFGH2"
    assert len(queries.bare_code(mixed)) == CODE_LENGTH


def _duty() -> Account | None:
    db.session.flush()
    cache.forget()
    return queries.on_duty()


@pytest.mark.usefixtures("session")
def test_the_referent_is_on_duty_and_their_cover_when_away() -> None:
    chloe, david = make.account("Chloé", Role.COORDINATOR), make.account("David", Role.STAFF)
    make.referent(chloe, cover_id=david.id)
    assert _duty() == chloe
    today = centre_queries.centre_today()
    for first, last, reader in (
        (today, today, david),
        (today, None, david),
        (today + timedelta(days=1), None, chloe),
        (date(2020, 1, 1), today - timedelta(days=1), chloe),
    ):
        db.session.execute(update(Referent).values(away_from=first, away_until=last))
        assert _duty() == reader


@pytest.mark.usefixtures("session")
def test_somebody_is_always_on_duty_as_long_as_somebody_steers() -> None:
    assert _duty() is None
    admin = make.account("Dominique", Role.ADMIN)
    assert _duty() == admin
    coordinator = make.account("Chloé", Role.COORDINATOR)
    assert _duty() == coordinator
    gone = make.account("Eva", Role.STAFF, ended_at=now())
    make.referent(gone)
    assert _duty() == coordinator


def test_findings_know_the_names_of_the_centre(app: Flask) -> None:
    with app.app_context():
        db.session.add(StaffName(name="Hélène Marchetti"))
        db.session.commit()
        cache.forget()
        kinds = [
            finding.kind for finding in queries.findings("Merci à helene marchetti et au 06 12 34 56 78")
        ]
    assert kinds == ["staff", "phone"]
