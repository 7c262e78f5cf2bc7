"""When a judge is reminded of scores that are not final."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MORNING = time(9)


def reminder_day(presentations_end_at: datetime, now: datetime) -> date | None:
    """The day a reminder is due for at `now`: when the presentations end, then each morning at nine; else None."""
    if now < presentations_end_at:
        return None
    here = now.astimezone(LONDON)
    if here.date() == presentations_end_at.astimezone(LONDON).date() or here.time() >= MORNING:
        return here.date()
    return None
