"""Reads about reviewing."""

from applications.selectors.reviewing.assigning import Desk, desk_of
from applications.selectors.reviewing.reviewers import (
    Reviewer,
    conflicts_found,
    interests_of,
    reviewers_of,
    rounds_of_reviewer,
)

__all__ = ["Desk", "Reviewer", "conflicts_found", "desk_of", "interests_of", "reviewers_of", "rounds_of_reviewer"]
