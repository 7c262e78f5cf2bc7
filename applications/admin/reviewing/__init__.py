"""The team's side of reviewing: the round, its rubric, who reads what, and the reviews."""

from applications.admin.reviewing.reviews import ReviewAdmin
from applications.admin.reviewing.rounds import ReviewRoundAdmin
from applications.admin.reviewing.rubric import ReviewCriterionAdmin

__all__ = ["ReviewAdmin", "ReviewCriterionAdmin", "ReviewRoundAdmin"]
