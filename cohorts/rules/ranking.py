"""An order by exact score, where the seats end in it, and how near the next ones are.

Ties stay together as sets: nothing here can prefer one of them by its number, its name or the order of entry.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Id = Hashable

NEAR = Fraction(1, 20)

Tied = frozenset[Id]


@dataclass(frozen=True)
class Group:
    """Those with one score. `rank` is that of a competition: 1, 2, 2, 4."""

    rank: int
    score: Fraction
    members: Tied


@dataclass(frozen=True)
class Cut:
    """Which groups are safely inside the first `seats`, and the group that does not fit whole, if there is one."""

    inside: tuple[Tied, ...]
    straddling: Tied
    seats_left: int


@dataclass(frozen=True)
class NearTie:
    """Two on either side of the last seat that are no more than `NEAR` apart, without being tied."""

    ahead: Id
    behind: Id
    difference: Fraction


def grouped(values: Mapping[Id, Fraction]) -> tuple[Tied, ...]:
    """Those with a value, the highest first, those of one value together."""
    of_value: dict[Fraction, set[Id]] = defaultdict(set)
    for member, value in values.items():
        of_value[value].add(member)
    return tuple(frozenset(of_value[value]) for value in sorted(of_value, reverse=True))


def ranked(scores: Mapping[Id, Fraction]) -> tuple[Group, ...]:
    """Every group with its rank."""
    groups: list[Group] = []
    ahead = 0
    for members in grouped(scores):
        groups.append(Group(ahead + 1, scores[next(iter(members))], members))
        ahead += len(members)
    return tuple(groups)


def cut_at(groups: Iterable[Tied], seats: int) -> Cut:
    """Fill `seats` from the top; stop at the first group that is larger than what is left."""
    inside: list[Tied] = []
    left = seats
    for group in groups:
        if left and len(group) > left:
            return Cut(tuple(inside), group, left)
        if not left:
            break
        inside.append(group)
        left -= len(group)
    return Cut(tuple(inside), frozenset(), left)


def near_ties(scores: Mapping[Id, Fraction], seats: int) -> frozenset[NearTie]:
    """Pairs around the last of `seats` whose scores differ, by at most `NEAR`. A tie is dealt with by the ladder."""
    ordered = sorted(scores.values(), reverse=True)
    if not 0 < seats < len(ordered):
        return frozenset()
    last_in, first_out = ordered[seats - 1], ordered[seats]
    inside = {member: score for member, score in scores.items() if last_in <= score <= first_out + NEAR}
    outside = {member: score for member, score in scores.items() if last_in - NEAR <= score <= first_out}
    return frozenset(
        NearTie(ahead, behind, above - below)
        for ahead, above in inside.items()
        for behind, below in outside.items()
        if 0 < above - below <= NEAR
    )
