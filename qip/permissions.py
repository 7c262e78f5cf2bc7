"""Who may change a project, score it, and see what the panel's scores came to."""

from django.core.exceptions import PermissionDenied

from cohorts.enums import PlaceState
from cohorts.permissions import may_administer
from nextstep.accounts.models import User
from qip.enums import AssessmentState
from qip.models import Assessment, Judge, Panel, Project

ON_PROGRAMME = {PlaceState.ACTIVE, PlaceState.GRADUATED}


def may_edit_project(user: User, project: Project) -> bool:
    """Its fellow while on the programme, and whoever administers the cohort."""
    place = project.place
    if place.fellow_id == user.pk:
        return place.state in ON_PROGRAMME
    return may_administer(user, place.cohort)


def check_may_edit_project(user: User, project: Project) -> None:
    if not may_edit_project(user, project):
        raise PermissionDenied


def check_is_judge(user: User, judge: Judge) -> None:
    """Nobody scores in another's name."""
    if judge.person_id != user.pk:
        raise PermissionDenied


def check_may_run_panel(user: User, panel: Panel) -> None:
    if not may_administer(user, panel.cohort):
        raise PermissionDenied


def may_see_results(user: User, panel: Panel) -> bool:
    """Whoever administers the cohort, unless they judge on this panel and have a conflict with one of its projects.

    A conflict blocks every list from which the project's standing could be read (domain.md, QIP judging).
    """
    return may_administer(user, panel.cohort) and not has_conflict(user, panel)


def has_conflict(user: User, panel: Panel) -> bool:
    """Whether the person judges on this panel and has stepped back from one of its projects."""
    stepped_back = Assessment.objects.filter(judge__panel=panel, judge__person=user, state=AssessmentState.RECUSED)
    return stepped_back.exists()


def check_may_see_results(user: User, panel: Panel) -> None:
    if not may_see_results(user, panel):
        raise PermissionDenied
