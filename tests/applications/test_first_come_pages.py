"""First come, first served through the pages: the shipped files of two programmes, from the first page to a place."""

from collections.abc import Callable

import pytest
from django.test import Client

from applications.models import Application, Offer
from cohorts.models import Cohort, Place
from cohorts.services import load_programme
from cohorts.services.files import SHIPPED, read_definition
from nextstep.accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

STEPPING_UP = "/stepping-up/bands-5-6/apply/"
PAGES = {
    "about/details/": {"full_name": "Ife Cole", "telephone": "07700 900123", "adjustments": ""},
    "about/role/": {"band": "6", "nhs_care": "nhs"},
    "about/identity/": {"self_identifies": "yes"},
    "about/work/": {"employer": "Moor Trust", "supervisor_name": "Jo Lee", "supervisor_email": "jo@example.nhs.uk"},
    "about/commitment/": {"commitment": "on"},
}


@pytest.fixture
def loaded(set_clock: Callable) -> Callable[[str], None]:
    """loaded(name): that shipped file is in, and the clock stands in the window of Stepping Up."""

    def load(name: str) -> None:
        load_programme(definition=read_definition(SHIPPED / name), by=None)
        set_clock(2019, 9, 2, 10)

    return load


def applied(person: User) -> Client:
    """The browser of somebody who has just sent their application for Stepping Up."""
    browser = Client()
    browser.force_login(person)
    browser.post(f"{STEPPING_UP}begin/")
    for page, answers in PAGES.items():
        form = browser.get(STEPPING_UP + page).context["form"]
        browser.post(STEPPING_UP + page, {"seen": form["seen"].value(), **answers})
    version = browser.get(f"{STEPPING_UP}answers/").context["form"]["version"].value()
    browser.post(f"{STEPPING_UP}answers/", {"version": version, "declared": "on"})
    return browser


@pytest.mark.parametrize(
    ("file", "place", "facts", "documents"),
    [
        (
            "next_step_2025_26.toml",
            "next-step/2025-26",
            {
                "registration_body", "registration_number", "has_ntn", "ntn", "cct_on", "grace", "grace_until",
                "region_plan", "oop_now", "oop_kind", "oop_return_on", "oop_planned",
            },
            ["Up-to-date CV", "Supporting statement"],
        ),
        (
            "stepping_up_2019_20.toml",
            "stepping-up/bands-5-6",
            {"band", "band_equivalent", "nhs_care", "self_identifies"},
            [],
        ),
        ("next_generation_gp.toml", "next-generation-gp/cambridgeshire-peterborough", {"practice_role"}, []),
    ],
)  # fmt: skip
def test_each_programme_asks_only_for_what_its_rules_need(
    loaded: Callable, client: Client, file: str, place: str, facts: set[str], documents: list[str]
) -> None:
    loaded(file)

    asked = client.get(f"/{place}/check/").context["form"].fields.keys()
    page = client.get(f"/{place}/apply/")

    assert asked - {"seen"} == facts
    assert [document.label for document in page.context["documents"]] == documents


def test_the_first_to_send_is_offered_a_place_at_once_and_takes_it(loaded: Callable) -> None:
    loaded("stepping_up_2019_20.toml")
    person = UserFactory()

    browser = applied(person)
    offer = Offer.objects.get(application__applicant=person)
    form = browser.get(f"/offers/{offer.public_id}/").context["form"]
    words = {
        "agreed_to": form["agreed_to"].value(),
        "attends": list(form.dates),
        "study_leave": "applied",
        "committed": "on",
        "signed_name": "Ife Cole",
    }
    page = browser.post(f"/offers/{offer.public_id}/", words, follow=True)

    place = Place.objects.get(fellow=person)
    assert page.status_code == 200
    assert (offer.seat_number, place.seat.number, place.state) == (1, 1, "active")
    assert place.commitment_text
    assert (place.employer, place.supervisor_name) == ("Moor Trust", "Jo Lee")


def test_when_seats_are_taken_people_queue_and_then_the_door_is_shut(loaded: Callable) -> None:
    loaded("stepping_up_2019_20.toml")
    Cohort.objects.filter(slug="bands-5-6").update(queue=1)
    cohort = Cohort.objects.get(slug="bands-5-6")
    cohort.seats.exclude(number=1).delete()

    people = UserFactory.create_batch(3)
    browsers = [applied(person) for person in people]

    states = dict(Application.objects.values_list("applicant", "state"))
    assert [states[person.pk] for person in people] == ["offered", "reserve", "draft"]
    last = browsers[-1].get(f"{STEPPING_UP}answers/")
    version = last.context["form"]["version"].value()
    refused = browsers[-1].post(f"{STEPPING_UP}answers/", {"version": version, "declared": "on"})
    assert refused.status_code == 409
    assert "All 30 places are taken, and all 1 places in the queue behind them are taken too." in refused.text
    assert "We have not sent your application." in refused.text
