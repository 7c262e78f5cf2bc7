"""A whole cohort at one stage of its year, made through the services at the moments when people would have acted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from cohorts.enums import Role
from cohorts.models import Cohort, Place
from cohorts.rules.dates import moved_by_weeks
from cohorts.services import graduate_fellow
from cohorts.services.files import SHIPPED, read_definition
from cohorts.services.loading import load_programme
from nextstep import clock
from nextstep.demo import applying, deciding, delivering, judging, reviewing
from nextstep.demo.cast import Cast, assemble, give_roles
from nextstep.demo.people import applicants
from nextstep.demo.stages import Landmarks, Stage, weeks_to_move
from nextstep.portal.presenters.graduation import GraduationView
from nextstep.portal.selectors.graduation import candidates_of
from nextstep.refusals import Refused
from sessions_app.models import TeachingSession

SHAPE = SHIPPED / "next_step_2025_26.toml"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What is asked for: the same plan makes the same people and the same events."""

    stage: Stage
    applicants: int
    seed: int
    now: datetime

    def random(self, step: str) -> Random:
        return Random(f"{self.seed} {self.stage} {step}")


@transaction.atomic
def build(plan: Plan, *, say: Say) -> Cohort:
    """Make the cohort of `plan` and everything that has happened in it by `plan.now`: whole, or not at all.

    Raises Refused where the demo has a cohort of those dates already.
    """
    definition = moved_definition(plan.stage, plan.now)
    [data] = definition["cohorts"]
    _give_free_name(data, Cohort.objects.filter(programme__slug=definition["programme"]["slug"]))
    with clock.at(clock_of(data["applications_open"]) - timedelta(weeks=2)):
        cast = assemble()
        load_programme(definition=definition, by=cast.owner)
        cohort = Cohort.objects.select_related("programme").get(
            programme__slug=definition["programme"]["slug"], slug=data["slug"]
        )
        give_roles(cast, cohort)
    say(f"{cohort}: {plan.applicants} applicants")
    _live_through(plan, cohort, cast, say)
    return cohort


def moved_definition(stage: Stage, now: datetime) -> dict[str, Any]:
    """The shipped cohort's definition, moved by whole weeks so that `now` falls in `stage`, and named by its years."""
    definition = read_definition(SHAPE)
    [data] = definition["cohorts"]
    presentations = next(each for each in data["sessions"] if each.get("hosts_qip_presentations"))
    landmarks = Landmarks(data["applications_close"], data["commences_on"], presentations["starts"])
    local = now.astimezone(clock.LONDON).replace(tzinfo=None)
    moved = moved_by_weeks(definition, weeks_to_move(stage, landmarks, local))
    [data] = moved["cohorts"]
    data["slug"], data["name"] = years_of(data["commences_on"], data["ends_on"])
    return moved


def _give_free_name(data: dict[str, Any], there: QuerySet[Cohort]) -> None:
    """Two stages can fall in the same years, such as judging and graduated: then the later made is the second."""
    if same := there.filter(commences_on=data["commences_on"]).first():
        raise Refused(f"The demo has the cohort {same.name} already.")
    if there.filter(slug=data["slug"]).exists():
        data["slug"], data["name"] = f"{data['slug']}-second", f"{data['name']}, second cohort"


def years_of(commences_on: date, ends_on: date) -> tuple[str, str]:
    """The slug and the name of a cohort by its years: "2026-27" and "2026 to 2027"."""
    if commences_on.year == ends_on.year:
        return str(ends_on.year), str(ends_on.year)
    return f"{commences_on.year}-{ends_on.year % 100:02d}", f"{commences_on.year} to {ends_on.year}"


def clock_of(local: datetime) -> datetime:
    return local.replace(tzinfo=clock.LONDON)


def _live_through(plan: Plan, cohort: Cohort, cast: Cast, say: Say) -> None:
    people = applicants(
        plan.applicants,
        seed=plan.seed * len(Stage) + plan.stage.position,
        commences_on=cohort.commences_on,
        ends_on=cohort.ends_on,
        numbers_from=plan.stage.position * 10_000,
    )
    applying.apply(cohort, people, now=plan.now)
    if not plan.stage.has_reached(Stage.SELECTION):
        return
    say("The team decides")
    if plan.stage is Stage.SELECTION:
        reviewers, random = cast.team[Role.REVIEWER], plan.random("reviewing")
        reviewing.review_some(cohort, reviewers, cast.administrators[0], now=plan.now, random=random)
        deciding.decide_some(cohort, cast.administrators[0], now=plan.now, random=plan.random("deciding"))
        return
    deciding.decide_all(cohort, cast.administrators[0], random=plan.random("deciding"))
    _live_through_the_year(plan, cohort, cast, say)


def _live_through_the_year(plan: Plan, cohort: Cohort, cast: Cast, say: Say) -> None:
    active = Place.objects.active().filter(cohort=cohort).select_related("fellow", "cohort")
    places = list(active.order_by("seat__number"))
    say(f"{len(places)} fellows: registers")
    delivering.keep_registers(cohort, places, cast, now=plan.now, random=plan.random("registers"))
    day = TeachingSession.objects.get(cohort=cohort, hosts_qip_presentations=True).starts_at
    finished = plan.stage.has_reached(Stage.JUDGING)
    with clock.at(min(plan.now, day) - timedelta(days=5)):
        judging.write_projects(places, handed_in=finished, random=plan.random("projects"))
        panel = judging.seat_panel(cohort, cast)
    if not finished:
        return
    say("The panel scores")
    whole = plan.stage is Stage.GRADUATED
    judging.score(panel, everything=whole, start=day + timedelta(minutes=30), random=plan.random("scores"))
    if whole:
        with clock.at(day + timedelta(hours=9)):
            judging.open_and_award(panel, cast.administrators[0])
            for candidate in GraduationView(candidates_of(cohort, clock.now())).ready:
                graduate_fellow(place=candidate.place, completion=candidate.completion, by=cast.administrators[0])
