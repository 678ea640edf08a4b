"""Figures in words that a coordinator, or a patient, understands."""

from __future__ import annotations

import math

from engage.core.i18n import gettext as _
from engage.surveys.results.proportions import Interval, Share, Verdict

FEW = 30


def _tenths(share: float) -> float:
    """Without the dust of floating point: 0.7 × 10 is 7."""
    return round(share * 10, 6)


def between(interval: Interval) -> str:
    """“between 6 and 8 people out of 10”: rounded outwards, so that it never says more than it knows."""
    low, high = math.floor(_tenths(interval.low)), math.ceil(_tenths(interval.high))
    if low == 0 and high == 10:
        return _("these answers cannot tell")
    if low == high:
        return people(low)
    if high == 1:
        return _("at most 1 person out of 10")
    if low == 0:
        return _("at most %(most)s people out of 10", most=high)
    if high == 10:
        return _("at least %(least)s people out of 10", least=low)
    return _("between %(low)s and %(high)s people out of 10", low=low, high=high)


def people(tenths: int) -> str:
    """“8 people out of 10”, as a patient reads it."""
    if tenths == 0:
        return _("nobody")
    return _("1 person out of 10") if tenths == 1 else _("%(num)s people out of 10", num=tenths)


def about(share: Share) -> str:
    """The nearest tenth; “everybody” and “nobody” only when it is true."""
    tenths = math.floor(_tenths(share.value) + 0.5)
    if tenths == 0:
        return _("almost nobody") if share.count else _("nobody")
    if tenths == 10:
        return _("almost everybody") if share.count < share.base else _("everybody")
    return people(tenths)


def caution(base: int) -> str:
    """A visible warning when few answered; empty when enough did."""
    return _("Caution: fewer than %(few)s answers.", few=FEW) if base < FEW else ""


def told(verdict: Verdict) -> str:
    """The verdict on two waves, in a word or two."""
    if verdict is Verdict.CANNOT_SAY:
        return _("one cannot say")
    return _("better") if verdict is Verdict.BETTER else _("less good")
