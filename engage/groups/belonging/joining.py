"""For whom somebody may come in by asking, and the account of who was invited without one."""

from __future__ import annotations

from flask_babel import LazyString

from engage.accounts import queries as accounts
from engage.accounts.joining import actions as joining
from engage.accounts.models import Account, Role
from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.belonging import permissions as may
from engage.groups.belonging import places
from engage.groups.belonging.models import GroupInvitation
from engage.groups.belonging.refusing import refuse_over
from engage.groups.models import USERS, Group, Side
from engage.groups.words import AS_ONE


def sides(
    me: Account | None, group: Group, balance: places.Balance | None = None
) -> list[tuple[Side, LazyString]]:
    """Those with a free place that this person may take by asking, in words."""
    free = (one.side for one in (balance or places.balance(group)).free)
    return [(side, AS_ONE[side]) for side in free if may.join(me, group, side)]


def open_account(invitation: GroupInvitation) -> str:
    """The code by which who was invited makes an account, as one of the house's own invitations.

    Raises Refused when the invitation is over, or is for somebody who has an account.
    """
    refuse_over(invitation)
    person = invitation.person
    by = accounts.by_id(invitation.invited_by_id) if invitation.invited_by_id else None
    if person is None or person.account_id is not None or by is None:
        raise Refused(_("This invitation is for somebody who has an account. Sign in with it, please."))
    role = Role.PARTNER if invitation.side in USERS else Role.MEMBER
    return joining.invite(role, first_name=(person.name or "").split(" ")[0], email=None, by=by)[1]
