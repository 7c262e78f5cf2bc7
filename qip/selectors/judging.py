"""What one judge sees: the panel's projects with their own progress, and one project with their own scores.

Nothing here reads another judge's scores, and of a project with a conflict only that there is one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, QuerySet

from cohorts.enums import Role
from cohorts.models import Cohort
from cohorts.rules.weighing import Asked, Given, still_missing
from nextstep.accounts.models import User
from qip.enums import AssessmentState
from qip.models import Assessment, Criterion, Judge, Panel, Project, Score
from qip.rules.conflicts import JudgeFacts, ProjectFacts, found_conflict


@dataclass(frozen=True)
class JudgeTask:
    """A project on a judge's list. `state` is empty before the first score; `conflict` says why it is not theirs."""

    project_id: int
    public_id: UUID
    title: str
    fellow: str
    state: str
    scored: int
    conflict: str

    @property
    def is_left(self) -> bool:
        return not self.conflict and self.state in {"", AssessmentState.OPEN}


@dataclass(frozen=True)
class JudgeSheet:
    """A project beside one judge's own scores of it."""

    judge: Judge
    project: Project
    assessment: Assessment | None
    criteria: list[Criterion]
    scores: dict[str, Score]
    conflict: str

    @property
    def missing(self) -> tuple[str, ...]:
        return missing_of(self.criteria, self.scores)


def _role_in(cohort: str, user: User) -> dict[str, object]:
    """That the person now holds the role of judge in the cohort at the end of this path.

    A join and not a subquery: it halves what the score page's first query costs, and there is at most one such row.
    """
    role = f"{cohort}__team_roles"
    return {f"{role}__person": user, f"{role}__role": Role.JUDGE, f"{role}__ended_at__isnull": True}


def judgeships_of(user: User) -> QuerySet[Judge]:
    """The person's seats on panels, where they now hold the role, with panel, cohort, rubric and results."""
    seats = Judge.objects.filter(person=user, **_role_in("panel__cohort", user))
    return seats.select_related("panel__cohort__programme", "panel__cohort__qip_rubric", "panel__results", "person")


def judge_of(user: User, panel_id: UUID) -> Judge | None:
    """The person's seat on this panel: one query."""
    return judgeships_of(user).filter(panel__public_id=panel_id).first()


def judge_tasks(judge: Judge) -> list[JudgeTask]:
    """Every project the panel hears, in the order of titles, with the judge's own progress: two queries."""
    own = {
        project: (state, scored)
        for project, state, scored in Assessment.objects.filter(judge=judge)
        .values_list("project", "state")
        .annotate(scored=Count("scores__value"))
        .order_by()
    }
    facts = judge_facts(judge)
    return [
        _task(row, own.get(row["pk"], ("", 0)), found_conflict(facts, project_facts(row)))
        for row in heard_by(judge.panel).values(*TASK_FIELDS)
    ]


# What scoring and the score page use; all columns of these tables take half as long again to ask for.
PAIR_FIELDS = (
    *("public_id", "title", "specialty", "site", "aim", "summary", "supervisor_email"),
    *("place__employer", "place__supervisor_email", "place__fellow__email", "place__fellow__full_name"),
    *(f"place__cohort__{name}" for name in ("name", "programme")),
    *(f"place__cohort__qip_rubric__{name}" for name in ("cohort", "frozen_at", "version")),
    *(f"place__cohort__qip_panel__{name}" for name in ("cohort", "public_id", "results__panel")),
)
PROJECT_FACTS = ("place__fellow__email", "place__employer", "place__supervisor_email", "supervisor_email")
ASSESSMENT_FIELDS = ("pk", "state", "version", "reason")
SCORE_FIELDS = ("pk", "criterion_id", "value", "comment", "saved_at", "version")
TASK_FIELDS = ("pk", "public_id", "title", "place__fellow__full_name", *PROJECT_FACTS)


def _task(row: dict[str, object], own: tuple[str, int], conflict: str) -> JudgeTask:
    state, scored = own
    return JudgeTask(
        project_id=row["pk"],  # type: ignore[arg-type]
        public_id=row["public_id"],  # type: ignore[arg-type]
        title=str(row["title"]),
        fellow=str(row["place__fellow__full_name"]),
        state=state,
        scored=scored,
        conflict="You declared a conflict of interest." if state == AssessmentState.RECUSED else conflict,
    )


def heard_by(panel: Panel) -> QuerySet[Project]:
    """The projects that the panel hears."""
    return Project.objects.in_the_running().filter(place__cohort=panel.cohort_id).order_by("title", "pk")


def pair_of(user: User, panel_id: UUID, project_id: UUID) -> tuple[Judge, Project] | None:
    """The person as judge of the panel and one of its projects, with all that scoring asks of them: one query."""
    seat = "place__cohort__qip_panel__judges"
    found = (
        Project.objects.in_the_running()
        .filter(
            **{f"{seat}__person": user},
            **_role_in("place__cohort", user),
            place__cohort__qip_panel__public_id=panel_id,
            public_id=project_id,
        )
        .select_related(
            "place__fellow",
            "place__cohort__qip_rubric",
            "place__cohort__qip_panel__results",
        )
        .only(*PAIR_FIELDS)
        .annotate(judge_pk=F(f"{seat}__pk"), organisation=F(f"{seat}__organisation"))
        .order_by()
    )
    project = next(iter(found), None)
    if project is None:
        return None
    panel = project.place.cohort.qip_panel
    return Judge(pk=project.judge_pk, panel=panel, person=user, organisation=project.organisation), project


def sheet_of(judge: Judge, project: Project) -> JudgeSheet:
    """The judge's own scores of a project beside the rubric: two queries."""
    assessment, scores = own_scores(judge, project)
    criteria = criteria_of(judge.panel.cohort)
    code_of = {criterion.pk: criterion.code for criterion in criteria}
    return JudgeSheet(
        judge=judge,
        project=project,
        assessment=assessment,
        criteria=criteria,
        scores={code_of[score.criterion_id]: score for score in scores},
        conflict=conflict_between(judge, project),
    )


def own_scores(judge: Judge, project: Project) -> tuple[Assessment | None, list[Score]]:
    """The judge's assessment with its scores, in one query: without a score it is one row of nothing."""
    own = Assessment.objects.filter(judge=judge, project=project).order_by()
    rows = list(own.values_list(*ASSESSMENT_FIELDS, *(f"scores__{name}" for name in SCORE_FIELDS)))
    if not rows:
        return None, []
    first = len(ASSESSMENT_FIELDS)
    assessment = Assessment(judge=judge, project=project, **dict(zip(ASSESSMENT_FIELDS, rows[0], strict=False)))
    found = [dict(zip(SCORE_FIELDS, row[first:], strict=True)) for row in rows]
    return assessment, [Score(assessment=assessment, **score) for score in found if score["pk"] is not None]


def criteria_of(cohort: Cohort) -> list[Criterion]:
    """The rubric of a cohort, in its order."""
    return list(Criterion.objects.filter(rubric__cohort=cohort).order_by("position"))


def missing_of(criteria: Iterable[Criterion], scores: Mapping[str, Score]) -> tuple[str, ...]:
    """What a judge's scores of a project still lack before they can be final, from loaded objects."""
    asked = [Asked(criterion.code, criterion.name, criterion.comment_required) for criterion in criteria]
    return still_missing(asked, {code: Given(score.value, score.comment) for code, score in scores.items()})


def conflict_between(judge: Judge, project: Project) -> str:
    """Why the portal lets this judge not score this project, from loaded objects; empty where it found nothing."""
    place = project.place
    return found_conflict(
        judge_facts(judge),
        ProjectFacts(place.fellow.email, place.employer, (place.supervisor_email, project.supervisor_email)),
    )


def judge_facts(judge: Judge) -> JudgeFacts:
    return JudgeFacts(email=judge.person.email, organisation=judge.organisation)


def project_facts(row: dict[str, object]) -> ProjectFacts:
    email, employer, *supervisors = (str(row[name]) for name in PROJECT_FACTS)
    return ProjectFacts(email, employer, tuple(supervisors))
