"""What the verbs of the journal say about people who take part, and what brought them."""

from __future__ import annotations

from engage.core.i18n import gettext as _


def verbs() -> dict[str, str]:
    return {
        "way in made": _("Way in made"),
        "way in closed": _("Way in closed"),
        "relay described": _("Relay: kind and house noted"),
        "agreement noted": _("Agreement with a partner patient noted"),
        "mission confirmed": _("Mission of a partner patient confirmed"),
        "mission unconfirmed": _("Confirmation of a mission taken back"),
        "expense accepted": _("Expense accepted"),
        "expense refused": _("Expense refused"),
        "expense paid": _("Expense paid back"),
        **_about_people_on_the_way(),
        **_about_calls(),
        **_about_charters(),
    }


def _about_people_on_the_way() -> dict[str, str]:
    return {
        "people viewed": _("List of people on the way opened"),
        "person viewed": _("Page of somebody on the way opened"),
        "person moved": _("Stage of somebody changed"),
        "person corrected": _("Wishes of somebody corrected for them"),
        "person declined": _("“Not now” noted for somebody"),
        "person paused": _("Pause noted for somebody"),
        "person back": _("Return of somebody noted"),
        "person erased": _("Somebody on the way erased"),
        "person code given": _("Follow-up number given"),
        "note erased by them": _("A person took a note about them away"),
        "next step erased by them": _("A person took their next step away"),
        "stage words erased by them": _("A person took words about their stage away"),
        "next step planned": _("Next step planned with somebody"),
        "next step changed": _("Next step changed with somebody"),
        "next step done": _("Next step done with somebody"),
        "note written": _("Note about taking part written"),
        "note taken back": _("Note about taking part taken away"),
    }


def _about_calls() -> dict[str, str]:
    return {
        "call created": _("Call drafted"),
        "call edited": _("Call changed"),
        "call published": _("Call published"),
        "call closed": _("Call closed"),
        "call copied": _("Call copied"),
        "call discarded": _("Draft of a call thrown away"),
        "application answers noted": _("Answers of an application typed in"),
        "application accepted": _("Application accepted"),
        "application refused": _("Application answered with another way"),
    }


def _about_charters() -> dict[str, str]:
    return {
        "charter drafted": _("Charter begun"),
        "charter edited": _("Charter changed"),
        "charter published": _("Charter published"),
        "charter discarded": _("Draft of a charter thrown away"),
        "charter signed on paper": _("Charter signed on paper"),
        "autonomy moved": _("Step of autonomy changed"),
    }


def kinds() -> dict[str, str]:
    """What each kind of thing is called."""
    return {
        "application": _("Application"),
        "call": _("Call to take part"),
        "charter": _("Charter"),
        "source": _("Way in"),
        "person": _("Somebody on the way"),
        "partner": _("Partner patient"),
        "expense": _("Expense"),
        "mission": _("Mission"),
    }
