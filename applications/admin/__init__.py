"""The team's side of applications: the list, one application on one page, decisions, their release, reviewing."""

from applications.admin.applications import ApplicationAdmin
from applications.admin.releases import DecisionAdmin, ReleaseAdmin
from applications.admin.reserve_lists import ReserveListAdmin
from applications.admin.reviewing import ReviewCriterionAdmin, ReviewRoundAdmin

__all__ = [
    "ApplicationAdmin",
    "DecisionAdmin",
    "ReleaseAdmin",
    "ReserveListAdmin",
    "ReviewCriterionAdmin",
    "ReviewRoundAdmin",
]
