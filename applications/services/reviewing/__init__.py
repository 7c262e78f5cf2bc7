"""Every write about reviewing: rounds and their rubric, what reviewers declare."""

from applications.services.reviewing.interests import declare_interests
from applications.services.reviewing.rounds import change_round, make_round, open_round
from applications.services.reviewing.rubrics import remove_criterion, save_criterion

__all__ = [
    "change_round",
    "declare_interests",
    "make_round",
    "open_round",
    "remove_criterion",
    "save_criterion",
]
