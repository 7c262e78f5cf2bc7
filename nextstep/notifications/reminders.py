"""Messages that come due by themselves. Apps register what is due; a job queues it each minute, once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from nextstep.notifications.calendar import CalendarPart

if TYPE_CHECKING:
    from nextstep.accounts.models import User


@dataclass(frozen=True)
class Due:
    """One reminder for one person, or an address, about one occasion."""

    to: "User | str"
    occasion: str
    context: Mapping[str, Any] = field(default_factory=dict)
    calendar: CalendarPart | None = None


@dataclass(frozen=True)
class Reminder:
    """`due(now)` gives everything that should have gone by `now` and still makes sense.

    It is asked each minute and may give the same again: the occasion decides that a person hears it once. The moment
    is worked out from dates, so that it moves when they move.
    """

    code: str
    due: Callable[[datetime], Iterable[Due]]


_reminders: dict[str, Reminder] = {}


def register(reminder: Reminder) -> None:
    """Add a reminder; its code is a message of the catalogue. Called from `AppConfig.ready()`."""
    if reminder.code in _reminders:
        raise ValueError(f"There is a reminder with the code {reminder.code} already.")
    _reminders[reminder.code] = reminder


def reminders() -> list[Reminder]:
    return [_reminders[code] for code in sorted(_reminders)]
