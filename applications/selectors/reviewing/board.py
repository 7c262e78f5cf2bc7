"""The ranking of a round: what the final reviews come to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import F, Sum

from applications.enums import ApplicationState, ReviewRoundState, ReviewState
from applications.models import Application, RankingMove, Review, ReviewRound, ReviewScore
from applications.rules.reviewing.board import Score, Standing, board, scores_of
from applications.rules.reviewing.conflicts import found_conflict
from applications.selectors.reviewing.assigning import desk_of
from applications.selectors.reviewing.reading import NOT_READ
from cohorts.enums import Role
from cohorts.permissions import holds_role
from nextstep.accounts.models import User

UNFINISHED = "You review in this cohort. The ranking opens to you once all your own reviews are final."
CONFLICTED = (
    "You review in this cohort and have a conflict of interest with one of its applications, so the ranking is not "
    "shown to you."
)


@dataclass(frozen=True)
class Board:
    """The applications of a round in their order, with what each line shows."""

    round: ReviewRound
    standings: list[Standing]
    applications: dict[int, dict[str, Any]]
    moves: list[RankingMove]
    # How many reviews each application has that count or are awaited, by application and state.
    reviews: Counter[tuple[int, str]]

    @property
    def places(self) -> int:
        return self.round.cohort.places

    @cached_property
    def unfinished(self) -> int:
        """Reviews that are not final, of applications that are ranked."""
        return sum(count for (_, state), count in self.reviews.items() if state == ReviewState.OPEN)

    @cached_property
    def last_moves(self) -> dict[int, RankingMove]:
        return {move.application_id: move for move in self.moves}

    @property
    def above_the_cut(self) -> list[int]:
        """Those within the number of places who still wait for a decision."""
        inside = [standing.application for standing in self.standings[: self.places] if standing.score]
        return [one for one in inside if self.applications[one]["state"] == ApplicationState.SUBMITTED]


def board_of(review_round: ReviewRound) -> Board:
    """The board as the final reviews give it now, or as it was frozen: four queries, a row for each review at most."""
    ranked = Application.objects.filter(cohort=review_round.cohort_id)
    if review_round.state != ReviewRoundState.FROZEN:
        ranked = ranked.exclude(state__in=NOT_READ)
    found = ranked.order_by("reference").values("pk", "reference", "state")
    rows: dict[int, dict[str, Any]] = {row["pk"]: dict(row) for row in found}
    reviews = Review.objects.filter(round=review_round, application__in=ranked.values("pk"))
    counted = reviews.order_by().values_list("application_id", "state")
    moves = list(RankingMove.objects.filter(round=review_round).select_related("moved_by"))
    if review_round.state == ReviewRoundState.FROZEN:
        standings = _as_frozen(review_round, rows)
    else:
        places, moved = review_round.cohort.places, [(move.application_id, move.place) for move in moves]
        standings = board(list(rows), scores_of(_means(review_round)), places, moved)
    return Board(review_round, standings, rows, moves, Counter(counted))


def _as_frozen(review_round: ReviewRound, rows: dict[int, dict[str, Any]]) -> list[Standing]:
    key_of = {row["reference"]: pk for pk, row in rows.items()}
    return [
        Standing(
            key_of[line["reference"]],
            line["place"],
            line["rank"],
            Score(Fraction(line["score"]), Fraction(line["spread"]), line["reviews"]) if line["score"] else None,
            line["near"],
            line["tied"],
        )
        for line in review_round.frozen_board
    ]


def _means(review_round: ReviewRound) -> Iterable[tuple[int, Fraction]]:
    """The application and the weighted mean of each final review, exact: the database adds up whole numbers."""
    scores = ReviewScore.objects.filter(
        review__round=review_round, review__state=ReviewState.FINAL, value__isnull=False
    )
    sums = scores.order_by().values("review_id", "review__application_id")
    sums = sums.annotate(total=Sum(F("value") * F("criterion__weight")), weight=Sum("criterion__weight"))
    return [(row["review__application_id"], Fraction(row["total"], row["weight"])) for row in sums]


def why_no_board(user: User, review_round: ReviewRound) -> str:
    """Why somebody who administers the cohort may still not see its ranking; empty where they may.

    Who reviews too sees nobody else's scores before their own are final, and with a conflict no list or total from
    which that application's standing could be read (domain.md, QIP judging).
    """
    if not holds_role(user, Role.REVIEWER, review_round.cohort):
        return ""
    states = set(Review.objects.filter(round=review_round, reviewer=user).values_list("state", flat=True))
    if ReviewState.RECUSED in states:
        return CONFLICTED
    desk = desk_of(review_round)
    own = next((one.facts for one in desk.reviewers if one.person.pk == user.pk), None)
    if own and any(found_conflict(own, facts) for facts in desk.applicants.values()):
        return CONFLICTED
    return UNFINISHED if ReviewState.OPEN in states else ""
