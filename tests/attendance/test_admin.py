"""Marks and decisions in the admin: to be looked at, and only one's own."""

import re

import pytest

from attendance.models import Mark
from cohorts.enums import Role
from tests.factories.attendance import ExcusalFactory, MarkFactory
from tests.factories.cohorts import TeamRoleFactory
from tests.factories.sessions_app import FaceToFaceDayFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(set_clock):
    set_clock(2025, 10, 9, 9)


@pytest.fixture
def day(client):
    day = FaceToFaceDayFactory()
    client.force_login(TeamRoleFactory(role=Role.LOCAL_LEAD, cohort=day.cohort).person)
    return day


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.mark.parametrize(("model", "factory"), [("mark", MarkFactory), ("excusal", ExcusalFactory)])
def test_a_local_lead_sees_those_of_their_cohort_and_changes_none_here(client, day, model, factory):
    own = factory(session=day, place__fellow__full_name="Ada Abara")
    other = factory(place__fellow__full_name="Ben Bell")
    base = f"/admin/attendance/{model}/"

    listed = text_of(client.get(base))
    shown = client.get(f"{base}{own.pk}/change/")
    posts = [
        client.post(f"{base}{own.pk}/change/", {}),
        client.post(f"{base}add/", {}),
        client.post(f"{base}{own.pk}/delete/"),
    ]

    assert ("Ada Abara" in listed, "Ben Bell" in listed) == (True, False)
    assert f"/registers/{day.public_id}/person/{own.place.public_id}/" in shown.content.decode()
    assert client.get(f"{base}{other.pk}/change/").status_code in {302, 403}
    assert [post.status_code for post in posts] == [403, 403, 403]


@pytest.mark.parametrize("rows", [1, 3, 40])
@pytest.mark.parametrize(("model", "factory"), [("mark", MarkFactory), ("excusal", ExcusalFactory)])
def test_a_list_asks_the_same_questions_for_any_number(
    client, day, model, factory, rows, django_assert_max_num_queries
):
    factory.create_batch(rows, session=day)

    with django_assert_max_num_queries(10):
        client.get(f"/admin/attendance/{model}/")


def test_a_facilitator_has_no_admin(client, day):
    MarkFactory(session=day)
    client.force_login(TeamRoleFactory(role=Role.FACILITATOR, cohort=day.cohort).person)

    assert client.get("/admin/attendance/mark/").status_code in {302, 403}
    assert Mark.objects.count() == 1
