"""Reads about projects, panels, scores and results."""

from qip.selectors.judging import (
    JudgeSheet,
    JudgeTask,
    conflict_between,
    criteria_of,
    judge_of,
    judge_tasks,
    judgeships_of,
    missing_of,
    own_scores,
    pair_of,
    sheet_of,
)
from qip.selectors.progress import (
    JudgeProgress,
    UnfinishedJudge,
    judges_to_remind,
    progress_of,
    unfinished_pairs,
)
from qip.selectors.projects import (
    bursary_won_by,
    places_with_projects,
    presentations_begin,
    project_of,
    projects_editable_by,
    terms_of,
)
from qip.selectors.results import (
    OpenedResults,
    ballot_of_panel,
    opened_results,
    outcome_of,
    panels_administered_by,
    project_names,
)

__all__ = [
    "JudgeProgress",
    "JudgeSheet",
    "JudgeTask",
    "OpenedResults",
    "UnfinishedJudge",
    "ballot_of_panel",
    "bursary_won_by",
    "conflict_between",
    "criteria_of",
    "judge_of",
    "judge_tasks",
    "judges_to_remind",
    "judgeships_of",
    "missing_of",
    "opened_results",
    "outcome_of",
    "own_scores",
    "pair_of",
    "panels_administered_by",
    "places_with_projects",
    "presentations_begin",
    "progress_of",
    "project_names",
    "project_of",
    "projects_editable_by",
    "sheet_of",
    "terms_of",
    "unfinished_pairs",
]
