"""When an offer ends."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

_LONDON = ZoneInfo("Europe/London")


def offer_ends(made_at: datetime, days: int) -> datetime:
    """The first moment at which an offer no longer stands: the end, in London, of the day `days` days later.

    Made at 10:00 on 1 June with 7 days: midnight between 8 and 9 June.
    """
    last_day = made_at.astimezone(_LONDON).date() + timedelta(days=days)
    return datetime.combine(last_day + timedelta(days=1), time.min, tzinfo=_LONDON)
