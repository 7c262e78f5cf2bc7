"""Who gets a bursary: the order, the ladder across the last bursary, and what happens when projects leave.

Defined outcomes (domain.md): fewer scored projects than bursaries, and the rest stay unawarded; more tied than
bursaries, and the ladder chooses among them; a project that withdrew is passed over; a bursary given up goes to the
next in order without touching those that others hold.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from cohorts.rules.ranking import Group, Id, NearTie, Tied, grouped, near_ties, ranked
from cohorts.rules.weighing import Weights
from qip.rules.ladder import Decision, Rung, Step, by_criterion, by_decision, by_head_to_head, climb
from qip.rules.scoring import ProjectScore, Sheet, project_scores


@dataclass(frozen=True)
class Ballot:
    """All that a choice is made from: the rubric's weights and named criterion, the projects and the sheets."""

    weights: Weights
    tie_break: str
    tie_break_name: str
    projects: Collection[Id]
    sheets: Collection[Sheet]

    def scores(self) -> dict[Id, ProjectScore | None]:
        return project_scores(self.projects, self.sheets, self.weights)


@dataclass(frozen=True)
class Winner:
    project: Id
    rank: int


@dataclass(frozen=True)
class Outcome:
    """`tied` is empty unless a person must decide among them for `seats_left`; else `seats_left` stay unawarded."""

    order: tuple[Group, ...]
    unscored: Tied
    winners: tuple[Winner, ...]
    tied: Tied
    seats_left: int
    steps: tuple[Step, ...]
    near: frozenset[NearTie]


def outcome(
    ballot: Ballot,
    seats: int,
    *,
    decisions: Collection[Decision] = (),
    out: Collection[Id] = (),
    held: Collection[Id] = (),
) -> Outcome:
    """Choose `seats` winners, less those `held` already, from all that are scored and not `out`."""
    results = ballot.scores()
    scores = {project: result.score for project, result in results.items() if result}
    running = {project: score for project, score in scores.items() if project not in out}
    free = {project: score for project, score in running.items() if project not in held}
    reached = climb(grouped(free), seats - len(frozenset(held)), _rungs(ballot, results, decisions))
    return Outcome(
        order=ranked(scores),
        unscored=frozenset(results) - frozenset(scores),
        winners=_ranked_winners(reached.inside, scores),
        tied=reached.tied,
        seats_left=reached.seats_left,
        steps=reached.steps,
        near=near_ties(running, seats),
    )


def _rungs(
    ballot: Ballot, results: Mapping[Id, ProjectScore | None], decisions: Collection[Decision]
) -> tuple[Rung, ...]:
    """The ladder of a panel, in its order."""
    means = {project: result.criteria.get(ballot.tie_break) if result else None for project, result in results.items()}
    return (
        partial(by_criterion, means=means, name=ballot.tie_break_name),
        partial(by_head_to_head, sheets=ballot.sheets, weights=ballot.weights),
        partial(by_decision, decisions=decisions),
    )


def _ranked_winners(inside: Collection[Tied], scores: Mapping[Id, Fraction]) -> tuple[Winner, ...]:
    """Rank each winner in the whole order; those whom the ladder told apart follow one another."""
    winners: list[Winner] = []
    before: dict[Fraction, int] = {}
    for group in inside:
        score = scores[next(iter(group))]
        ahead = sum(other > score for other in scores.values()) + before.get(score, 0)
        winners.extend(Winner(project, ahead + 1) for project in group)
        before[score] = before.get(score, 0) + len(group)
    return tuple(winners)
