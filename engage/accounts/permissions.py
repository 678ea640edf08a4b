"""Who may do what to people's accounts."""

from __future__ import annotations

from engage.accounts.models import Account


def see_people(person: Account | None) -> bool:
    """Coordination and administration: the list of names and roles."""
    return person is not None and person.is_coordinator


def see_contact(person: Account | None, _account: Account) -> bool:
    return see_people(person)


def change_role(person: Account | None, _account: Account) -> bool:
    """Administrators alone."""
    return person is not None and person.is_admin


def end(person: Account | None, _account: Account) -> bool:
    """Administrators alone, themselves included while another one stays."""
    return person is not None and person.is_admin


def reset_second_factor(person: Account | None, account: Account) -> bool:
    """Administrators, for somebody else: for oneself there are recovery codes."""
    return person is not None and person.is_admin and person.id != account.id
