"""What cannot be done with a sign-up, said in one plain sentence."""

from __future__ import annotations

from collections.abc import Sized

from engage.core.errors import Refused
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.render import moment
from engage.events.kinds import SigningUp, SignUpState
from engage.events.models import MOST_PLACES, Occurrence
from engage.events.signing.models import MOST_PEOPLE, SignUp
from engage.events.signing.queries import Counts


def checked_party(companions: Sized) -> int:
    """How many people come. Raises Refused for more than one sign-up holds."""
    party = 1 + len(companions)
    if party > MOST_PEOPLE:
        raise Refused(
            ngettext(
                "You can sign up for %(num)s person at most. For more, please call us.",
                "You can sign up for %(num)s people at most. For more, please call us.",
                MOST_PEOPLE,
            )
        )
    return party


def refuse_too_large(capacity: int | None, party: int) -> None:
    """Raises Refused for a party that this date could never hold: it would wait for nothing."""
    if capacity is not None and party > capacity:
        raise Refused(
            ngettext(
                "This date has %(num)s place in all. Please come with fewer people, or call us.",
                "This date has %(num)s places in all. Please come with fewer people, or call us.",
                capacity,
            )
        )


def why_closed(occurrence: Occurrence) -> str:
    """Why nobody can sign up for this date now."""
    if occurrence.is_cancelled:
        return _("This date is cancelled.")
    if occurrence.event.is_published and occurrence.event.signing_up is not SigningUp.NONE:
        return _("Signing up for this date is closed. You may call us.")
    return _("People cannot sign up for this date.")


def what_they_have(held: SignUp) -> str:
    """Somebody signs up twice for one date."""
    party = ngettext("%(num)s person", "%(num)s people", held.party)
    if held.state is SignUpState.WAITING:
        return _("You are already on the waiting list of this date, for %(party)s.", party=party)
    if held.state is SignUpState.OFFERED:
        return _("A place on this date is already offered to you, for %(party)s.", party=party)
    return _("You are already signed up for this date, for %(party)s.", party=party)


def no_longer(sign_up: SignUp) -> str:
    """Two tabs, or somebody else was faster."""
    if sign_up.state is SignUpState.CANCELLED:
        return _("This sign-up was cancelled meanwhile. You may sign up again.")
    return _("This date has begun: this sign-up cannot be changed any more.")


def offer_over(sign_up: SignUp) -> str:
    if sign_up.state is SignUpState.WAITING:
        return _("This offer has ended: the place went to the next one. You are on the waiting list again.")
    if sign_up.offered_until:
        return _("This offer ended on %(moment)s.", moment=moment(sign_up.offered_until))
    return no_longer(sign_up)


def no_room(free: int) -> str:
    """A party that grows wants more places than there are, or those of people who wait."""
    if free < 1:
        return _("There is no free place for one more person on this date. Nothing was changed.")
    return ngettext(
        "Only %(num)s more place is free on this date. Nothing was changed.",
        "Only %(num)s more places are free on this date. Nothing was changed.",
        free,
    )


def refuse_capacity(capacity: int | None, held: Counts) -> None:
    """Raises Refused with the numbers, for a room smaller than who comes."""
    if capacity is not None and not 1 <= capacity <= MOST_PLACES:
        raise Refused(_("The number of places is between 1 and %(most)s.", most=MOST_PLACES))
    if capacity is None or capacity >= held.held:
        return
    confirmed = ngettext("%(num)s place is confirmed", "%(num)s places are confirmed", held.confirmed)
    offered = ngettext("%(num)s is offered", "%(num)s are offered", held.offered)
    raise Refused(
        _(
            "%(confirmed)s and %(offered)s: keep %(least)s places at least.",
            confirmed=confirmed,
            offered=offered,
            least=held.held,
        )
    )
