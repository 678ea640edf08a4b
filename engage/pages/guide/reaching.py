"""Where a contact is reached today: the number written in the guide, or the one of the settings."""

from __future__ import annotations

from dataclasses import dataclass

from engage.centre import queries as centre_queries
from engage.centre.models import phone_uri
from engage.core.i18n import gettext as _
from engage.core.words import has_words
from engage.pages.guide.tree import Contact, Source


@dataclass(frozen=True)
class Reach:
    who: str
    phone: str
    hours: str
    place: str

    @property
    def uri(self) -> str:
        """What a phone dials; the service for people who do not hear is written to."""
        return "sms:114" if self.phone == "114" else phone_uri(self.phone)


def reach(contact: Contact) -> Reach:
    """Its own words first; what they leave open is that of the centre or of the referent."""
    if contact.source is Source.OWN:
        return Reach(contact.who, contact.phone, contact.hours, contact.place)
    centre, referent = centre_queries.centre(), centre_queries.referent()
    if contact.source is Source.REFERENT and referent is not None:
        said = contact.who or referent.title
        who = f"{referent.first_name}, {said[:1].lower()}{said[1:]}"
        hours = contact.hours or referent.hours
        return Reach(who, contact.phone or referent.phone or centre.phone, hours, contact.place)
    place = contact.place or ", ".join(centre.address.splitlines())
    who = contact.who or _("The person at reception")
    return Reach(who, contact.phone or centre.phone, contact.hours or centre.hours, place)


def names_a_human(contact: Contact) -> bool:
    return contact.source is Source.REFERENT or has_words(contact.who)
