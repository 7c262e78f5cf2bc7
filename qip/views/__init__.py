"""Pages of fellows, judges and administrators."""

from qip.views.fellow import project, projects
from qip.views.judging import conflict, judging, panel
from qip.views.results import award, give_up, open_panel, results, results_list, tie
from qip.views.scoring import score

__all__ = [
    "award",
    "conflict",
    "give_up",
    "judging",
    "open_panel",
    "panel",
    "project",
    "projects",
    "results",
    "results_list",
    "score",
    "tie",
]
