"""When an offer ends: working days, without the bank holidays of England."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

_LONDON = ZoneInfo("Europe/London")
_SATURDAY = 5


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def offer_ends(made_at: datetime, days: int) -> datetime:
    """The first moment at which an offer no longer stands: the end, in London, of the working day `days` days later.

    Made on Wednesday 30 April 2025 with 3 days: the end of Tuesday 6 May, since Monday is a bank holiday.
    """
    day = made_at.astimezone(_LONDON).date()
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=_LONDON)
