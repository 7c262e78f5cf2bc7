"""Every write about reviewing: rounds and their rubric, what reviewers declare, who reads what, scores, the ranking."""

from applications.services.reviewing.assigning import (
    change_proposal,
    discard_proposal,
    propose_assignment,
    save_assignment,
)
from applications.services.reviewing.conflicts import declare_conflict, recuse_reviewer
from applications.services.reviewing.interests import declare_interests
from applications.services.reviewing.ranking import freeze_ranking, move_application, unfreeze_ranking
from applications.services.reviewing.rounds import change_round, make_round, open_round
from applications.services.reviewing.rubrics import remove_criterion, save_criterion
from applications.services.reviewing.scoring import OVERALL, Mark, Saved, save_scores
from applications.services.reviewing.settling import NotComplete, finalise, unblind

__all__ = [
    "OVERALL",
    "Mark",
    "NotComplete",
    "Saved",
    "change_proposal",
    "change_round",
    "declare_conflict",
    "declare_interests",
    "discard_proposal",
    "finalise",
    "freeze_ranking",
    "make_round",
    "move_application",
    "open_round",
    "propose_assignment",
    "recuse_reviewer",
    "remove_criterion",
    "save_assignment",
    "save_criterion",
    "save_scores",
    "unblind",
    "unfreeze_ranking",
]
