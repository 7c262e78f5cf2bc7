"""Opening the results of a panel: one act, after which no score changes."""

from collections import Counter
from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.db.models import F

from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused, Stale
from nextstep.transitions import change_state
from qip.enums import AssessmentState
from qip.models import Assessment, Panel, Project, Results
from qip.permissions import check_may_see_results
from qip.rules.awarding import outcome
from qip.rules.records import ballot_data, near_data
from qip.rules.states import LEAVE_OUT
from qip.selectors import JudgeProgress, ballot_of_panel, progress_of, terms_of, unfinished_pairs
from qip.services.settling import recuse

Pair = tuple[int, int]


class ScoresNotFinal(Refused):
    """Judges have projects that are neither final nor in conflict."""

    def __init__(self, missing: Collection[Pair], progress: Collection[JudgeProgress]) -> None:
        self.missing = frozenset(missing)
        counts = Counter(judge for judge, _ in missing)
        words = [f"{own.judge.person} ({counts[own.judge.pk]})" for own in progress if counts[own.judge.pk]]
        super().__init__(
            f"Scores are not final. Projects left: {', '.join(words)}. Wait for them, or say whose scores to leave out."
        )


@transaction.atomic
def open_results(*, panel: Panel, by: User, leave_out: Collection[Pair] = (), reason: str = "") -> Results:
    """Fix the scores and work out the order, on the basis of the mean.

    `leave_out` names each (judge, project) that is not final and does not count; it needs a `reason`. Only what is
    named is left out: somebody who began a moment ago is not. Conflicts that the portal found are written down.
    Raises ScoresNotFinal, Refused where results are open or nothing was scored, and Stale where a judge was scoring.
    """
    check_may_see_results(by, panel)
    if Results.objects.filter(panel=panel).exists():
        raise Refused("The results of this panel are open already.")
    _hold_final_scores(panel)
    progress = progress_of(panel)
    unfinished = unfinished_pairs(progress)
    if missing := unfinished - frozenset(leave_out):
        raise ScoresNotFinal(missing, progress)
    if unfinished and not reason.strip():
        raise Refused("Say why scores that are not final are left out.")
    _write_down_conflicts(progress, by=by)
    _leave_out(unfinished, reason=reason.strip())
    return _fix(panel, left_out=unfinished, reason=reason.strip() if unfinished else "", by=by)


def _hold_final_scores(panel: Panel) -> None:
    """Lock the rows, so that a judge who steps back at this moment waits and is told that results are open."""
    Assessment.objects.filter(judge__panel=panel, state=AssessmentState.FINAL).update(version=F("version") + 1)


def _write_down_conflicts(progress: Collection[JudgeProgress], *, by: User) -> None:
    found = [(own.judge, project, why) for own in progress for project, why in own.conflicts if why]
    projects = Project.objects.in_bulk([project for _, project, _ in found])
    recused = set(
        Assessment.objects.filter(judge__in=[judge for judge, _, _ in found], state=AssessmentState.RECUSED)
        .values_list("judge", "project")
    )  # fmt: skip
    for judge, project, why in found:
        if (judge.pk, project) not in recused:
            recuse(judge, projects[project], reason=why, by=by)


def _leave_out(pairs: Collection[Pair], *, reason: str) -> None:
    """Close what is left out to scoring: rows there are, and rows that a judge might otherwise still begin."""
    of_judges = Assessment.objects.filter(judge__in={judge for judge, _ in pairs})
    begun = {(row.judge_id, row.project_id): row for row in of_judges}
    for pair in begun.keys() & set(pairs):
        change_state(begun[pair], LEAVE_OUT, reason=reason)
    new = [
        Assessment(judge_id=judge, project_id=project, state=AssessmentState.LEFT_OUT, reason=reason)
        for judge, project in pairs
        if (judge, project) not in begun
    ]
    try:
        with transaction.atomic():
            Assessment.objects.bulk_create(new)
    except IntegrityError:
        raise Stale from None


def _fix(panel: Panel, *, left_out: Collection[Pair], reason: str, by: User) -> Results:
    ballot = ballot_of_panel(panel)
    bursaries = terms_of(panel.cohort).bursaries
    came_to = outcome(ballot, bursaries)
    if not came_to.order:
        raise Refused("No project has a final score, so there is nothing to open.")
    try:
        with transaction.atomic():
            results = Results.objects.create(
                panel=panel,
                bursaries=bursaries,
                opened_by=by,
                left_out_reason=reason,
                ballot=ballot_data(ballot),
                near_ties=near_data(came_to.near),
            )
    except IntegrityError:
        raise Refused("The results of this panel are open already.") from None
    after = {"basis": results.basis, "sheets": len(ballot.sheets), "left_out": sorted(left_out)}
    record("qip.results_opened", results, by=by, after=after, reason=reason)
    return results
