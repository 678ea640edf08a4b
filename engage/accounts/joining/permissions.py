"""Who may invite whom."""

from __future__ import annotations

from engage.accounts.models import Account, Invitation, Role

BY_COORDINATION = {Role.MEMBER, Role.PARTNER, Role.RELAY}


def roles(person: Account | None) -> list[Role]:
    """The roles this person may give: coordination those of patients and relays, administration all."""
    if person is None or not person.is_coordinator:
        return []
    return [role for role in Role if person.is_admin or role in BY_COORDINATION]


def invite(person: Account | None, role: Role) -> bool:
    return role in roles(person)


def withdraw(person: Account | None, invitation: Invitation) -> bool:
    """Whoever may give the role may take its invitation back."""
    return invitation.role in roles(person)
