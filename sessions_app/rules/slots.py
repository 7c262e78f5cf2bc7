"""Slots for action learning sets, and whether they hold everybody (domain.md, Action learning sets)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sessions_app.rules.timetable import Span


@dataclass(frozen=True)
class Capacity:
    """How the slots of one topic compare with the people who need one."""

    slots: int
    group_size: int
    people: int

    @property
    def holds(self) -> int:
        return self.slots * self.group_size

    @property
    def shortfall(self) -> int:
        """People left without a group at this size."""
        return max(0, self.people - self.holds)

    @property
    def group_needed(self) -> int | None:
        """The smallest size at which these slots hold everybody; None where there is no slot at all."""
        return -(-self.people // self.slots) if self.slots else None

    @property
    def slots_needed(self) -> int:
        """Slots that would hold everybody at this size."""
        return -(-self.people // self.group_size)


def slots_in(window: Span, minutes: int) -> list[Span]:
    """`window` cut from its start into slots of `minutes`; what is left over at the end is no slot."""
    length = timedelta(minutes=minutes)
    starts = [window.starts_at + length * number for number in range(window.length // length)]
    return [Span(start, start + length) for start in starts]


def capacity_of_topic(windows: Iterable[Span], *, minutes: int, group_size: int, people: int) -> Capacity:
    """What the alternative `windows` of one topic hold together."""
    slots = sum(len(slots_in(window, minutes)) for window in windows)
    return Capacity(slots=slots, group_size=group_size, people=people)
