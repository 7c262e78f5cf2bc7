"""Every write about projects, panels, rubrics, scores, results and bursaries."""

from qip.services.awards import TieUnresolved, award_bursaries, decide_tie, give_up_award
from qip.services.panels import add_judge, create_panel
from qip.services.projects import Incomplete, save_project, start_project, submit_project, withdraw_project
from qip.services.results import ScoresNotFinal, open_results
from qip.services.rubrics import make_default_rubric, remove_criterion, save_criterion
from qip.services.scoring import Mark, Saved, StaleScore, save_scores, score_criterion
from qip.services.settling import NotComplete, declare_conflict, finalise, finalise_all

__all__ = [
    "Incomplete",
    "Mark",
    "NotComplete",
    "Saved",
    "ScoresNotFinal",
    "StaleScore",
    "TieUnresolved",
    "add_judge",
    "award_bursaries",
    "create_panel",
    "decide_tie",
    "declare_conflict",
    "finalise",
    "finalise_all",
    "give_up_award",
    "make_default_rubric",
    "open_results",
    "remove_criterion",
    "save_criterion",
    "save_project",
    "save_scores",
    "score_criterion",
    "start_project",
    "submit_project",
    "withdraw_project",
]
