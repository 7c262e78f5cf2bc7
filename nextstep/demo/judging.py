"""Fellows write up their projects, a panel scores them, and an administrator opens the results."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from cohorts.models import Cohort, Place
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.demo.cast import Cast
from nextstep.demo.names import PROBLEMS
from qip.models import Criterion, Judge, Panel, Project, Results
from qip.services.awards import TieUnresolved, award_bursaries, decide_tie
from qip.services.panels import add_judge, create_panel
from qip.services.projects import save_project, start_project, submit_project
from qip.services.results import open_results
from qip.services.scoring import Mark, save_scores
from qip.services.settling import declare_conflict, finalise

CONFLICT = "I supervised an earlier part of this work."
# Of a judge's projects while scoring is under way: final, scored but not final, begun.
FINAL, SCORED, BEGUN = 0.5, 0.15, 0.1
CONFLICTED = 0.01


def write_projects(places: Iterable[Place], *, handed_in: bool, random: Random) -> None:
    """Each fellow starts a project; halfway through the year some are thin, and by the end all are handed in."""
    for place in places:
        title, measure, low, high = random.choice(PROBLEMS)
        thin = not handed_in and random.random() < 0.35
        with transaction.atomic():
            project = start_project(place=place, by=place.fellow)
            words = _words(title, measure, low, high, place)
            words = {"title": words["title"]} if thin else words
            save_project(project=project, version=project.version, by=place.fellow, **words)
            if handed_in:
                submit_project(project=project, version=project.version, by=place.fellow)


def _words(title: str, measure: str, low: str, high: str, place: Place) -> dict[str, str]:
    return {
        "title": f"{title} at {place.employer}"[:200],
        "site": place.employer,
        "aim": f"By June, to raise the share of {measure} from {low} to {high} on one ward, measured each week.",
        "summary": (
            f"We found that only {low} of cases met the standard. With the team and with patients we tested "
            "a checklist, a huddle and a prompt in the record, one at a time, over three cycles. "
            "The run chart shows a shift after the second. We learned that the prompt alone changed little, "
            "and handed the huddle over to the ward."
        ),
    }


def seat_panel(cohort: Cohort, cast: Cast) -> Panel:
    """The Executive Panel with its four judges; the first is in the chair."""
    panel = Panel.objects.filter(cohort=cohort).first() or create_panel(cohort=cohort, by=cast.owner)
    for number, (user, organisation) in enumerate(cast.judges):
        add_judge(panel=panel, email=user.email, by=cast.owner, organisation=organisation, is_chair=number == 0)
    return panel


def score(panel: Panel, *, everything: bool, start: datetime, random: Random) -> None:
    """The judges score through the day; unless `everything`, they are only about half done."""
    criteria = list(Criterion.objects.filter(rubric__cohort=panel.cohort))
    projects = list(Project.objects.in_the_running().filter(place__cohort=panel.cohort).select_related("place__fellow"))
    merit = {project.pk: random.gauss(3.3, 0.7) for project in projects}
    judges = panel.judges.select_related("panel__cohort__qip_rubric", "person").order_by("pk")
    for judge in judges:
        severity = random.gauss(0, 0.3)
        for number, project in enumerate(projects):
            luck = 0.0 if everything else random.random()
            with clock.at(start + timedelta(minutes=6 * number)), transaction.atomic():
                _judge_one(judge, project, criteria, Sitting(merit[project.pk] + severity, luck, random))


@dataclass(frozen=True)
class Sitting:
    """One judge hears one project: what it is worth to them, and how far they get with it."""

    worth: float
    luck: float
    random: Random


def _judge_one(judge: Judge, project: Project, criteria: list[Criterion], sitting: Sitting) -> None:
    luck, random = sitting.luck, sitting.random
    if luck > FINAL + SCORED + BEGUN:
        return
    if random.random() < CONFLICTED:
        declare_conflict(judge=judge, project=project, reason=CONFLICT, by=judge.person)
        return
    begun = criteria if luck <= FINAL + SCORED else criteria[: random.randint(1, len(criteria) - 1)]
    marks = [Mark(each.code, _value(sitting.worth, random), "", 0) for each in begun]
    save_scores(judge=judge, project=project, marks=marks, by=judge.person)
    if luck <= FINAL:
        finalise(judge=judge, project=project, by=judge.person)


def _value(worth: float, random: Random) -> int:
    return min(5, max(1, round(random.gauss(worth, 0.6))))


def open_and_award(panel: Panel, by: User) -> None:
    """Open the results and give the bursaries; the chair's decision stands in where fifth place is tied."""
    results = open_results(panel=panel, by=by)
    try:
        award_bursaries(results=results, version=results.version, by=by)
    except TieUnresolved as tie:
        chosen = sorted(tie.tied)[: tie.seats]
        decide_tie(
            results=results,
            chosen=chosen,
            reason="The chair put patients' part in the work first, as the minute of the panel says.",
            version=results.version,
            by=by,
        )
        fresh = Results.objects.get(pk=results.pk)
        award_bursaries(results=fresh, version=fresh.version, by=by)
