"""The pages of a group: the list, the public page, and the space of its members."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from engage.accounts.session import me, owner
from engage.core.guard import public, require
from engage.core.render import render, render_kept
from engage.groups import permissions as may
from engage.groups import queries as groups
from engage.groups.belonging import joining, places
from engage.groups.belonging import queries as belonging
from engage.groups.belonging.forms import JoinForm
from engage.groups.space import parts, queries
from engage.groups.words import AS_ONE, ENTRIES, KIND_ICONS, KINDS, MEMBER_KINDS, SIDES, WHO_DECIDES

bp = Blueprint("space", __name__, url_prefix="/groupes")
WORDS = {
    "kinds": KINDS, "icons": KIND_ICONS, "entries": ENTRIES, "sides": SIDES, "as_one": AS_ONE,
    "member_kinds": MEMBER_KINDS, "who_decides": WHO_DECIDES,
}  # fmt: skip


@bp.get("")
@public
def index() -> ResponseReturnValue:
    listed = queries.listed(me())
    current = [group for group in listed if not group.is_closed]
    over = [group for group in listed if group.is_closed]
    who = me()
    left = queries.left(who) if who else []
    return render("groups/index.html", groups=current, over=over, left=left, **WORDS)


@bp.get("/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """Strangers all read the same, kept for some seconds; who is known here reads it as it is now."""
    if me() is None:
        return render_kept("groups/show.html", lambda: _public(code), code)
    return render("groups/show.html", **_public(code))


def _public(code: str) -> dict[str, Any]:
    group = groups.get(me(), code)
    balance = places.balance(group)
    joins = joining.sides(me(), group, balance)
    return {
        "group": group,
        "balance": balance,
        "named": belonging.named(group),
        "member": groups.membership(me(), group),
        "joins": joins,
        "join_form": JoinForm(formdata=None) if joins else None,
        "may_manage": may.manage(me()),
        **parts.public(me(), group),
        **WORDS,
    }


@bp.get("/<code>/espace")
def inside(code: str) -> ResponseReturnValue:
    """Members and who goes with the group; who left finds the public page and their own words."""
    group = groups.get(me(), code)
    require(may.see_private(me(), group))
    return render(
        "groups/inside.html",
        group=group,
        members=groups.lines(group),
        member=groups.membership(me(), group),
        may=may,
        **parts.private(owner(), group),
        **WORDS,
    )


@bp.get("/<code>/mes-ecrits")
def written(code: str) -> ResponseReturnValue:
    """What I wrote there, also when I have left."""
    group = belonging.latest(owner(), code).group
    return render("groups/written.html", group=group, written=queries.written(owner(), group))
