"""Whether the next person on a reserve list is offered a place, and by whom (domain.md, Places)."""

from datetime import date, datetime, timedelta
from typing import Protocol

from applications.enums import Brake


class Terms(Protocol):
    mode: str
    automatic_until: datetime | None
    refill_until: date | None
    undo_hours: int


def may_refill(terms: Terms, today: date) -> bool:
    """Whether anybody new may be offered a place: up to and on the day of the cut-off."""
    return terms.refill_until is None or today <= terms.refill_until


def goes_by_itself(terms: Terms, now: datetime, today: date) -> bool:
    """Whether the portal makes the next offer without anybody's doing."""
    in_time = terms.automatic_until is None or now < terms.automatic_until
    return terms.mode == Brake.AUTOMATIC and in_time and may_refill(terms, today)


def waits_for_somebody(terms: Terms, now: datetime, today: date) -> bool:
    """Whether somebody of the team makes the next offer."""
    return terms.mode != Brake.PAUSED and may_refill(terms, today) and not goes_by_itself(terms, now, today)


def undo_ends(terms: Terms, declined_at: datetime, *, undone_before: bool) -> datetime | None:
    """Until when a decline can be undone; None where it stands at once, as it does the second time."""
    if undone_before or not terms.undo_hours:
        return None
    return declined_at + timedelta(hours=terms.undo_hours)
