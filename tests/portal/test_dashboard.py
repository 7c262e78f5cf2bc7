"""The first page after signing in: what each person finds there, at what cost."""

import pytest

from applications.enums import ApplicationState, OfferState
from attendance.enums import MarkState
from cohorts.enums import Role
from nextstep.accounts.models import User
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.applications import ApplicationFactory, OfferFactory
from tests.factories.attendance import MarkFactory
from tests.factories.cohorts import NOW, AttendanceRequirementFactory, CohortFactory, PlaceFactory, TeamRoleFactory
from tests.factories.qip import DraftProjectFactory, ProjectFactory, QipTermsFactory
from tests.factories.sessions_app import TeachingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def noon(set_clock):
    return set_clock(2025, 11, 1, 12)


@pytest.fixture
def home(client, noon):
    """home(user): the words of their page."""

    def get(user: User) -> str:
        client.force_login(user)
        return client.get("/home/").content.decode()

    return get


def session(cohort, london, day: int, title: str, **fields):
    starts = london(2025, 11, day, 17)
    times = {"starts_at": starts, "ends_at": london(2025, 11, day, 19)}
    return TeachingSessionFactory(cohort=cohort, title=title, **{**times, **fields})


def test_somebody_new_is_shown_the_way_to_programmes(home):
    assert "You have not applied to a programme with this email address yet." in home(UserFactory())


def test_a_fellow_sees_the_next_session_that_goes_ahead(home, london):
    place = PlaceFactory()
    session(place.cohort, london, 1, "Over by now", ends_at=london(2025, 11, 1, 11), starts_at=london(2025, 11, 1, 9))
    session(place.cohort, london, 4, "Called off", state="cancelled", number=2)
    session(place.cohort, london, 5, "Crisis Management", joining_link="https://meet.example.org/crisis", number=3)
    words = home(place.fellow)
    following = words.partition("Next session")[2].partition("All dates")[0]
    assert "Crisis Management" in following
    assert "https://meet.example.org/crisis" in following
    assert "Called off" not in following


def test_the_dates_say_what_was_marked_and_nothing_of_what_is_to_come(home, london):
    place = PlaceFactory(enrolled_at=london(2025, 1, 1, 9))
    past = session(place.cohort, london, 1, "Systems", starts_at=london(2025, 11, 1, 8), ends_at=london(2025, 11, 1, 9))
    session(place.cohort, london, 20, "Finance", number=2)
    MarkFactory(session=past, place=place, state=MarkState.PRESENT)
    dates = home(place.fellow).partition("All dates")[2]
    assert dates.index("Systems") < dates.index("Present") < dates.index("Finance") < dates.index("To come")


def test_a_fellow_sees_their_standing(home, london):
    place = PlaceFactory(enrolled_at=london(2025, 1, 1, 9))
    AttendanceRequirementFactory(cohort=place.cohort, session_kind="masterclass", all_of_them=False, at_least=1)
    session(place.cohort, london, 20, "Finance", kind="masterclass")
    assert "You must attend at least 1 of the 1 masterclass" in home(place.fellow)


@pytest.mark.parametrize(("factory", "words"), [(DraftProjectFactory, "In progress"), (ProjectFactory, "Handed in")])
def test_a_fellow_sees_their_project(home, factory, words):
    place = PlaceFactory()
    QipTermsFactory(cohort=place.cohort)
    factory(place=place, title="Calmer handovers")
    page = home(place.fellow)
    assert "Calmer handovers" in page
    assert words in page


def test_a_fellow_without_a_project_is_led_to_begin_one(home):
    place = PlaceFactory()
    QipTermsFactory(cohort=place.cohort)
    assert "Start your project" in home(place.fellow)


def test_a_cohort_without_projects_mentions_none(home):
    assert "quality improvement project" not in home(PlaceFactory().fellow)


def test_an_open_offer_stands_above_everything(home):
    offer = OfferFactory()
    words = home(offer.application.applicant)
    assert "You have been offered a place" in words
    assert f"/offers/{offer.public_id}/" in words


def test_only_the_offer_that_stands_is_held_out(home):
    application = ApplicationFactory(submitted=True, state=ApplicationState.OFFERED)
    lapsed = OfferFactory(application=application, state=OfferState.LAPSED, seat_number=1, decided_at=NOW)
    offer = OfferFactory(application=application)
    words = home(application.applicant)
    assert (str(lapsed.public_id) in words, str(offer.public_id) in words) == (False, True)
    assert words.count(f"/applications/{application.public_id}/") == 1


def test_a_draft_leads_back_to_its_task_list(home):
    draft = ApplicationFactory(state=ApplicationState.DRAFT)
    cohort = draft.cohort
    assert f"/{cohort.programme.slug}/{cohort.slug}/apply/tasks/" in home(draft.applicant)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.FACILITATOR, {"Registers"}),
        (Role.JUDGE, {"Judging"}),
        (Role.REVIEWER, {"Reviewing"}),
        (Role.COACH, {"Coaching"}),
        (Role.LOCAL_LEAD, {"Administration", "Registers"}),
    ],
)
def test_each_role_finds_its_work_and_no_other(home, role, words):
    role = TeamRoleFactory(role=role, cohort=CohortFactory())
    page = home(role.person).partition("Your work for the programmes")[2]
    assert {
        word for word in ("Administration", "Registers", "Judging", "Reviewing", "Coaching") if word in page
    } == words


def test_the_owner_finds_the_administration(home):
    assert "Administration" in home(OwnerFactory())


def test_nobody_sees_anothers_place(home):
    PlaceFactory()
    assert "Next session" not in home(UserFactory())


@pytest.mark.parametrize("sessions", [1, 6])
def test_home_costs_a_fellow_ten_queries_whatever_the_cohort_holds(
    client, noon, london, sessions, django_assert_num_queries
):
    place = PlaceFactory(enrolled_at=london(2025, 1, 1, 9))
    AttendanceRequirementFactory(cohort=place.cohort, session_kind="masterclass", all_of_them=False, at_least=1)
    for number in range(sessions):
        session(place.cohort, london, 2 + number, f"Class {number}", kind="masterclass", number=number + 1)
    ApplicationFactory(cohort=place.cohort, applicant=place.fellow, state=ApplicationState.DRAFT)
    QipTermsFactory(cohort=place.cohort)
    ProjectFactory(place=place)
    client.force_login(place.fellow)
    with django_assert_num_queries(10):
        client.get("/home/")
