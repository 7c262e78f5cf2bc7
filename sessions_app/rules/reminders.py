"""When a reminder of a session is due."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def reminder_moment(starts_at: datetime, days: int) -> datetime:
    """So many days before, when clocks in London show the same time, also across a change of the clocks."""
    return starts_at.astimezone(LONDON) - timedelta(days=days)


def is_reminder_due(starts_at: datetime, days: int, now: datetime, *, until_days: int) -> bool:
    """Whether `now` lies between that moment and `until_days` before the start, when the next reminder takes over."""
    return reminder_moment(starts_at, days) <= now < reminder_moment(starts_at, until_days)
