"""What can be worked out from the dates of a timetable alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of time, half-open: what ends at five does not clash with what starts at five."""

    starts_at: datetime
    ends_at: datetime
    name: str = ""

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at

    def overlaps(self, other: "Span") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def timetable_hours(spans: Iterable[Span]) -> Fraction:
    """The hours that one person spends in all of `spans`."""
    return sum((Fraction(span.length // timedelta(minutes=1), 60) for span in spans), Fraction(0))


def clashes(spans: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Each pair that nobody can attend both of, the earlier first."""
    ordered = sorted(spans)
    return [
        (first, second)
        for position, first in enumerate(ordered)
        for second in ordered[position + 1 :]
        if first.overlaps(second)
    ]
