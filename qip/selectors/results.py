"""What the final scores of a panel come to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from cohorts.selectors import cohorts_administered_by
from nextstep.accounts.models import User
from qip.enums import AssessmentState
from qip.models import Assessment, Award, Panel, Project, Results, Score, TieDecision
from qip.rules.awarding import Ballot, Outcome, outcome
from qip.rules.ladder import Decision
from qip.rules.records import ballot_of
from qip.rules.scoring import Sheet
from qip.selectors.judging import criteria_of, heard_by


def panels_administered_by(user: User) -> QuerySet[Panel]:
    return Panel.objects.filter(cohort__in=cohorts_administered_by(user)).select_related(
        "cohort__programme", "cohort__qip_terms", "results__opened_by"
    )


def ballot_of_panel(panel: Panel) -> Ballot:
    """The final scores of the projects that the panel hears, as they stand now: four queries."""
    criteria = criteria_of(panel.cohort)
    named = next((criterion for criterion in criteria if criterion.breaks_ties), None)
    projects = list(heard_by(panel).values_list("pk", flat=True))
    counting = Assessment.objects.filter(judge__panel=panel, project__in=projects, state=AssessmentState.FINAL)
    values: dict[int, dict[str, int]] = defaultdict(dict)
    for score in Score.objects.filter(assessment__in=counting).select_related("criterion"):
        if score.value is not None:
            values[score.assessment_id][score.criterion.code] = score.value
    sheets = [
        Sheet(judge, project, values[pk]) for pk, judge, project in counting.values_list("pk", "judge", "project")
    ]
    return Ballot(
        weights={criterion.code: criterion.weight for criterion in criteria},
        tie_break=named.code if named else "",
        tie_break_name=named.name if named else "",
        projects=projects,
        sheets=sheets,
    )


@dataclass(frozen=True)
class OpenedResults:
    """Results with all that their page shows: where the award stands, the projects by name, awards and decisions."""

    results: Results
    outcome: Outcome
    names: dict[Any, str]
    awards: list[Award]
    decisions: list[TieDecision]


def opened_results(results: Results) -> OpenedResults:
    """Everything about opened results: three queries."""
    awards = list(Award.objects.filter(results=results).order_by("rank", "project__title"))
    decisions = list(TieDecision.objects.filter(results=results).select_related("by"))
    names: dict[Any, str] = {}
    running: set[Any] = set()
    heard = ExpressionWrapper(Q(pk__in=heard_by(results.panel).order_by().values("pk")), output_field=BooleanField())
    projects = Project.objects.filter(pk__in=results.ballot["projects"]).annotate(runs=heard).order_by()
    for pk, title, fellow, runs in projects.values_list("pk", "title", "place__fellow__full_name", "runs"):
        names[pk] = _name_of(title, fellow)
        if runs:
            running.add(pk)
    return OpenedResults(results, _outcome(results, awards, decisions, running), names, awards, decisions)


def outcome_of(results: Results) -> Outcome:
    """Where the award stands, from the ballot as it was opened, the decisions taken and who has left: three queries.

    Its winners are those who would get the bursaries that nobody holds yet.
    """
    awards = Award.objects.filter(results=results)
    running = heard_by(results.panel).values_list("pk", flat=True)
    return _outcome(results, awards, TieDecision.objects.filter(results=results), set(running))


def _outcome(results: Results, awards: Iterable[Award], decisions: Iterable[TieDecision], running: set[Any]) -> Outcome:
    ballot = ballot_of(results.ballot)
    held, given_up = [], set()
    for award in awards:
        if award.given_up_at:
            given_up.add(award.project_id)
        else:
            held.append(award.project_id)
    return outcome(
        ballot,
        results.bursaries,
        decisions=[Decision(frozenset(decision.tied), frozenset(decision.chosen)) for decision in decisions],
        out=(set(ballot.projects) - running) | given_up,
        held=held,
    )


def project_names(keys: Iterable[int]) -> dict[int, str]:
    """What sentences call each project: its title, with its fellow."""
    rows = Project.objects.filter(pk__in=list(keys)).values_list("pk", "title", "place__fellow__full_name")
    return {pk: _name_of(title, fellow) for pk, title, fellow in rows}


def _name_of(title: str, fellow: str) -> str:
    return f"{title} ({fellow})"
