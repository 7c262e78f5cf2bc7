"""What the administration begins with: what waits for whom, where it leads, and at what cost."""

from datetime import date

import pytest
from django.test import Client

from applications.enums import ApplicationState, OfferState
from applications.models import Application, Offer
from cohorts.enums import PlaceState
from cohorts.models import Cohort
from nextstep.accounts.models import User
from nextstep.portal.presenters.waiting import Task, tasks
from nextstep.portal.selectors.waiting import waiting_for
from qip.enums import AssessmentState
from qip.services import award_bursaries
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.applications import ApplicationFactory, OfferFactory
from tests.factories.attendance import RegisterClosureFactory
from tests.factories.cohorts import CohortFactory, PlaceFactory, TeamRoleFactory
from tests.factories.qip import (
    AssessmentFactory,
    JudgeFactory,
    PanelFactory,
    ProjectFactory,
    give_final_scores,
    opened_results,
    panel_with,
)
from tests.factories.sessions_app import TeachingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return CohortFactory()


@pytest.fixture
def ada(cohort: Cohort) -> User:
    return TeamRoleFactory(administrator=True, programme=cohort.programme).person


@pytest.fixture
def now(cohort: Cohort, set_clock):
    """Noon on a day after the window and before the end."""
    return set_clock(2025, 11, 1, 12)


@pytest.fixture
def waiting(ada: User, now):
    """waiting(): what waits for Ada."""
    return lambda: tasks(waiting_for(ada, now), now)


def listed(cohort: Cohort, state: str) -> str:
    return f"/admin/applications/application/?cohort={cohort.pk}&state={state}"


def test_nothing_waits_for_somebody_new(waiting):
    assert waiting() == []


@pytest.mark.parametrize(("number", "words"), [(1, "1 application"), (2, "2 applications")])
def test_sent_applications_wait_for_a_decision_and_others_do_not(waiting, cohort, number, words):
    ApplicationFactory.create_batch(number, cohort=cohort, submitted=True)
    ApplicationFactory(cohort=cohort, state=ApplicationState.DRAFT)
    ApplicationFactory(cohort=cohort, submitted=True, state=ApplicationState.WITHDRAWN)
    ApplicationFactory(cohort=cohort, submitted=True, state=ApplicationState.RESERVE, reserve_rank=1)
    assert waiting() == [Task(f"{words} to decide: {cohort.name}", listed(cohort, "submitted"))]


def test_before_the_window_closes_the_list_says_until_when_it_is_open(ada, cohort, london):
    cohort.applications_close_at = london(2025, 6, 3, 0)
    cohort.save()
    ApplicationFactory(cohort=cohort, submitted=True)
    for moment, note in [
        (london(2025, 6, 2, 23, 59), "Applications are open until 11:59pm on 2 June 2025."),
        (london(2025, 6, 3, 0), ""),
    ]:
        (task,) = tasks(waiting_for(ada, moment), moment)
        assert task.note == note


def test_open_offers_wait_for_an_answer_with_the_first_deadline(waiting, cohort, london):
    for day in (20, 12):
        offer = OfferFactory(application__cohort=cohort, expires_at=london(2025, 11, day, 0))
        Application.objects.filter(pk=offer.application_id).update(state=ApplicationState.OFFERED)
    earlier = {"state": OfferState.LAPSED, "expires_at": london(2025, 11, 2, 0), "decided_at": london(2025, 11, 2, 0)}
    Offer.objects.create(application=offer.application, seat_number=60, **earlier)
    note = "The first can be answered until 11:59pm on 11 November 2025."
    assert waiting() == [Task(f"2 offers waiting for an answer: {cohort.name}", listed(cohort, "offered"), note)]


def test_registers_of_past_sessions_wait_until_they_are_closed(waiting, ada, cohort, london):
    past = {"starts_at": london(2025, 10, 31, 17), "ends_at": london(2025, 10, 31, 19)}
    one, other = (TeachingSessionFactory(cohort=cohort, number=number, **past) for number in (1, 2))
    TeachingSessionFactory(cohort=cohort, number=3, state="cancelled", **past)
    TeachingSessionFactory(cohort=cohort, number=4, starts_at=london(2025, 11, 1, 11), ends_at=london(2025, 11, 1, 13))
    assert waiting() == []  # nobody is on the programme yet
    PlaceFactory(cohort=cohort)
    address = "/registers/all/?show=to-close"
    assert waiting() == [Task("2 registers of past sessions to complete and close", address)]
    RegisterClosureFactory(session=one)
    assert waiting() == [Task("1 register of past sessions to complete and close", address)]
    browser = Client()
    browser.force_login(ada)
    page = browser.get(address).content.decode()
    assert f"/registers/{other.public_id}/" in page
    assert f"/registers/{one.public_id}/" not in page
    RegisterClosureFactory(session=other)
    assert "Every register of a past session is closed." in browser.get(address).content.decode()


def test_finished_scores_wait_to_be_opened_and_opened_results_to_be_awarded(waiting, ada, cohort):
    panel = PanelFactory(cohort=cohort)
    judge = JudgeFactory(panel=panel)
    assert waiting() == []  # nobody has scored yet
    give_final_scores(judge, ProjectFactory(place__cohort=cohort), all=3)
    AssessmentFactory(judge=judge, project=ProjectFactory(place__cohort=cohort), state=AssessmentState.OPEN)
    address = f"/results/{panel.public_id}/"
    note = "1 assessment final, 1 begun and not final."
    assert waiting() == [Task(f"Results of projects to open: {cohort.name}", address, note)]


def test_opened_results_wait_for_the_award(waiting, ada, cohort):
    panel = PanelFactory(cohort=cohort)
    results, _projects = opened_results(panel, ada, 5)
    assert waiting() == [Task(f"Bursaries to award: {cohort.name}", f"/results/{panel.public_id}/")]
    award_bursaries(results=results, version=results.version, by=ada)
    assert waiting() == []


def test_fellows_of_an_ended_cohort_wait_to_graduate(waiting, cohort):
    PlaceFactory(cohort=cohort)
    PlaceFactory(cohort=cohort, state=PlaceState.GRADUATED)
    assert waiting() == []
    cohort.ends_on = date(2025, 11, 1)
    cohort.save()
    words = f"1 fellow at the end of the programme, to graduate: {cohort.name}"
    assert waiting() == [Task(words, f"/graduation/{cohort.programme.slug}/{cohort.slug}/")]


def test_nobody_is_told_what_waits_for_others(now, cohort):
    ApplicationFactory(cohort=cohort, submitted=True)
    elsewhere = TeamRoleFactory(administrator=True, programme=CohortFactory().programme).person
    assert tasks(waiting_for(elsewhere, now), now) == []
    assert tasks(waiting_for(UserFactory(), now), now) == []
    assert len(tasks(waiting_for(OwnerFactory(), now), now)) == 1


def test_somebody_with_several_programmes_reads_which_it_is(now, cohort):
    ApplicationFactory(cohort=cohort, submitted=True)
    CohortFactory()
    (task,) = tasks(waiting_for(OwnerFactory(), now), now)
    assert task.words == f"1 application to decide: {cohort.programme.name}, {cohort.name}"


@pytest.mark.parametrize("number", [1, 4])
def test_what_waits_takes_the_same_queries_however_much_it_is(
    ada, now, cohort, number, django_assert_num_queries, london
):
    for which in range(number):
        held = cohort if not which else CohortFactory(programme=cohort.programme)
        ApplicationFactory.create_batch(number, cohort=held, submitted=True)
        PlaceFactory(cohort=held)
        TeachingSessionFactory(cohort=held, starts_at=london(2025, 10, 1, 9), ends_at=london(2025, 10, 1, 17))
        panel_with(PanelFactory(cohort=held), 3)
    with django_assert_num_queries(6):
        assert tasks(waiting_for(ada, now), now)


def test_the_administration_begins_with_what_waits(client, ada, now, cohort):
    client.force_login(ada)
    assert "Nothing waits for you now." in client.get("/admin/").content.decode()
    ApplicationFactory(cohort=cohort, submitted=True)
    page = client.get("/admin/").content.decode()
    assert page.index("1 application to decide") < page.index("Everything") < page.index('class="app-applications')
    assert client.get(listed(cohort, "submitted")).status_code == 200
