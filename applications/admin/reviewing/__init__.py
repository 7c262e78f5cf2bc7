"""The team's side of reviewing: the round and its rubric."""

from applications.admin.reviewing.rounds import ReviewRoundAdmin
from applications.admin.reviewing.rubric import ReviewCriterionAdmin

__all__ = ["ReviewCriterionAdmin", "ReviewRoundAdmin"]
