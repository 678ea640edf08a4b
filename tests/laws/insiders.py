"""Who is inside, the same people however often the house is furnished: what is theirs grows with it."""

from __future__ import annotations

from sqlalchemy import select

from engage.accounts.models import Account, Role
from engage.core import keys
from engage.core.db import db
from tests import make

ROLES = {"Clara": Role.COORDINATOR, "Basile": Role.PARTNER, "Nora": Role.RELAY}


def insider(first_name: str) -> Account:
    """Clara and Basile belong to every group, Basile with a file; Nora brought what others said."""
    email = f"{first_name.lower()}@dedans.example.org"
    known = select(Account).filter_by(email_digest=keys.digest("email", email))
    found = db.session.scalars(known).one_or_none()
    return found or make.account(first_name, ROLES[first_name], email=email)


def held() -> dict[tuple[str, str], int]:
    """By whose account each may be opened."""
    return {("insiders", name): insider(name).id for name in ROLES}
