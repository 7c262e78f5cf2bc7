"""A fellow's project page."""

import pytest
from django.urls import reverse

from qip.enums import ProjectState
from qip.models import Project
from qip.services import award_bursaries
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.cohorts import PlaceFactory
from tests.factories.qip import (
    DraftProjectFactory,
    JudgeFactory,
    ProjectFactory,
    QipTermsFactory,
    give_scores,
    opened_results,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march")]

WRITTEN = {
    "title": "Fewer falls",
    "specialty": "Geriatrics",
    "site": "West Suffolk Hospital",
    "supervisor_name": "Dr Sam Supervisor",
    "supervisor_email": "sam@example.nhs.uk",
    "aim": "Halve falls on the frailty ward by June.",
    "summary": "Two cycles.\r\n\r\nFewer falls.",
}


@pytest.fixture
def in_march(set_clock):
    set_clock(2026, 3, 2, 14, 2)


@pytest.fixture
def draft(client):
    project = DraftProjectFactory()
    client.force_login(project.place.fellow)
    return project


def address(project):
    return reverse("qip:project", args=[project.public_id])


def send(client, project, version=1, action="save", follow=True, **fields):
    return client.post(address(project), {**WRITTEN, "version": version, "action": action, **fields}, follow=follow)


def text(response):
    return " ".join(response.content.decode().split())


def stored(project):
    return Project.objects.get(pk=project.pk)


def test_a_fellow_without_a_project_starts_one_by_a_press(client):
    place = PlaceFactory()
    QipTermsFactory(cohort=place.cohort)
    client.force_login(place.fellow)
    start = reverse("qip:projects")
    assert "Start your project" in text(client.get(start))
    assert Project.objects.count() == 0
    for _ in range(2):
        response = client.post(start, {"place": place.public_id})
    project = Project.objects.get()
    assert response.headers["Location"] == address(project)
    assert client.get(start).headers["Location"] == address(project)


@pytest.mark.parametrize("sent", ["", "x", "1d3e5c7a-0000-4000-8000-000000000000"])
def test_a_place_that_is_not_ones_own_starts_nothing(client, sent):
    client.force_login(UserFactory())
    assert client.post(reverse("qip:projects"), {"place": sent}).status_code == 404


def test_a_cohort_without_projects_offers_none(client):
    place = PlaceFactory()
    client.force_login(place.fellow)
    assert "You have no place on a programme with quality improvement projects." in text(
        client.get(reverse("qip:projects"))
    )


def test_what_is_written_is_saved(client, draft):
    response = send(client, draft)
    assert "Saved on 2 March 2026 at 2:02pm." in text(response)
    kept = stored(draft)
    assert (kept.title, kept.summary, kept.state) == ("Fewer falls", "Two cycles.\r\n\r\nFewer falls.", "draft")


def test_an_empty_draft_is_saved(client, draft):
    send(client, draft, **dict.fromkeys(WRITTEN, ""))
    assert (stored(draft).title, stored(draft).state) == ("", "draft")


def test_a_wrong_address_is_named_and_nothing_is_lost(client, draft):
    response = send(client, draft, supervisor_email="sam at nhs")
    assert response.context["form"].errors == {
        "supervisor_email": ["Enter an email address in the correct format, like name@example.com"]
    }
    assert "Halve falls on the frailty ward by June." in text(response)


def test_handing_in_saves_and_says_what_comes_next(client, draft):
    response = send(client, draft, action="submit")
    assert "You have handed in your project." in text(response)
    assert stored(draft).state == ProjectState.SUBMITTED
    assert "You can still improve it, until a judge begins to score it." in text(response)


def test_handing_in_twice_is_answered_in_words(client, draft):
    send(client, draft, action="submit")
    response = send(client, draft, action="submit", version=3)
    assert "This project has been submitted already" in text(response)
    assert stored(draft).state == ProjectState.SUBMITTED


def test_an_incomplete_project_is_kept_and_what_is_missing_is_named(client, draft):
    response = send(client, draft, action="submit", aim="", supervisor_name="")
    assert response.context["form"].errors == {
        "aim": ["Enter an aim"],
        "supervisor_name": ["Enter your supervisor’s name"],
    }
    assert (stored(draft).state, stored(draft).title) == ("draft", "Fewer falls")


def test_a_stale_page_shows_both_texts_and_the_next_save_is_knowing(client, draft):
    send(client, draft, title="Written on the phone")
    response = send(client, draft, version=1, title="Written on the ward")
    shown = text(response)
    assert ("Title, as saved" in shown, "Written on the phone" in shown, "Written on the ward" in shown) == (
        True,
        True,
        True,
    )
    assert stored(draft).title == "Written on the phone"
    assert response.context["form"]["version"].value() == "2"
    send(client, draft, version=2, title="Written on the ward")
    assert stored(draft).title == "Written on the ward"


def test_sending_the_same_twice_saves_once(client, draft):
    send(client, draft)
    send(client, draft)
    assert stored(draft).version == 2


def test_a_scored_project_is_shown_and_what_was_typed_too_late_is_not_lost(client):
    project = ProjectFactory()
    give_scores(JudgeFactory(panel__cohort=project.place.cohort), project, change=3)
    client.force_login(project.place.fellow)
    shown = client.get(address(project))
    assert shown.context["form"] is None
    assert "Judges have begun to score this project" in text(shown)
    response = send(client, project, aim="Written too late")
    assert "Written too late" in text(response)
    assert "Judges have begun to score this project" in text(response)


@pytest.mark.parametrize("won", [True, False])
def test_a_fellow_learns_of_a_bursary_and_of_nothing_else(client, won, panel):
    QipTermsFactory(cohort=panel.cohort, bursaries=1)
    owner = OwnerFactory()
    results, projects = opened_results(panel, owner, 5, 4)
    award_bursaries(results=results, version=1, by=owner)
    project = projects[0 if won else 1]
    client.force_login(project.place.fellow)
    shown = text(client.get(address(project)))
    assert ("Your project has won a bursary" in shown) is won
    assert "5.000" not in shown


def test_before_the_award_a_winner_learns_nothing(client, panel):
    _, projects = opened_results(panel, OwnerFactory(), 5)
    client.force_login(projects[0].place.fellow)
    assert "bursary" not in text(client.get(address(projects[0])))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["stranger", "another_fellow", "judge", "owner"])
def test_others_find_no_page(client, draft, who, method):
    person = {
        "stranger": UserFactory,
        "another_fellow": lambda: PlaceFactory(cohort=draft.place.cohort).fellow,
        "judge": lambda: JudgeFactory(panel__cohort=draft.place.cohort).person,
        "owner": OwnerFactory,
    }[who]()
    client.force_login(person)
    assert getattr(client, method)(address(draft), WRITTEN).status_code == 404
    assert stored(draft).title == ""


def test_a_fellow_who_left_reads_and_does_not_write(client, draft):
    draft.place.state = "withdrawn"
    draft.place.save()
    assert client.get(address(draft)).status_code == 200
    assert send(client, draft).status_code == 403


def test_whoever_is_not_signed_in_is_led_to_sign_in_and_what_was_sent_is_not_saved(client, draft):
    client.logout()
    response = send(client, draft, follow=False)
    assert response.headers["Location"].startswith(reverse("account_login"))
    assert stored(draft).title == ""


def test_the_page_takes_few_queries(django_assert_num_queries, client, draft):
    # Session, person, project, bursary.
    with django_assert_num_queries(4):
        client.get(address(draft))
