"""The one clock that services and views read, so that a demo or a dry run can live at another moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")

_pinned: ContextVar[datetime | None] = ContextVar("pinned_moment", default=None)


def now() -> datetime:
    """The present moment, aware and in UTC, or the moment pinned by `at`."""
    return _pinned.get() or timezone.now()


def wall() -> datetime:
    """Real time, whatever is pinned: for leases between processes, which may be pinned to different moments."""
    return timezone.now()


def today() -> date:
    """The present day in London."""
    return now().astimezone(LONDON).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Pin the clock of this thread (or task) to an aware `moment`."""
    if timezone.is_naive(moment):
        raise ValueError("A pinned moment needs a time zone.")
    token = _pinned.set(moment)
    try:
        yield
    finally:
        _pinned.reset(token)
