"""The deadline as it stands on every page of applying."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from applications.rules.window import Window, time_left_words
from nextstep.design.dates import last_moment_words


@dataclass(frozen=True)
class Deadline:
    """`moment` is the first that is too late; `note` says what else holds for this person."""

    moment: datetime
    left: str
    note: str = ""

    @property
    def words(self) -> str:
        return last_moment_words(self.moment)


def deadline_of(window: Window, now: datetime) -> Deadline:
    """The deadline to work to: closing while the window is open, and then the grace or the person's own end."""
    if window.is_late:
        note = "This is your own deadline. Others have less time."
        return Deadline(window.ends_at, time_left_words(window.ends_at - now), note)
    if now < window.closes_at:
        return Deadline(window.closes_at, time_left_words(window.closes_at - now), _grace_to_come(window.grace))
    closed = last_moment_words(window.closes_at)
    note = f"Applications closed at {closed}. You had begun yours, so you can still finish and send it."
    return Deadline(window.ends_at, time_left_words(window.ends_at - now), note)


def _grace_to_come(grace: timedelta) -> str:
    if not grace:
        return ""
    return f"If you have begun by then, you have {time_left_words(grace)} more to finish and send it."
