"""What the clock erases."""

from __future__ import annotations

from engage.centre.queries import centre
from engage.core.db import db
from engage.core.jobs import Job
from engage.privacy import actions


def erase_contacts() -> int:
    """Erase contact details that have served their time."""
    erased = actions.erase_old_contacts(centre().erase_after_months)
    db.session.commit()
    return erased


JOBS = [Job("erase_contacts", erase_contacts, every_seconds=3600)]
