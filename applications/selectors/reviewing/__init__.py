"""Reads about reviewing."""

from applications.selectors.reviewing.assigning import Desk, desk_of
from applications.selectors.reviewing.board import Board, board_of, why_no_board
from applications.selectors.reviewing.reading import (
    OtherReview,
    Progress,
    ReviewSheet,
    conflict_of,
    criteria_of,
    documents_read_in,
    missing_of,
    next_review,
    other_final_reviews,
    progress_of,
    review_of,
    review_tasks,
    sheet_of,
    stored_review,
    unfinished_reviewers,
)
from applications.selectors.reviewing.reviewers import (
    Reviewer,
    conflicts_found,
    interests_of,
    reviewers_of,
    rounds_of_reviewer,
)

__all__ = [
    "Board",
    "Desk",
    "OtherReview",
    "Progress",
    "ReviewSheet",
    "Reviewer",
    "board_of",
    "conflict_of",
    "conflicts_found",
    "criteria_of",
    "desk_of",
    "documents_read_in",
    "interests_of",
    "missing_of",
    "next_review",
    "other_final_reviews",
    "progress_of",
    "review_of",
    "review_tasks",
    "reviewers_of",
    "rounds_of_reviewer",
    "sheet_of",
    "stored_review",
    "unfinished_reviewers",
    "why_no_board",
]
