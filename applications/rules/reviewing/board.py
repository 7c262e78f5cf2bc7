"""The ranking of a cohort's applications: exact means, moves by hand, and the cut at the number of places."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cohorts.rules.ranking import Id, grouped, near_ties
from cohorts.rules.weighing import mean_of


@dataclass(frozen=True)
class Score:
    """The mean of the reviewers' weighted means, each reviewer once, and how far the reviewers lie apart."""

    mean: Fraction
    spread: Fraction
    reviews: int


@dataclass(frozen=True)
class Standing:
    """One line of the board. `rank` is that of a competition by score alone: 1, 2, 2, 4; None without a final review.

    `place` counts the lines from the top, moves included; `near` and `tied` say that the score is next to the cut.
    """

    application: int
    place: int
    rank: int | None
    score: Score | None
    near: bool = False
    tied: bool = False


def scores_of(means: Iterable[tuple[int, Fraction]]) -> dict[int, Score]:
    """The score of each application, of (application, one final review's weighted mean); missing is not zero."""
    of_application: dict[int, list[Fraction]] = defaultdict(list)
    for application, mean in means:
        of_application[application].append(mean)
    return {one: Score(mean_of(own), max(own) - min(own), len(own)) for one, own in of_application.items()}


def board(
    applications: Sequence[int], scores: Mapping[int, Score], places: int, moves: Iterable[tuple[int, int]] = ()
) -> list[Standing]:
    """Every application in its order: by score, those without one last, then as moved by hand, the first move first.

    A move is (application, place). Equal scores share a rank. Where the cut runs through them, or within 0.05 of each
    other on both sides of it, they are flagged: which of them is above it is a person's to say. They stand in the order
    in which `applications` are given, which decides nothing.
    """
    means: dict[Id, Fraction] = {one: scores[one].mean for one in applications if one in scores}
    near = {one for pair in near_ties(means, places) for one in (pair.ahead, pair.behind)}
    tied = _tied_at(means, places)
    ranks = _ranks(means)
    ordered = sorted(applications, key=lambda one: ranks.get(one, len(ranks) + 1))
    return [
        Standing(one, place, ranks.get(one), scores.get(one), one in near, one in tied)
        for place, one in enumerate(moved(ordered, moves), start=1)
    ]


def moved(ordered: Sequence[int], moves: Iterable[tuple[int, int]]) -> list[int]:
    """The order after each move in turn; a place beyond the last is the last."""
    order = list(ordered)
    for application, place in moves:
        if application in order:
            order.remove(application)
            order.insert(place - 1, application)
    return order


def _ranks(means: Mapping[Id, Fraction]) -> dict[Id, int]:
    ranks: dict[Id, int] = {}
    for group in grouped(means):
        ranks |= dict.fromkeys(group, len(ranks) + 1)
    return ranks


def _tied_at(means: Mapping[Id, Fraction], places: int) -> Collection[Id]:
    """Those of one score that the cut runs through."""
    ordered = sorted(means.values(), reverse=True)
    if not 0 < places < len(ordered) or ordered[places - 1] != ordered[places]:
        return frozenset()
    return frozenset(one for one, mean in means.items() if mean == ordered[places])
