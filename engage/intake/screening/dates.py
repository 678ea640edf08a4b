"""Dates of birth: announced as such, or a full date too old to be an appointment."""

import re
from collections.abc import Iterator
from datetime import date

from engage.intake.screening.twin import Finding, Kind, Twin

MONTHS = {
    name: number
    for number, names in enumerate(
        ("janvier janv jan", "fevrier fevr fev", "mars", "avril avr", "mai", "juin", "juillet juil", "aout",
         "septembre sept", "octobre oct", "novembre nov", "decembre dec"), 1)
    for name in names.split()
}  # fmt: skip
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
FORMS = [
    re.compile(
        r"(?<!\d)(?<!\d[./,\-])(?P<day>\d{1,2})(?P<gap>[ ]?[./\-][ ]?|[ ])(?P<month>\d{1,2})"
        r"(?:[ ]?[./\-][ ]?|[ ])(?P<year>\d{4}|\d{2})(?![./\-]?\d)"
    ),
    re.compile(
        r"(?<!\d)(?<!\d[./,\-])(?P<year>\d{4})(?P<gap>[./\-])(?P<month>\d\d?)[./\-](?P<day>\d\d?)(?!\d)"
    ),
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:[ ]?er)?(?P<gap>[ \-]|[ ]de[ ])(?P<month>{MONTH})\b\.?"
        r"(?:(?:[ ]de[ ]|[ \-])(?P<year>\d{4}|\d{2})(?![\d]|[ ]?h\b|:))?"
    ),
    re.compile(r"(?<!\d)(?P<day>\d\d)(?P<gap>)(?P<month>\d\d)(?P<year>\d{4}|\d\d)(?!\d)"),
]
# "né" folds to "ne", which also denies: without its "e" it must stand right before the date.
BORN = re.compile(
    rf"(?<![^\W_])(?:ne(?:e|\(e\)|[.·]e)?s?(?:[ ]a[ ][\w' \-]{{2,30}}?)?,?[ ]*(?:le|un)?[ ]*:?[ ]*"
    rf"(?:{WEEKDAY}[ ])?)$"
)
ANNOUNCED = re.compile(r"(?:naissances?|naquit|(?<![^\W_])d\.?[ ]?d\.?[ ]?n\b|anniversaire)[^.!?\n]{0,30}$")
NO_BIRTH = re.compile(rf"(?:{WEEKDAY}|depuis(?:[ ]le)?)[ ]$")
BORN_IN = re.compile(
    r"(?:^|[.,;:(\n][ ]?|\b(?:suis|il[ ]est|elle[ ]est|mari|femme|mere|pere|fils|fille|maman|papa|enfant)[ ])"
    rf"ne(?:e|\(e\))?s?[ ](?:en|vers)[ ](?P<date>(?:(?:{MONTH})[ ])?(?:19|20)\d\d)(?!\d)"
)
RECENT = 3  # years: a younger date may be a visit or a meeting
OLDEST = 120


def birth_dates(twin: Twin, today: date) -> Iterator[Finding]:
    for pattern in FORMS:
        for match in pattern.finditer(twin.folded):
            before = twin.folded[max(0, match.start() - 50) : match.start()]
            if _is_date(match) and _is_birth(match, before, today):
                yield twin.finding(Kind.BIRTH_DATE, match.start(), match.end())
    for match in BORN_IN.finditer(twin.folded):
        yield twin.finding(Kind.BIRTH_DATE, *match.span("date"))


def _is_date(match: re.Match[str]) -> bool:
    month = MONTHS.get(match["month"]) or int(match["month"])
    day = int(match["day"])
    return 1 <= min(day, month) <= 12 and max(day, month) <= 31


def _is_birth(match: re.Match[str], before: str, today: date) -> bool:
    if BORN.search(before):
        return True
    if not match["year"]:
        return False
    if ANNOUNCED.search(before):
        return True
    if not _is_plain(match) or NO_BIRTH.search(before):
        return False
    year = _four_digits(int(match["year"]), today)
    return today.year - OLDEST <= year <= today.year - RECENT


def _is_plain(match: re.Match[str]) -> bool:
    """Whether the digits are a date even when nothing announces one: 3 mai 1948, 3/5/1948, 03.05.48."""
    day, gap, month, year = match.group("day", "gap", "month", "year")
    if len(year) == 4:
        return bool(gap)
    return gap.strip() in (".", "/", "-") and len(day) == len(month) == 2


def _four_digits(year: int, today: date) -> int:
    """48 is 1948, 19 is 2019: a birth lies in the past."""
    if year > 99:
        return year
    return year + (2000 if year <= today.year % 100 else 1900)
