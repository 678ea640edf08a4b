"""The whole file in a ZIP: what is written, tables, an attestation a year, the receipts."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from flask import current_app

from engage.accounts.models import Account
from engage.core import sheets, spool
from engage.core.config import Settings
from engage.core.i18n import gettext as _
from engage.groups.partnering import paper, queries, words
from engage.groups.partnering.models import Expense, Mission
from engage.groups.registry import Hours
from engage.uploads.models import Upload
from engage.uploads.queries import SUFFIXES


def whole(account: Account) -> dict[str, Any]:
    """Everything of the file in plain types."""
    return _plain(queries.whole(account))


def _plain(held: queries.Whole) -> dict[str, Any]:
    file = held.file
    return {
        "skills": file.skills,
        "agreement": str(file.agreement),
        "association": file.association,
        "agreed_on": file.agreed_on and file.agreed_on.isoformat(),
        "ceiling_cents": file.ceiling,
        "trainings": [
            {"title": one.title, "given_by": one.given_by, "day": one.day.isoformat(), "minutes": one.minutes}
            for one in held.trainings
        ],
        "missions": [_mission(one) for one in held.missions],
        "expenses": [_expense(one) for one in held.expenses],
    }


def _mission(mission: Mission) -> dict[str, Any]:
    return {
        "title": mission.title,
        "first_day": mission.first_day.isoformat(),
        "last_day": mission.last_day.isoformat(),
        "minutes": mission.minutes,
        "group": mission.group and mission.group.name,
        "confirmed_at": mission.confirmed_at and mission.confirmed_at.isoformat(),
    }


def _expense(expense: Expense) -> dict[str, Any]:
    return {
        "kind": str(expense.kind),
        "day": expense.day.isoformat(),
        "cents": expense.amount,
        "words": expense.words,
        "receipt": receipt_name(expense),
        "state": str(expense.state),
        "answer": expense.answer,
        "paid_on": expense.paid_on and expense.paid_on.isoformat(),
    }


def receipt_name(expense: Expense) -> str | None:
    """How the receipt is called in the ZIP."""
    if expense.receipt is None:
        return None
    return f"{expense.day.isoformat()}-{expense.code}{SUFFIXES[expense.receipt.media_type]}"


def archive(account: Account) -> IO[bytes]:
    """The ZIP, ready to be read with `sheets.blocks`: on the disk, since receipts may be many."""

    def fill(target: IO[bytes]) -> None:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            _pack(packed, account)

    return spool.whole(fill)


def _pack(packed: zipfile.ZipFile, account: Account) -> None:
    held = queries.whole(account)
    packed.writestr("dossier.json", json.dumps(_plain(held), ensure_ascii=False, indent=2))
    years = queries.years(account, held)
    packed.writestr("heures.csv", _hours(years))
    packed.writestr("frais.csv", _costs(held.expenses))
    for year in years:
        packed.writestr(f"attestation-{year.year}.pdf", paper.attestation(account, year, held.file))
    for expense in held.expenses:
        _add_receipt(packed, expense)


def _add_receipt(packed: zipfile.ZipFile, expense: Expense) -> None:
    """As it is: photos and PDFs are packed already."""
    path = _path(expense.receipt) if expense.receipt else None
    if path is not None:
        packed.write(path, f"justificatifs/{receipt_name(expense)}", zipfile.ZIP_STORED)


def _path(upload: Upload) -> Path | None:
    settings: Settings = current_app.extensions["engage_settings"]
    path = settings.files / upload.name
    return path if path.is_file() else None


def _hours(years: list[queries.Year]) -> str:
    given = [one for year in years for one in year.given]
    done = [Hours(one.first_day, one.title, one.minutes) for year in years for one in year.confirmed]
    rows = [(one.day, one.title, round(one.minutes / 60, 2)) for one in sorted(given + done)]
    return "".join(sheets.csv_lines((_("Day"), _("What it was"), _("Hours given")), rows))


def _costs(expenses: Sequence[Expense]) -> str:
    rows = [
        (
            one.day,
            str(words.KINDS[one.kind]),
            one.amount / 100,
            one.words or "",
            str(words.STATES[one.state][1]),
        )
        for one in expenses
    ]
    columns = (_("Day"), _("Kind"), _("Euros"), _("In their own words"), _("State"))
    return "".join(sheets.csv_lines(columns, rows))
