"""Reviewers say where they work and whom they must not read, before they read anything."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from applications.models import ReviewerInterests
from applications.services.reviewing import declare_interests
from nextstep import clock
from nextstep.audit.models import Event
from nextstep.refusals import Stale
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import TeamRoleFactory
from tests.factories.reviewing import READING, PreparedRoundFactory, ReviewFactory, RoundFactory, reviewer_of

pytestmark = pytest.mark.django_db

NOTHING = {"employers": (), "supervisor_email": "", "people": ()}


@pytest.fixture(autouse=True)
def _now():
    with clock.at(READING):
        yield


@pytest.fixture
def opened():
    return RoundFactory()


@pytest.fixture
def rita(client, opened):
    person = reviewer_of(opened, full_name="Rita Readmere")
    client.force_login(person)
    return person


@pytest.fixture
def page(opened):
    return reverse("applications:interests", args=[opened.public_id])


def text(response):
    return " ".join(response.content.decode().split())


def declared(opened, by, version=0, **said):
    return declare_interests(review_round=opened, version=version, by=by, **{**NOTHING, **said})


def test_a_reviewer_declares_and_changes_it_later(client, rita, page):
    client.post(
        page, {"version": "0", "employers": "King’s\r\n\r\n Guy’s \r\nKing’s", "people": "", "supervisor_email": ""}
    )
    kept = ReviewerInterests.objects.get()
    assert (kept.reviewer, kept.employers, kept.people) == (rita, ["King’s", "Guy’s"], [])

    shown = client.get(page).context["form"].initial
    assert shown == {"employers": "King’s\nGuy’s", "people": "", "supervisor_email": "", "version": 1}
    client.post(page, {**shown, "people": "Bea Lund"})
    kept.refresh_from_db()
    assert (kept.people, kept.version) == (["Bea Lund"], 2)


def test_whom_a_reviewer_named_is_not_in_the_audit(opened, rita):
    declared(opened, rita, people=["Bea Lund"], employers=["King’s"])
    event = Event.objects.get()

    assert event.after == {"employers": "changed", "people": "changed", "supervisor_email": "changed"}
    assert (event.before, "Rita" in event.object_label) == ({}, False)


def test_declaring_the_same_again_writes_nothing(opened, rita):
    declared(opened, rita, people=["Bea Lund"])
    declared(opened, rita, version=1, people=["Bea Lund"])

    assert list(ReviewerInterests.objects.values_list("version", flat=True)) == [1]
    assert Event.objects.count() == 1


@pytest.mark.parametrize("version", [0, 7])
def test_two_tabs_do_not_overwrite_each_other(opened, rita, version):
    if version == 0:
        declared(opened, rita, people=["Bea Lund"])
    with pytest.raises(Stale):
        declared(opened, rita, version=version, people=["Dan Ash"])

    assert [kept.people for kept in ReviewerInterests.objects.all()] == [["Bea Lund"]] * (version == 0)


def test_a_stale_page_shows_both_and_the_next_save_counts(client, opened, rita, page):
    declared(opened, rita, people=["Bea Lund"])
    response = client.post(page, {"version": "0", "employers": "", "people": "Dan Ash", "supervisor_email": ""})
    assert "You declared your interests somewhere else" in text(response)
    assert ["Bea Lund" in text(response), "Dan Ash" in text(response)] == [True, True]

    client.post(page, {"version": response.context["form"].data["version"], "people": "Dan Ash"})
    assert ReviewerInterests.objects.get().people == ["Dan Ash"]


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"people": "x" * 201}, "Each line must be 200 characters or fewer"),
        ({"supervisor_email": "sam"}, "Enter an email address in the correct format, like name@example.com"),
    ],
)
def test_what_cannot_be_kept_is_asked_again(client, rita, page, sent, error):
    response = client.post(page, {"version": "0", "employers": "King’s", **sent})

    assert error in text(response)
    assert "King’s" in text(response)
    assert ReviewerInterests.objects.count() == 0


def test_a_reviewer_of_one_cohort_is_led_there_and_asked_to_declare_first(client, opened, rita, page):
    response = client.get(reverse("applications:reviewing"), follow=True)

    assert response.redirect_chain == [(reverse("applications:review_round", args=[opened.public_id]), 302)]
    assert page in text(response)


def test_a_reviewer_of_two_cohorts_chooses(client, opened, rita):
    other = PreparedRoundFactory()
    TeamRoleFactory(person=rita, cohort=other.cohort)
    response = client.get(reverse("applications:reviewing"))

    assert set(response.context["rounds"]) == {opened, other}


def test_somebody_who_reviews_nowhere_is_told_so(client):
    client.force_login(UserFactory())
    assert "There is nothing for you to review." in text(client.get(reverse("applications:reviewing")))


def test_whoever_has_not_declared_is_asked_before_they_are_led_to_the_next(client, opened, rita):
    ReviewFactory(round=opened, reviewer=rita)
    listed = reverse("applications:review_round", args=[opened.public_id])
    button = reverse("applications:next_review", args=[opened.public_id])
    before = text(client.get(listed))
    declared(opened, rita)
    after = text(client.get(listed))

    found = [("Before you read anything" in page, button in page) for page in (before, after)]
    assert found == [(True, False), (False, True)]


@pytest.mark.parametrize("who", ["stranger", "administrator", "reviewer_elsewhere", "former_reviewer"])
def test_others_find_no_page_and_declare_nothing(client, opened, rita, page, who):
    person = {
        "stranger": UserFactory,
        "administrator": lambda: TeamRoleFactory(administrator=True, programme=opened.cohort.programme).person,
        "reviewer_elsewhere": lambda: reviewer_of(RoundFactory()),
        "former_reviewer": lambda: rita,
    }[who]()
    if who == "former_reviewer":
        rita.team_roles.update(ended_at=READING)
    client.force_login(person)
    found = [client.get(page), client.post(page, {"version": "0"}), client.get(page.removesuffix("interests/"))]

    assert [response.status_code for response in found] == [404, 404, 404]
    with pytest.raises(PermissionDenied):
        declared(opened, person)
    assert ReviewerInterests.objects.count() == 0
