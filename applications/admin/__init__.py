"""The team's side of applications: the list, one application on one page, decisions, their release, reviewing."""

from applications.admin.applications import ApplicationAdmin
from applications.admin.more_time import LateLinkAdmin, WindowExtensionAdmin
from applications.admin.releases import DecisionAdmin, ReleaseAdmin
from applications.admin.reserve_lists import ReserveListAdmin
from applications.admin.reviewing import ReviewAdmin, ReviewCriterionAdmin, ReviewRoundAdmin

__all__ = [
    "ApplicationAdmin",
    "DecisionAdmin",
    "LateLinkAdmin",
    "ReleaseAdmin",
    "ReserveListAdmin",
    "ReviewAdmin",
    "ReviewCriterionAdmin",
    "ReviewRoundAdmin",
    "WindowExtensionAdmin",
]
