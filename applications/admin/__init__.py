"""The team's side of applications: the list, one application on one page, decisions, reviewing."""

from applications.admin.applications import ApplicationAdmin
from applications.admin.reviewing import ReviewCriterionAdmin, ReviewRoundAdmin

__all__ = ["ApplicationAdmin", "ReviewCriterionAdmin", "ReviewRoundAdmin"]
