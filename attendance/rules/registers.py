"""When a register can be written in."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def register_opens_at(starts_at: datetime) -> datetime:
    """The first moment, in London, of the day of the session: people sign in before it begins."""
    return datetime.combine(starts_at.astimezone(LONDON).date(), time.min, tzinfo=LONDON)


def is_register_open(starts_at: datetime, now: datetime) -> bool:
    return register_opens_at(starts_at) <= now
