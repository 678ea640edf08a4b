"""Why an application is not taken, or not answered any more."""

from __future__ import annotations

from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.groups.calling.applying import queries
from engage.groups.calling.models import Application, ApplicationState, Call
from engage.groups.models import Group


class AppliedAlready(Refused):
    """This person has an application for it already: `known`, unless it is gone by now."""

    def __init__(self, known: Application | None) -> None:
        said = _("We already have an application under this name. We answer it: no need to send another one.")
        super().__init__(said)
        self.known = known


def refuse_closed(to: Call | Group) -> None:
    if queries.takes(to):
        return
    if isinstance(to, Call):
        raise Refused(_("This call is closed. There are other ways to take part: we gladly tell you."))
    raise Refused(_("This group does not look for anybody now. There are other ways to take part."))


def refuse_over(application: Application) -> None:
    if application.state is ApplicationState.WITHDRAWN:
        raise Refused(_("This person has taken their application back."))
    if application.state is not ApplicationState.RECEIVED:
        raise Refused(_("Somebody of the team has answered this person already."))
