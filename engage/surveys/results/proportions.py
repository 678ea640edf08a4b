"""Shares with their intervals: how sure a figure is, and whether two waves differ."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

# The 97.5th percentile of the normal distribution: every interval here is one of 95 %.
Z = 1.959963984540054


class Interval(NamedTuple):
    """Where the true value lies, 95 times out of 100."""

    low: float
    high: float


@dataclass(frozen=True)
class Share:
    """`count` of `base`; `population` when everybody of a known population was asked (a census)."""

    count: int
    base: int
    population: int | None = None

    @property
    def value(self) -> float:
        return self.count / self.base

    @property
    def interval(self) -> Interval:
        return wilson(self.count, self.base, self.population)


class Verdict(StrEnum):
    """What may be said of two waves."""

    BETTER = "better"
    WORSE = "worse"
    CANNOT_SAY = "cannot say"


def _checked(count: int, base: int) -> None:
    if base < 1 or not 0 <= count <= base:
        raise ValueError(f"{count} of {base} is not a share")


def _weight(base: int, population: int | None) -> float:
    """How many answers of an endless population these are worth; infinite when everybody answered.

    A population smaller than the base was given by mistake: no correction then.
    """
    if population is None or population < base:
        return base
    return math.inf if population == base else base * (population - 1) / (population - base)


def wilson(count: int, base: int, population: int | None = None) -> Interval:
    """The score interval of a proportion p = count/base, without continuity correction.

        (2np + z² ± z √(z² + 4np(1 − p))) / (2(n + z²))

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927)
    209–212; method 3 of R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872.

    For n answers of a census of N people the variance of p is p(1 − p)/n · (N − n)/(N − 1) (W. G. Cochran,
    "Sampling Techniques", 3rd edition 1977, section 3.2). Solved as Wilson did, that is the same formula
    with n(N − 1)/(N − n) in the place of n; see also B. O'Neill, "Mathematical properties and
    finite-population correction for the Wilson score interval", arXiv 2109.12464 (2021).

    Raises ValueError without any answer: nothing can be said of nobody.
    """
    _checked(count, base)
    share, n = count / base, _weight(base, population)
    if math.isinf(n):
        return Interval(share, share)
    middle, spread = 2 * n * share + Z * Z, Z * math.sqrt(Z * Z + 4 * n * share * (1 - share))
    low, high = (middle - spread) / (2 * (n + Z * Z)), (middle + spread) / (2 * (n + Z * Z))
    return Interval(0.0 if count == 0 else low, 1.0 if count == base else high)


def difference(now: Share, before: Share) -> Interval:
    """The interval of p₁ − p₂, for two independent groups, from the Wilson limits l, u of each.

        low  = p₁ − p₂ − √((p₁ − l₁)² + (u₂ − p₂)²)
        high = p₁ − p₂ + √((u₁ − p₁)² + (p₂ − l₂)²)

    Method 10 of R. G. Newcombe, "Interval estimation for the difference between independent proportions:
    comparison of eleven methods", Statistics in Medicine 17 (1998) 873–890.
    """
    (low, high), (low_before, high_before) = now.interval, before.interval
    gap = now.value - before.value
    return Interval(
        gap - math.hypot(now.value - low, high_before - before.value),
        gap + math.hypot(high - now.value, before.value - low_before),
    )


def compare(now: Share, before: Share, *, higher_is_better: bool = True) -> Verdict:
    """Better or worse only when the whole interval of the difference lies on one side of nothing."""
    low, high = difference(now, before)
    if low <= 0 <= high:
        return Verdict.CANNOT_SAY
    return Verdict.BETTER if (low > 0) == higher_is_better else Verdict.WORSE


class Promoters(NamedTuple):
    """A net promoter score, from −100 to 100, with its interval."""

    score: float
    interval: Interval
    base: int


def net_promoters(counts: dict[int, int]) -> Promoters:
    """From how many gave each mark of 0–10: the share of 9–10 less the share of 0–6, in points.

    The interval is the adjusted Wald one: three answers more, 3/4 of them for each end, then
    variance = promoters + detractors − (promoters − detractors)². B. Rocks, "Interval estimation for the
    Net Promoter Score", The American Statistician 70 (2016) 365–372, found it the best of six.

    Raises ValueError for a mark outside 0–10, or without any answer.
    """
    base = sum(counts.values())
    if base < 1 or any(mark not in range(11) for mark in counts):
        raise ValueError("a net promoter score needs marks of 0 to 10")
    glad = sum(count for mark, count in counts.items() if mark >= 9)
    sorry = sum(count for mark, count in counts.items() if mark <= 6)
    n = base + 3
    up, down = (glad + 0.75) / n, (sorry + 0.75) / n
    reach = Z * math.sqrt((up + down - (up - down) ** 2) / n)
    limits = Interval(100 * max(-1.0, up - down - reach), 100 * min(1.0, up - down + reach))
    return Promoters(100 * (glad - sorry) / base, limits, base)
