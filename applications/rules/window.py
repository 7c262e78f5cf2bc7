"""Until when an application can be written and sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Window:
    """The window of one application. Half-open: it ends with the first moment that is too late.

    `grace` is what the cohort adds for those who had begun before it closed; `late_until` is this person's own end.
    """

    opens_at: datetime
    closes_at: datetime
    grace: timedelta = timedelta(0)
    late_until: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """The latest of closing, grace and the person's own end: none of them takes time away."""
        return max(self.closes_at + self.grace, self.late_until or self.closes_at)

    def is_open(self, now: datetime) -> bool:
        return self.opens_at <= now < self.ends_at

    @property
    def is_late(self) -> bool:
        """Whether this person has longer than everybody else."""
        return self.late_until is not None and self.late_until > self.closes_at + self.grace


_UNITS = (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1)))


def time_left_words(left: timedelta) -> str:
    """Reads "3 days", "1 day and 4 hours", "2 hours and 5 minutes", "less than a minute"; never more than there is."""
    parts = []
    for name, unit in _UNITS:
        count, left = divmod(left, unit)
        parts.append((count, f"{count} {name}{'' if count == 1 else 's'}"))
    first = next((place for place, (count, _) in enumerate(parts) if count > 0), None)
    if first is None:
        return "less than a minute"
    # Minutes beside days, and hours beside many days, tell nobody anything.
    told = parts[first : first + 1] if parts[0][0] > 2 else parts[first : first + 2]
    return " and ".join(words for count, words in told if count)
