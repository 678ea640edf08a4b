"""How a series is said in plain words."""

from __future__ import annotations

from babel.dates import format_date

from engage.core.i18n import gettext as _
from engage.core.i18n import language
from engage.core.render import day
from engage.events.models import Series
from engage.events.planning.dating import series
from engage.events.planning.dating.series import Comes


def rhythm(row: Series) -> str:
    """`Chaque semaine, le jeudi, jusqu’au jeudi 24 juin 2027`"""
    weekday = format_date(row.first_day, "EEEE", locale=language())
    until = day(min(series.last_day(row.rule), row.ended_on or series.last_day(row.rule)))
    match series.comes(row.rule):
        case Comes.WEEKLY:
            return _("Every week on %(weekday)s, until %(until)s", weekday=weekday, until=until)
        case Comes.FORTNIGHTLY:
            return _("Every 2 weeks on %(weekday)s, until %(until)s", weekday=weekday, until=until)
        case Comes.MONTHLY_WEEKDAY:
            which = _which(series.which_week(row.first_day))
            return _("Every month on the %(which)s %(weekday)s, until %(until)s",
                     which=which, weekday=weekday, until=until)  # fmt: skip
    return _("Every month on the %(number)s, until %(until)s", number=row.first_day.day, until=until)


def _which(number: int) -> str:
    return {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), -1: _("last")}[number]
