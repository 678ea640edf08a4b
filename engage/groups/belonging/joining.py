"""For whom somebody may come in by asking, and the account of who was invited without one."""

from __future__ import annotations

from flask_babel import LazyString

from engage.accounts import queries as accounts
from engage.accounts.joining import actions as joining
from engage.accounts.joining import queries as house
from engage.accounts.models import Account, Role
from engage.core import keys
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.belonging import permissions as may
from engage.groups.belonging import places, queries
from engage.groups.belonging.models import GroupInvitation
from engage.groups.belonging.refusing import refuse_address, refuse_over
from engage.groups.models import USERS, Group, Side
from engage.groups.words import AS_ONE

LONG = 32  # signs; nobody types this code: a button brings it


def sides(
    me: Account | None, group: Group, balance: places.Balance | None = None
) -> list[tuple[Side, LazyString]]:
    """Those with a free place that this person may take by asking, in words."""
    free = (one.side for one in (balance or places.balance(group)).free)
    return [(side, AS_ONE[side]) for side in free if may.join(me, group, side)]


def open_account(invitation: GroupInvitation) -> str:
    """The code by which who was invited makes an account, as one of the house's own invitations; asked
    for again it is the same one.

    Raises Refused when the invitation is over, or is for somebody who has an account.
    """
    refuse_over(invitation)
    person = invitation.person
    by = accounts.by_id(invitation.invited_by_id) if invitation.invited_by_id else None
    if person is None or person.account_id is not None or by is None:
        raise Refused(_("This invitation is for somebody who has an account. Sign in with it, please."))
    role = Role.PARTNER if invitation.side in USERS else Role.MEMBER
    code = _house_code(invitation)
    if house.by_code(code) is None:
        joining.invite(role, first_name=(person.name or "").split(" ")[0], email=None, by=by, code=code)
    return code


def _house_code(invitation: GroupInvitation) -> str:
    """Always the same for one invitation: it makes one account, however often it is asked for."""
    return house.plain(keys.digest("account of a group invitation", invitation.code_digest).upper())[:LONG]


def bind(digest: str, account: Account) -> None:
    """The account that came of it is that person's. Raises Refused at another address than theirs."""
    for invitation in queries.without_account():
        if invitation.person and house.digest(_house_code(invitation)) == digest:
            refuse_address(invitation, account)
            invitation.person.account_id = account.id
