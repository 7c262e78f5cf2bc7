"""Reads about reviewing."""

from applications.selectors.reviewing.reviewers import interests_of, rounds_of_reviewer

__all__ = ["interests_of", "rounds_of_reviewer"]
