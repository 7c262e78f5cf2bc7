"""Dates of a programme file: local wall-clock times of London, and moving them by whole weeks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True)
class CohortDates:
    """The days between which a cohort runs, both included."""

    commences_on: date
    ends_on: date


def wall_clock_problem(value: Any) -> str | None:
    """Why `value` is no moment of a programme file, as a sentence; None where it is one.

    A file's times are on the clocks of London, so they carry no offset, and they happen exactly once.
    """
    if not isinstance(value, datetime):
        return "This must be a date with a time, for instance 2025-10-08T09:00:00."
    if value.tzinfo is not None:
        return "Write the time as clocks in London show it, without an offset or Z."
    first, second = value.replace(tzinfo=LONDON, fold=0), value.replace(tzinfo=LONDON, fold=1)
    if first.utcoffset() == second.utcoffset():
        return None
    if first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == value:
        return "This time happens twice, because the clocks go back. Choose another."
    return "This time does not exist, because the clocks go forward. Choose another."


def london_moment(value: datetime) -> datetime:
    """The moment in UTC at which clocks in London show `value`. Raises ValueError where there is not exactly one."""
    problem = wall_clock_problem(value)
    if problem:
        raise ValueError(problem)
    return value.replace(tzinfo=LONDON).astimezone(UTC)


def window_end(value: datetime) -> datetime:
    """The first moment in UTC that is no longer in a window which a file closes at `value`.

    23:59:59 is the way a file says "the whole day", so it ends with the next midnight.
    """
    if value.time() == LAST_SECOND:
        value = datetime.combine(value.date() + timedelta(days=1), time.min)
    return london_moment(value)


def moved_by_weeks(definition: Mapping[str, Any], weeks: int) -> dict[str, Any]:
    """A copy of a programme's definition with every date and time moved by whole weeks.

    Weekdays stay, and so do the times that clocks in London show, also across a change of the clocks.
    """
    return {key: _moved(value, timedelta(weeks=weeks)) for key, value in definition.items()}


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, Mapping):
        return {key: _moved(inner, by) for key, inner in value.items()}
    if isinstance(value, list):
        return [_moved(inner, by) for inner in value]
    # datetime is a date too; a naive datetime plus whole days keeps its time of day.
    return value + by if isinstance(value, date) else value
