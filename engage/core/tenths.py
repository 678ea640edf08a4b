"""A share as people picture it: so many of ten."""

from __future__ import annotations

TEN = 10


def of_ten(some: int, whole: int) -> tuple[int, int]:
    """`some` of `whole` as so many of ten; as it was counted where ten would say more than we know.

    That is below ten, and where rounding would turn a few into nobody, or nearly all into everybody.
    """
    tenths = round(TEN * some / whole) if whole else 0
    is_lost = (tenths == 0 and some > 0) or (tenths == TEN and some < whole)
    return (some, whole) if whole < TEN or is_lost else (tenths, TEN)
