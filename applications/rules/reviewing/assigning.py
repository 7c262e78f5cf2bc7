"""Who reads which application: shared out evenly, never against a conflict, the same whatever the order of the input.

One reading at a time is given to the reviewer with the least to read. Where only others may read an application, the
one with the least that a chain of handovers leads to takes something over; such chains keep the shares as even as
conflicts allow, and leave no reading out that could be given to anybody.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

Pair = tuple[int, int]


@dataclass(frozen=True)
class Wanted:
    """What is to be shared out. Pairs are (application, reviewer).

    `kept` are readings that stand, and `closed` those that may not be: conflicts, and whoever stepped back.
    """

    applications: Collection[int]
    reviewers: Collection[int]
    each: int
    most: int | None = None
    kept: frozenset[Pair] = frozenset()
    closed: frozenset[Pair] = frozenset()


@dataclass(frozen=True)
class Shortfall:
    """So many readings that nobody can take; `free` is how many reviewers could read the application at all."""

    application: int
    lacking: int
    free: int


@dataclass(frozen=True)
class Sharing:
    """The readings that are new, and what could not be reached."""

    pairs: frozenset[Pair]
    short: tuple[Shortfall, ...]


def share_out(wanted: Wanted) -> Sharing:
    """Give each application its reviewers."""
    table = _Table(wanted)
    for _ in range(wanted.each):
        for application in sorted(set(wanted.applications), key=_shuffled):
            if len(table.readers[application]) < wanted.each:
                table.give(application)
    short = tuple(
        Shortfall(application, lacking, len(table.able(application)))
        for application in sorted(set(wanted.applications))
        if (lacking := wanted.each - len(table.readers[application])) > 0
    )
    return Sharing(frozenset(table.new), short)


def most_needed(wanted: Wanted) -> int:
    """The smallest limit for one reviewer under which nothing would be left for want of room."""
    unlimited = share_out(replace(wanted, most=None))
    return max(loads_of(unlimited.pairs | wanted.kept, wanted.reviewers).values(), default=0)


def loads_of(pairs: Iterable[Pair], reviewers: Collection[int]) -> dict[int, int]:
    """How many applications each reviewer has."""
    loads = dict.fromkeys(reviewers, 0)
    for _, reviewer in pairs:
        loads[reviewer] = loads.get(reviewer, 0) + 1
    return loads


def _shuffled(*keys: int) -> bytes:
    """An order that depends on nothing but the keys, so that the same two reviewers do not always read together."""
    return hashlib.sha256(":".join(map(str, keys)).encode()).digest()


@dataclass
class _Table:
    """Who reads what so far."""

    wanted: Wanted
    readers: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    loads: dict[int, int] = field(default_factory=dict)
    new: set[Pair] = field(default_factory=set)
    # The applications newly given to a reviewer, which alone are handed over, and those that they could still take.
    given: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    takes: dict[int, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.loads = dict.fromkeys(self.wanted.reviewers, 0)
        for application, reviewer in self.wanted.kept:
            self.readers[application].add(reviewer)
            self.loads[reviewer] = self.loads.get(reviewer, 0) + 1
        shut = self.wanted.closed | self.wanted.kept
        for reviewer in self.wanted.reviewers:
            self.takes[reviewer] = {one for one in self.wanted.applications if (one, reviewer) not in shut}

    def able(self, application: int) -> list[int]:
        """The reviewers without a conflict, whether they read it already or not."""
        closed = self.wanted.closed
        return [reviewer for reviewer in self.wanted.reviewers if (application, reviewer) not in closed]

    def free(self, application: int) -> list[int]:
        return [reviewer for reviewer in self.wanted.reviewers if application in self.takes[reviewer]]

    def has_room(self, reviewer: int) -> bool:
        return self.wanted.most is None or self.loads[reviewer] < self.wanted.most

    def give(self, application: int) -> None:
        """Add one reader, over the chain that ends at the least loaded reviewer with room; without one, do nothing."""
        came_from = self._reached(application)
        ends = [reviewer for reviewer in came_from if self.has_room(reviewer)]
        if not ends:
            return
        end = min(ends, key=lambda one: (self.loads[one], _shuffled(application, one)))
        self.loads[end] += 1
        while (step := came_from[end]) is not None:
            moved, before = step
            self._move(moved, before, end)
            end = before
        self._add(application, end)

    def _reached(self, application: int) -> dict[int, Pair | None]:
        """Each reviewer that a chain of handovers leads to, with the (application, reviewer) it comes from.

        It stops where nobody with room has less to read, or nobody else can be reached.
        """
        hungry = (one for one in self.wanted.reviewers if self.takes[one] and self.has_room(one))
        least = min((self.loads[one] for one in hungry), default=None)
        reached: dict[int, Pair | None] = dict.fromkeys(sorted(self.free(application)))
        waiting = list(reached)
        while waiting and not any(self.loads[one] == least and self.has_room(one) for one in reached):
            found = self._handed_over_from(waiting, set(self.wanted.reviewers) - reached.keys())
            reached |= found
            waiting = sorted(found)
        return reached

    def _handed_over_from(self, holders: list[int], unreached: set[int]) -> dict[int, Pair]:
        """Which of the unreached could take over something that one of the holders was newly given."""
        found: dict[int, Pair] = {}
        for holder in holders:
            for taker in sorted(unreached - found.keys()):
                if common := self.takes[taker] & self.given[holder]:
                    found[taker] = (min(common), holder)
        return found

    def _add(self, application: int, reviewer: int) -> None:
        self.readers[application].add(reviewer)
        self.given[reviewer].add(application)
        self.takes[reviewer].discard(application)
        self.new.add((application, reviewer))

    def _move(self, application: int, before: int, after: int) -> None:
        self.readers[application].discard(before)
        self.given[before].remove(application)
        self.takes[before].add(application)
        self.new.discard((application, before))
        self._add(application, after)
