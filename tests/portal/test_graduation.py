"""The page of graduation: who is ready, why others are not, and one act for all who are."""

import pytest

from attendance.enums import MarkState
from cohorts.models import Place
from tests.factories.attendance import MarkFactory
from tests.factories.cohorts import AttendanceRequirementFactory, CohortFactory, PlaceFactory, TeamRoleFactory
from tests.factories.qip import DraftProjectFactory, ProjectFactory, QipTermsFactory
from tests.factories.sessions_app import TeachingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(set_clock):
    """It is over, asks for every face-to-face day and for a project."""
    set_clock(2026, 7, 2, 18)
    cohort = CohortFactory(programme__slug="next-step", slug="2025-26")
    AttendanceRequirementFactory(cohort=cohort, session_kind="face_to_face", all_of_them=True)
    QipTermsFactory(cohort=cohort)
    return cohort


@pytest.fixture
def day(cohort, london):
    return TeachingSessionFactory(
        cohort=cohort, kind="face_to_face", starts_at=london(2026, 7, 2, 9), ends_at=london(2026, 7, 2, 17)
    )


@pytest.fixture
def team(client, cohort):
    client.force_login(TeamRoleFactory(administrator=True, programme=cohort.programme).person)
    return client


def fellow(cohort, day, name, *, state=MarkState.PRESENT, project=ProjectFactory) -> Place:
    place = PlaceFactory(cohort=cohort, fellow__full_name=name)
    MarkFactory(session=day, place=place, state=state)
    project(place=place)
    return place


def rows(page) -> dict[str, str]:
    return {row[0]: row[2] for row in page.context["shown"].rows}


ADDRESS = "/graduation/next-step/2025-26/"


def test_the_page_says_who_is_ready_and_what_others_miss(team, cohort, day):
    fellow(cohort, day, "Ready Rowan")
    fellow(cohort, day, "Absent Alder", state=MarkState.ABSENT)
    fellow(cohort, day, "Draft Dale", project=DraftProjectFactory)
    assert rows(team.get(ADDRESS)) == {
        "Absent Alder": "Attendance can no longer be met",
        "Draft Dale": "No project was handed in",
        "Ready Rowan": "",
    }


def test_one_act_graduates_all_who_are_ready_and_twice_is_once(team, cohort, day):
    fellow(cohort, day, "Ready Rowan")
    fellow(cohort, day, "Draft Dale", project=DraftProjectFactory)
    assert "Graduated: 1." in team.post(ADDRESS, follow=True).content.decode()
    assert "Nobody is ready" in team.post(ADDRESS, follow=True).content.decode()
    graduated = Place.objects.filter(state="graduated").values_list("fellow__full_name", flat=True)
    assert list(graduated) == ["Ready Rowan"]


def test_looking_changes_nothing(team, cohort, day):
    place = fellow(cohort, day, "Ready Rowan")
    team.get(ADDRESS)
    place.refresh_from_db()
    assert place.state == "active"


def test_an_administrator_of_another_programme_finds_no_such_page(client, cohort):
    client.force_login(TeamRoleFactory(administrator=True).person)
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS).status_code == 404


@pytest.mark.parametrize("fellows", [1, 3])
def test_the_page_costs_the_same_whatever_the_cohort(team, cohort, day, fellows, django_assert_num_queries):
    for number in range(fellows):
        fellow(cohort, day, f"Fellow {number}")
    with django_assert_num_queries(12):
        team.get(ADDRESS)
