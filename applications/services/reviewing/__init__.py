"""Every write about reviewing: rounds and their rubric, what reviewers declare, who reads what."""

from applications.services.reviewing.assigning import (
    change_proposal,
    discard_proposal,
    propose_assignment,
    save_assignment,
)
from applications.services.reviewing.interests import declare_interests
from applications.services.reviewing.rounds import change_round, make_round, open_round
from applications.services.reviewing.rubrics import remove_criterion, save_criterion

__all__ = [
    "change_proposal",
    "change_round",
    "declare_interests",
    "discard_proposal",
    "make_round",
    "open_round",
    "propose_assignment",
    "remove_criterion",
    "save_assignment",
    "save_criterion",
]
