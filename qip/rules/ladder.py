"""The tie ladder at the last bursary: score, named criterion, head-to-head, a person's decision (domain.md).

Each rung either splits the tied projects into an order of smaller groups or says why it cannot, and is written down.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from cohorts.rules.ranking import Cut, Id, Tied, cut_at, grouped
from cohorts.rules.weighing import Weights, weighted_mean
from qip.rules.scoring import Sheet, counted

SCORE = "score"
CRITERION = "criterion"
HEAD_TO_HEAD = "head_to_head"
DECISION = "decision"


@dataclass(frozen=True)
class Step:
    """One rung as it was taken. `groups` is the order it gave; one group means that it split nothing."""

    rung: str
    tied: Tied
    seats: int
    groups: tuple[Tied, ...]
    why: str
    figures: Mapping[Id, Fraction | None] | None = None
    pairs: tuple["Pair", ...] = ()


@dataclass(frozen=True)
class Pair:
    """How many judges who scored both put `one` above `other`, and the other way round."""

    one: Id
    other: Id
    for_one: int
    for_other: int


@dataclass(frozen=True)
class Decision:
    """Whom a person chose among which tied projects."""

    tied: Tied
    chosen: Tied


@dataclass(frozen=True)
class Climb:
    """Where the ladder led: groups that win in order, what is still tied for how many bursaries, and each step."""

    inside: tuple[Tied, ...]
    tied: Tied
    seats_left: int
    steps: tuple[Step, ...]


Rung = Callable[[Tied, int], Step]


def by_criterion(tied: Tied, seats: int, *, means: Mapping[Id, Fraction | None], name: str) -> Step:
    """Order by the mean of the named criterion; passed over where a project has none, for missing is not zero."""
    figures = {project: means.get(project) for project in tied}
    known = {project: mean for project, mean in figures.items() if mean is not None}
    if len(known) < len(tied):
        why = f"Not every tied project has a score for {name}, so it could not be used."
        return Step(CRITERION, tied, seats, (tied,), why, figures)
    groups = grouped(known)
    why = f"The mean score for {name} " + _split_words(groups)
    return Step(CRITERION, tied, seats, groups, why, figures)


def by_head_to_head(tied: Tied, seats: int, *, sheets: Collection[Sheet], weights: Weights) -> Step:
    """Order by majorities among judges who scored both, only where every pair has one and they make no cycle."""
    pairs = majorities(tied, sheets, weights)
    if any(pair.for_one == pair.for_other for pair in pairs):
        why = "For at least one pair, as many judges preferred the one as the other: no single order."
        return Step(HEAD_TO_HEAD, tied, seats, (tied,), why, pairs=pairs)
    won = Counter(pair.one if pair.for_one > pair.for_other else pair.other for pair in pairs)
    groups = grouped({project: Fraction(won[project]) for project in tied})
    # A tournament has no cycle exactly where the numbers of victories are all different.
    if len(groups) < len(tied):
        why = "The judges’ preferences between pairs run in a circle: no single order."
        return Step(HEAD_TO_HEAD, tied, seats, (tied,), why, pairs=pairs)
    why = "Most judges who scored both projects of each pair agree on one order."
    return Step(HEAD_TO_HEAD, tied, seats, groups, why, pairs=pairs)


def majorities(tied: Tied, sheets: Iterable[Sheet], weights: Weights) -> tuple[Pair, ...]:
    """For each pair of tied projects, how many judges put the one or the other first by their own weighted mean."""
    own: dict[Id, dict[Id, Fraction]] = defaultdict(dict)
    for sheet in counted(sheets):
        if sheet.project in tied:
            own[sheet.judge][sheet.project] = weighted_mean(sheet.values, weights)
    return tuple(_pair(one, other, own.values()) for one, other in combinations(tied, 2))


def _pair(one: Id, other: Id, of_judges: Iterable[Mapping[Id, Fraction]]) -> Pair:
    both = [scores for scores in of_judges if one in scores and other in scores]
    for_one = sum(scores[one] > scores[other] for scores in both)
    for_other = sum(scores[other] > scores[one] for scores in both)
    return Pair(one, other, for_one, for_other)


def by_decision(tied: Tied, seats: int, *, decisions: Collection[Decision]) -> Step:
    """Take a person's decision, where one was made about exactly these projects and this many bursaries."""
    for decision in decisions:
        if decision.tied == tied and len(decision.chosen) == seats and decision.chosen <= tied:
            return Step(DECISION, tied, seats, (decision.chosen, tied - decision.chosen), "A person decided.")
    return Step(DECISION, tied, seats, (tied,), "A person must decide, and give the reason.")


def climb(groups: Collection[Tied], seats: int, rungs: Iterable[Rung]) -> Climb:
    """Fill `seats` from `groups`, and take one rung after the other while a tie stands across the last of them."""
    cut = cut_at(groups, seats)
    inside = list(cut.inside)
    steps: list[Step] = []
    for rung in rungs:
        if not cut.straddling:
            break
        if not steps:
            steps.append(_tie_by_score(cut))
        steps.append(rung(cut.straddling, cut.seats_left))
        cut = cut_at(steps[-1].groups, cut.seats_left)
        inside.extend(cut.inside)
    return Climb(tuple(inside), cut.straddling, cut.seats_left, tuple(steps))


def _tie_by_score(cut: Cut) -> Step:
    number = len(cut.straddling)
    why = f"{number} projects have exactly the same score, and {cut.seats_left} of them can have a bursary."
    return Step(SCORE, cut.straddling, cut.seats_left, (cut.straddling,), why)


def _split_words(groups: Collection[Tied]) -> str:
    return "is the same for all of them." if len(groups) == 1 else "tells them apart, in whole or in part."
