"""How far the judges of a panel are: how many, never which scores."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from nextstep.accounts.models import User
from qip.enums import AssessmentState
from qip.models import Assessment, Judge, Panel
from qip.rules.conflicts import ProjectFacts, found_conflict
from qip.rules.reminders import reminder_day
from qip.selectors.judging import PROJECT_FACTS, heard_by, judge_facts, project_facts
from sessions_app.models import TeachingSession

SETTLED = {AssessmentState.FINAL, AssessmentState.RECUSED, AssessmentState.LEFT_OUT}


@dataclass(frozen=True)
class JudgeProgress:
    """How many of the panel's projects a judge has finalised, begun, not begun, and has a conflict with.

    `left` are the keys of those begun or not begun.
    """

    judge: Judge
    final: int
    begun: int
    not_begun: int
    conflicts: tuple[tuple[int, str], ...]
    left: tuple[int, ...]


def progress_of(panel: Panel) -> list[JudgeProgress]:
    """The progress of each judge of the panel, by name: three queries."""
    states = {
        (judge, project): state
        for judge, project, state in Assessment.objects.filter(judge__panel=panel)
        .order_by()
        .values_list("judge", "project", "state")
    }
    projects = {row["pk"]: project_facts(row) for row in heard_by(panel).values("pk", *PROJECT_FACTS)}
    judges = Judge.objects.filter(panel=panel).select_related("person").order_by("person__full_name", "pk")
    return [_progress(judge, projects, states) for judge in judges]


def _progress(
    judge: Judge, projects: Mapping[int, ProjectFacts], states: Mapping[tuple[int, int], str]
) -> JudgeProgress:
    facts = judge_facts(judge)
    found = {project: found_conflict(facts, about) for project, about in projects.items()}
    own = {project: states.get((judge.pk, project), "") for project in projects}
    clear = {project: state for project, state in own.items() if not found[project]}
    left = tuple(project for project, state in clear.items() if state not in SETTLED)
    return JudgeProgress(
        judge=judge,
        final=sum(state == AssessmentState.FINAL for state in clear.values()),
        begun=sum(state == AssessmentState.OPEN for state in clear.values()),
        not_begun=sum(state == "" for state in clear.values()),
        conflicts=tuple(
            (project, found[project])
            for project, state in own.items()
            if found[project] or state == AssessmentState.RECUSED
        ),
        left=left,
    )


def unfinished_pairs(progress: list[JudgeProgress]) -> frozenset[tuple[int, int]]:
    """Each (judge, project) that is neither final nor in conflict."""
    return frozenset((own.judge.pk, project) for own in progress for project in own.left)


@dataclass(frozen=True)
class UnfinishedJudge:
    """A judge whose scores are awaited, with the day this reminder is of and how many projects are left."""

    person: User
    panel: Panel
    day: str
    left: int


def judges_to_remind(now: datetime) -> Iterator[UnfinishedJudge]:
    """Judges with projects left once the presentations are over, until results open: three queries a panel."""
    ends = dict(
        TeachingSession.objects.going_ahead()
        .filter(hosts_qip_presentations=True, cohort__in=_awaited().values("cohort"))
        .values_list("cohort")
        .annotate(end=Max("ends_at"))
    )
    for panel in _awaited().filter(cohort__in=ends).select_related("cohort__programme"):
        day = reminder_day(ends[panel.cohort_id], now)
        if day is None:
            continue
        for own in progress_of(panel):
            if own.left:
                yield UnfinishedJudge(own.judge.person, panel, day.isoformat(), len(own.left))


def _awaited() -> QuerySet[Panel]:
    return Panel.objects.filter(results__isnull=True)
