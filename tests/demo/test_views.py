"""The page of people: one click signs in, only as them, and only in the demo."""

import pytest
from django.urls import include, path

from nextstep import urls
from nextstep.demo.building import Plan, build
from nextstep.demo.stages import Stage
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CohortFactory

pytestmark = pytest.mark.django_db

urlpatterns = [
    path("demo/mailbox/", include("nextstep.notifications.urls")),
    path("demo/", include("nextstep.demo.urls")),
    *urls.urlpatterns,
]


@pytest.fixture
def demo(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def people(demo, london):
    CohortFactory(programme__locally_led=True)
    build(Plan(Stage.DELIVERY, 20, 1, london(2026, 11, 21, 12)), say=print)


def test_there_is_no_page_of_people_outside_the_demo(client):
    assert client.get("/demo/").status_code == 404
    # The address is then one of a cohort's page, which takes no POST.
    assert client.post("/demo/sign-in/").status_code == 405


@pytest.mark.parametrize(
    "heading",
    [
        "Owner of the portal",
        "Programme administrators",
        "Local leads",
        "Reviewers",
        "Judges",
        "Facilitators",
        "Coaches",
        "Fellows",
        "Applicants",
    ],
)
def test_people_are_listed_by_role(people, client, heading):
    assert f"{heading}</h2>" in client.get("/demo/").content.decode()


def test_one_click_signs_in(people, client):
    page = client.get("/demo/")
    fellow = page.context["guests"]["Fellows"][0].user
    answer = client.post("/demo/sign-in/", {"person": fellow.public_id}, follow=True)
    assert answer.redirect_chain == [("/home/", 302)]
    assert f"Hello {fellow.full_name}" in answer.content.decode()


def test_nobody_who_is_not_of_the_demo_can_be_signed_in_as(people, client):
    stranger = UserFactory(email="real.person@example.nhs.uk")
    assert client.post("/demo/sign-in/", {"person": stranger.public_id}).status_code == 404


@pytest.mark.parametrize("person", ["", "nonsense"])
def test_a_sign_in_without_a_person_finds_nobody(demo, client, person):
    assert client.post("/demo/sign-in/", {"person": person}).status_code == 404


def test_an_empty_demo_says_that_it_is_being_made(demo, client):
    assert "still being made" in client.get("/demo/").content.decode()


def test_the_page_of_people_costs_the_same_whatever_the_size(people, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get("/demo/")
