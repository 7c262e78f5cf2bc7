"""A cohort at each stage of its year, made through the services."""

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from applications.enums import ApplicationState
from applications.models import Application, Document, Offer, Review, ReviewRound, Submission
from attendance.models import Mark
from cohorts.models import Cohort, Place, Seat
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from nextstep.demo.building import Plan, build, moved_definition, years_of
from nextstep.demo.stages import Stage
from nextstep.notifications.models import Message
from nextstep.refusals import Refused
from qip.models import Assessment, Award, Project, Score
from sessions_app.models import TeachingSession

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(london):
    return london(2026, 11, 21, 12)


@pytest.fixture
def made(now):
    """made(stage, applicants): that cohort."""

    def make(stage: Stage, count: int = 16, seed: int = 1) -> Cohort:
        return build(Plan(stage, count, seed, now), say=print)

    return make


def states(cohort: Cohort) -> Counter[str]:
    return Counter(Application.objects.filter(cohort=cohort).values_list("state", flat=True))


def test_applications_are_open_and_those_who_are_not_late_have_applied(made, now):
    cohort = made(Stage.APPLICATIONS)
    assert cohort.applications_open_at <= now < cohort.applications_close_at
    assert set(states(cohort)) <= {ApplicationState.SUBMITTED, ApplicationState.DRAFT, ApplicationState.WITHDRAWN}
    assert Application.objects.filter(started_at__gt=now).count() == 0
    sent = Submission.objects.values("application").distinct().count()
    assert Document.objects.count() == 3 * sent


def test_in_selection_every_application_has_its_reviewers_and_some_are_read(made):
    cohort = made(Stage.SELECTION, 40)
    [made_round] = ReviewRound.objects.filter(cohort=cohort)
    shared = Counter(Review.objects.values_list("application", flat=True))

    assert (made_round.state, set(shared.values())) == ("open", {2})
    assert {"open", "final"} <= set(Review.objects.values_list("state", flat=True))
    assert max(shares := Counter(Review.objects.values_list("reviewer", flat=True)).values()) - min(shares) <= 1


def test_in_selection_some_offers_are_open_some_answered_and_the_rest_wait(made, now):
    cohort = made(Stage.SELECTION, 40)
    assert cohort.applications_close_at <= now
    assert {"open", "accepted"} <= set(Offer.objects.values_list("state", flat=True))
    assert states(cohort)[ApplicationState.SUBMITTED] > 0
    standing = Offer.objects.filter(state__in=["open", "accepted"])
    assert Seat.objects.filter(holder__isnull=False).count() == standing.count()


def test_in_delivery_the_registers_of_past_sessions_are_kept(made, now):
    cohort = made(Stage.DELIVERY)
    fellows = Place.objects.active().filter(cohort=cohort).count()
    past = TeachingSession.objects.filter(cohort=cohort, ends_at__lte=now)
    assert fellows > 0
    assert 0 < past.count() < TeachingSession.objects.filter(cohort=cohort).count()
    assert Mark.objects.exclude(session__in=past).count() == 0
    assert Mark.objects.count() > 0.9 * fellows * past.count()
    assert Project.objects.filter(place__cohort=cohort).count() == fellows


def test_in_judging_some_scores_are_final_and_no_results_are_open(made):
    cohort = made(Stage.JUDGING)
    assert {"final", "open"} <= set(Assessment.objects.values_list("state", flat=True))
    assert not hasattr(cohort.qip_panel, "results")


def test_the_audit_of_a_whole_year_holds_nothing_personal(made):
    """That a personal field changed, and not its value (domain.md, Monitoring, privacy, retention)."""
    cohort = made(Stage.JUDGING)
    rows = [
        *User.objects.values_list("email", "full_name", "registration_number"),
        *Place.objects.filter(cohort=cohort).values_list("supervisor_name", "supervisor_email"),
        *Application.objects.values_list("answers__telephone", "answers__ntn"),
        *Project.objects.values_list("supervisor_name", "supervisor_email"),
    ]
    columns = Event.objects.values_list("verb", "object_label", "before", "after")
    told = "\n".join(f"{verb} {label} {before} {after}" for verb, label, before, after in columns)

    # A registration number also stands in longer numbers, a name in an e-mail address: whole words alone.
    assert [value for row in rows for value in row if value and re.search(rf"\b{re.escape(value)}\b", told)] == []


def test_after_graduation_five_bursaries_are_awarded(made):
    cohort = made(Stage.GRADUATED)
    assert Award.objects.count() == 5
    assert Place.objects.filter(cohort=cohort, state="graduated").count() > 0


def everything() -> dict[str, Any]:
    """What a seed decides: all but identifiers and the secrets drawn for people."""
    return {
        "people": list(User.objects.order_by("pk").values_list("email", "full_name", "joined_at")),
        "applications": list(
            Application.objects.order_by("pk").values_list("applicant__email", "state", "answers", "submitted_at")
        ),
        "marks": list(Mark.objects.order_by("pk").values_list("place__fellow__email", "state", "minutes", "marked_at")),
        "scores": list(Score.objects.order_by("pk").values_list("assessment__judge__person__email", "value")),
        "awards": list(Award.objects.order_by("rank").values_list("project__place__fellow__email", "rank")),
        "events": list(Event.objects.order_by("pk").values_list("verb", "at")),
        "mail": list(Message.objects.order_by("pk").values_list("code", "address", "queued_at")),
    }


def test_the_same_seed_and_now_make_the_same_year(made):
    snapshots = []
    for _ in range(2):
        with transaction.atomic():
            made(Stage.GRADUATED, 12)
            snapshots.append(everything())
            transaction.set_rollback(True)
    assert snapshots[0]["scores"]
    assert snapshots[0] == snapshots[1]


def test_another_seed_makes_another_year(made):
    with transaction.atomic():
        made(Stage.APPLICATIONS, 10)
        first = everything()["people"]
        transaction.set_rollback(True)
    made(Stage.APPLICATIONS, 10, seed=2)
    assert everything()["people"] != first


def test_a_cohort_of_the_same_dates_is_made_once(made):
    made(Stage.APPLICATIONS, 1)
    with pytest.raises(Refused, match="has the cohort 2027 to 2028 already"):
        made(Stage.APPLICATIONS, 1)


def test_two_stages_of_the_same_years_stand_side_by_side(made):
    cohorts = [made(Stage.JUDGING, 1), made(Stage.GRADUATED, 1)]

    assert [(cohort.slug, cohort.name) for cohort in cohorts] == [
        ("2026", "2026"),
        ("2026-second", "2026, second cohort"),
    ]
    with pytest.raises(Refused, match="has the cohort 2026, second cohort already"):
        made(Stage.GRADUATED, 1)


def test_dates_move_by_whole_weeks_and_keep_their_weekday(now):
    [data] = moved_definition(Stage.DELIVERY, now)["cohorts"]
    assert data["commences_on"].strftime("%A") == "Wednesday"
    assert timedelta(weeks=11) <= now.date() - data["commences_on"] + timedelta(days=1) <= timedelta(weeks=12, days=1)


@pytest.mark.parametrize(
    ("commences", "ends", "named"),
    [("2026-10-07", "2027-07-01", ("2026-27", "2026 to 2027")), ("2026-02-04", "2026-10-29", ("2026", "2026"))],
)
def test_a_cohort_is_named_by_its_years(commences, ends, named):
    assert years_of(date.fromisoformat(commences), date.fromisoformat(ends)) == named


def test_the_command_refuses_outside_the_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="only where DEMO is on"):
        call_command("demo")


def test_the_command_makes_the_stage_asked_for(settings, capsys):
    settings.DEMO = True
    call_command("demo", "--stage=applications", "--applicants=2", "--now=2026-11-21T12:00")
    assert "2027 to 2028: 2 applicants" in capsys.readouterr().out
