"""A judge settles a project: their scores become final, or they step back for a conflict of interest."""

from collections.abc import Mapping

from django.db import transaction

from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused
from nextstep.transitions import change_state
from qip.enums import AssessmentState
from qip.models import Assessment, Judge, Project
from qip.permissions import check_is_judge
from qip.rules.states import FINALISE, RECUSE
from qip.selectors import judge_tasks, sheet_of
from qip.services.scoring import CLOSED, refuse_where_closed


class NotComplete(Refused):
    """Scores or required comments are missing: `missing` names them."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        super().__init__(f"Before you make these scores final, add: {'; '.join(missing)}.")


@transaction.atomic
def finalise(*, judge: Judge, project: Project, by: User) -> Assessment:
    """Make the judge's scores of the project final. Doing it twice is doing it once.

    Every criterion needs a score, so that nobody helps a project by skipping its weak side (domain.md, QIP judging).
    Raises NotComplete naming what is missing, Refused where the state forbids it, and Stale where a score was saved
    at the same moment.
    """
    check_is_judge(by, judge)
    refuse_where_closed(judge, project)
    sheet = sheet_of(judge, project)
    if sheet.assessment is not None and sheet.assessment.state == AssessmentState.FINAL:
        return sheet.assessment
    if sheet.assessment is not None and not FINALISE.allows(sheet.assessment.state):
        raise Refused(CLOSED[AssessmentState(sheet.assessment.state)])
    if sheet.missing or sheet.assessment is None:
        raise NotComplete(sheet.missing)
    change_state(sheet.assessment, FINALISE, finalised_at=clock.now())
    record("qip.scores_finalised", sheet.assessment, by=by)
    return sheet.assessment


@transaction.atomic
def finalise_all(*, judge: Judge, by: User) -> tuple[list[Project], Mapping[str, tuple[str, ...]]]:
    """Make final all that is complete. Answers those projects, and what is missing of those begun, by title."""
    check_is_judge(by, judge)
    done: list[Project] = []
    left: dict[str, tuple[str, ...]] = {}
    begun = [task.project_id for task in judge_tasks(judge) if task.is_left and task.state]
    for project in Project.objects.filter(pk__in=begun).select_related("place__fellow").order_by("title", "pk"):
        try:
            finalise(judge=judge, project=project, by=by)
        except NotComplete as refusal:
            left[project.title] = refusal.missing
        else:
            done.append(project)
    return done, left


@transaction.atomic
def declare_conflict(*, judge: Judge, project: Project, reason: str, by: User) -> Assessment:
    """Step back from a project, at any time before results open. Scores are kept for the audit and do not count.

    Raises Refused without a reason, where results are open, or where it was declared before.
    """
    check_is_judge(by, judge)
    if not reason.strip():
        raise Refused("Say what the conflict of interest is.")
    if hasattr(judge.panel, "results"):
        raise Refused("Results are open. Tell the programme team about the conflict.")
    return recuse(judge, project, reason=reason.strip(), by=by)


def recuse(judge: Judge, project: Project, *, reason: str, by: User) -> Assessment:
    """Record that this judge does not count for this project, whatever was scored so far."""
    assessment, made = Assessment.objects.get_or_create(
        judge=judge, project=project, defaults={"state": AssessmentState.RECUSED, "reason": reason}
    )
    before = {} if made else {"state": assessment.state}
    if not made:
        change_state(assessment, RECUSE, reason=reason, finalised_at=None)
    record("qip.conflict_declared", assessment, by=by, before=before, after={"state": RECUSE.after}, reason=reason)
    return assessment
