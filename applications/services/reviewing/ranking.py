"""What people do with the ranking: move somebody with a reason, freeze it, open it again."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.enums import ReviewRoundState
from applications.models import Application, RankingMove, ReviewRound
from applications.rules.reviewing.states import FREEZE, UNFREEZE
from applications.selectors.reviewing import Board, board_of, why_no_board
from cohorts.permissions import check_may_administer
from cohorts.rules.weighing import fraction_text
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused
from nextstep.transitions import change_fields, change_state


@transaction.atomic
def move_application(
    *, review_round: ReviewRound, application: Application, place: int, reason: str, version: int, by: User
) -> RankingMove:
    """Put an application at another place of the ranking than its score gives it.

    Raises Refused without a reason, beyond the ranking, or once it is frozen; Stale where somebody else was first.
    """
    _check_may_rank(by, review_round)
    if not reason.strip():
        raise Refused("Say why this application is moved.")
    if review_round.state != ReviewRoundState.OPEN:
        raise Refused("The ranking is frozen, so nobody can be moved.")
    before = {standing.application: standing.place for standing in board_of(review_round).standings}
    if application.pk not in before or not 1 <= place <= len(before):
        raise Refused(f"Choose a place from 1 to {len(before)}.")
    change_fields(review_round, version=version)
    move = RankingMove.objects.create(
        round=review_round,
        application=application,
        place=place,
        reason=reason.strip(),
        moved_at=clock.now(),
        moved_by=by,
    )
    # Told of the move and not of the round, whose page is open to those who may not see the ranking.
    record(
        "applications.ranking_moved",
        move,
        by=by,
        before={"place": before[application.pk]},
        after={"application": application.reference, "place": place},
        reason=move.reason,
    )
    return move


@transaction.atomic
def freeze_ranking(*, review_round: ReviewRound, version: int, by: User, reason: str = "") -> ReviewRound:
    """Fix the ranking as it stands: no review can change after it.

    Raises Refused where reviews are not final and no reason is given to go on without them, or none is final; Stale.
    """
    _check_may_rank(by, review_round)
    board = board_of(review_round)
    if not any(standing.score for standing in board.standings):
        raise Refused("No review is final yet, so there is nothing to freeze.")
    if board.unfinished and not reason.strip():
        raise Refused(f"Reviews that are not final: {board.unfinished}. Say why the ranking is frozen without them.")
    lines = frozen_lines(board)
    change_state(review_round, FREEZE, version=version, frozen_at=clock.now(), frozen_board=lines)
    after = {"lines": len(lines), "places": board.places, "left_out": board.unfinished}
    record("applications.ranking_frozen", review_round, by=by, after=after, reason=reason.strip())
    return review_round


@transaction.atomic
def unfreeze_ranking(*, review_round: ReviewRound, version: int, by: User, reason: str) -> ReviewRound:
    """Let reviews and moves change the ranking again. Raises Refused without a reason, and Stale."""
    _check_may_rank(by, review_round)
    if not reason.strip():
        raise Refused("Say why the ranking is opened again.")
    change_state(review_round, UNFREEZE, version=version, frozen_at=None, frozen_board=[])
    record("applications.ranking_unfrozen", review_round, by=by, reason=reason.strip())
    return review_round


def frozen_lines(board: Board) -> list[dict[str, Any]]:
    """The board as plain data, exact to the last digit."""
    return [
        {
            "reference": board.applications[standing.application]["reference"],
            "place": standing.place,
            "rank": standing.rank,
            "score": fraction_text(standing.score.mean) if standing.score else None,
            "spread": fraction_text(standing.score.spread) if standing.score else None,
            "reviews": standing.score.reviews if standing.score else 0,
            "near": standing.near,
            "tied": standing.tied,
        }
        for standing in board.standings
    ]


def _check_may_rank(by: User, review_round: ReviewRound) -> None:
    check_may_administer(by, review_round.cohort)
    if why_no_board(by, review_round):
        raise PermissionDenied
