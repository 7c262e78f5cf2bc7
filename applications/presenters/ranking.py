"""The ranking board in words."""

from collections import Counter
from dataclasses import dataclass

from applications.enums import ApplicationState, ReviewState
from applications.selectors.reviewing import Board
from cohorts.rules.weighing import decimals


@dataclass(frozen=True)
class Line:
    """One application on the board. `cut` is drawn below the last line within the number of places."""

    pk: int
    place: int
    reference: str
    state: str
    rank: str
    score: str
    spread: str
    reviews: str
    notes: tuple[str, ...]
    cut: bool


def board_lines(board: Board) -> list[Line]:
    """Every line of the board, in its order."""
    shared = Counter(standing.rank for standing in board.standings)
    lines = []
    for standing in board.standings:
        row, score = board.applications[standing.application], standing.score
        awaited = board.reviews[standing.application, ReviewState.OPEN]
        rank = "" if standing.rank is None else f"{standing.rank}{'=' if shared[standing.rank] > 1 else ''}"
        lines.append(
            Line(
                pk=standing.application,
                place=standing.place,
                reference=row["reference"],
                state=ApplicationState(row["state"]).label,
                rank=rank or "None",
                score=decimals(score.mean) if score else "None",
                spread=decimals(score.spread, 2) if score else "None",
                reviews=f"{score.reviews if score else 0} final, {awaited} awaited",
                notes=_notes(board, standing.application, near=standing.near, tied=standing.tied),
                cut=standing.place == board.places and standing.place < len(board.standings),
            )
        )
    return lines


def _notes(board: Board, application: int, *, near: bool, tied: bool) -> tuple[str, ...]:
    notes = []
    if tied:
        notes.append("Tied at the cut: a person decides.")
    if near:
        notes.append("Near tie: within 0.05 of the other side of the cut.")
    if move := board.last_moves.get(application):
        notes.append(f"Moved to {move.place} by {move.moved_by}: {move.reason}")
    return tuple(notes)
