"""The admin of programmes, cohorts, fellows, seats and teams: who sees what, and what saving does."""

import re

import pytest

from cohorts.models import Cohort, Programme
from cohorts.services import take_seat
from nextstep.audit.models import Event
from tests.cohorts.admin_pages import address, form_of, shown
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import (
    AttendanceRequirementFactory,
    CohortFactory,
    EligibilityCriterionFactory,
    GraduationTermsFactory,
    PlaceFactory,
    ProgrammeFactory,
    RequiredDocumentFactory,
    TeamRoleFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(set_clock):
    set_clock(2025, 4, 29, 12)


SEEN = {
    "owner": {"own", "sister", "foreign"},
    "administrator": {"own", "sister"},
    "local lead": {"own"},
}


@pytest.mark.parametrize("who", list(SEEN))
@pytest.mark.parametrize("model", ["cohort", "place", "seat", "teamrole"])
def test_a_list_shows_what_belongs_to_the_persons_cohorts(client, people, own, sister, foreign, who, model):
    cohorts = {"own": own, "sister": sister, "foreign": foreign}
    rows = {
        "cohort": lambda cohort: {cohort.pk},
        "place": lambda cohort: {PlaceFactory(cohort=cohort).pk},
        "seat": lambda cohort: set(cohort.seats.values_list("pk", flat=True)),
        "teamrole": lambda cohort: {TeamRoleFactory(cohort=cohort).pk},
    }[model]
    expected = set().union(*(rows(cohort) for name, cohort in cohorts.items() if name in SEEN[who]))
    unseen = set().union(*(rows(cohort) for name, cohort in cohorts.items() if name not in SEEN[who]), set())
    client.force_login(people[who])
    seen = shown(client.get(address(model)))
    assert expected <= seen
    assert not unseen & seen


@pytest.mark.parametrize(("who", "names"), [
    ("owner", {"Own programme", "Foreign programme"}),
    ("administrator", {"Own programme"}),
    ("local lead", set()),
])  # fmt: skip
def test_programmes_belong_to_their_administrators(client, people, who, names):
    client.force_login(people[who])
    response = client.get(address("programme"))
    assert {programme.name for programme in response.context["cl"].result_list} == names


@pytest.mark.parametrize("model", ["programme", "cohort", "place", "seat", "teamrole"])
def test_a_reviewer_has_no_business_in_the_admin(client, people, model):
    client.force_login(people["reviewer"])
    assert client.get(address(model)).status_code in {302, 403}


def test_what_is_not_theirs_is_not_there_by_its_address_either(client, people, foreign):
    client.force_login(people["administrator"])
    response = client.get(address("cohort", "change", foreign))
    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_what_is_not_theirs_is_not_changed_by_a_post(client, people, foreign):
    client.force_login(people["local lead"])
    client.post(address("cohort", "change", foreign), {"name": "Mine now"})
    foreign.refresh_from_db()
    assert foreign.name == "Foreign cohort"


def test_the_filter_offers_only_cohorts_that_the_person_administers(client, people, own, sister, foreign):
    client.force_login(people["administrator"])
    page = client.get(address("place")).content.decode()
    assert re.findall(r"(Own|Sister|Foreign) cohort", page) == ["Own", "Sister"]


@pytest.mark.parametrize(("who", "column"), [("administrator", "cohort_name"), ("owner", "cohort")])
def test_a_list_names_the_programme_only_to_those_who_have_several(client, people, own, who, column):
    PlaceFactory(cohort=own)
    client.force_login(people[who])
    page = client.get(address("place"))
    assert page.context["cl"].list_display[1:5] == ["fellow", "email", column, "seat"]
    assert (str(own) in page.content.decode()) == (who == "owner")


def test_a_list_is_headed_by_what_it_holds(client, people):
    client.force_login(people["administrator"])
    page = client.get(address("teamrole")).content.decode()
    assert "<title>Team roles – Next Step administration</title>" in page
    assert "<h1>Team roles</h1>" in page


def test_the_filter_narrows_to_a_cohort(client, people, own, sister):
    places = {cohort: PlaceFactory(cohort=cohort) for cohort in (own, sister)}
    client.force_login(people["administrator"])
    assert shown(client.get(address("place"), {"cohort": own.pk})) == {places[own].pk}


@pytest.mark.parametrize("value", ["x", "9999999", "-1", ""])
def test_a_filter_with_nonsense_shows_no_error(client, people, own, value):
    client.force_login(people["administrator"])
    assert client.get(address("place"), {"cohort": value}).status_code == 200


@pytest.mark.parametrize("model", ["cohort", "place", "seat", "teamrole", "programme"])
def test_nothing_is_deleted_in_the_admin(client, people, own, model):
    obj = {
        "cohort": own,
        "place": PlaceFactory(cohort=own),
        "seat": own.seats.last(),
        "teamrole": TeamRoleFactory(cohort=own),
        "programme": own.programme,
    }[model]
    client.force_login(people["owner"])
    assert client.post(address(model, "delete", obj), {"post": "yes"}).status_code == 403
    client.post(address(model), {"action": "delete_selected", "_selected_action": [obj.pk], "post": "yes"})
    assert type(obj).objects.filter(pk=obj.pk).exists()


@pytest.mark.parametrize("model", ["cohort", "place", "seat", "programme"])
def test_programmes_cohorts_fellows_and_seats_are_not_added_by_hand(client, people, model):
    client.force_login(people["owner"])
    assert client.get(address(model, "add")).status_code == 403


# --- cohorts ---------------------------------------------------------------------------------------------------------


def with_inlines(data):
    for prefix in ("eligibility_criteria", "required_documents", "attendance_requirements", "graduation_terms"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return data


def test_the_public_words_of_a_cohort_are_changed_and_recorded(client, people, own):
    lead = people["local lead"]
    client.force_login(lead)
    url = address("cohort", "change", own)
    response = client.post(url, with_inlines(form_of(client, url) | {"introduction": "Come and join us."}))
    assert response.status_code == 302
    own.refresh_from_db()
    assert (own.introduction, own.version) == ("Come and join us.", 2)
    event = Event.objects.get()
    assert (event.verb, event.actor, event.before, event.after) == (
        "cohorts.cohort_changed", lead, {"introduction": ""}, {"introduction": "Come and join us."},
    )  # fmt: skip


def test_more_places_add_seats(client, people, own):
    client.force_login(people["administrator"])
    url = address("cohort", "change", own)
    client.post(url, with_inlines(form_of(client, url) | {"places": 5}))
    assert own.seats.count() == 5


def test_fewer_places_than_are_taken_are_refused_on_the_form_with_what_was_typed(client, people, own):
    for person in UserFactory.create_batch(2):
        take_seat(cohort=own, person=person, by=None)
    client.force_login(people["administrator"])
    url = address("cohort", "change", own)
    response = client.post(url, with_inlines(form_of(client, url) | {"places": 1, "introduction": "A long text."}))
    form = response.context["adminform"].form
    assert form.non_field_errors() == ["2 places are taken or held by offers, so there cannot be only 1."]
    assert form["introduction"].value() == "A long text."
    own.refresh_from_db()
    assert (own.places, own.introduction, own.seats.count()) == (3, "", 3)


def test_a_page_opened_before_somebody_else_saved_is_stale(client, people, own):
    client.force_login(people["administrator"])
    url = address("cohort", "change", own)
    data = with_inlines(form_of(client, url) | {"introduction": "Mine"})
    Cohort.objects.filter(pk=own.pk).update(introduction="Theirs", version=2)
    response = client.post(url, data)
    assert response.context["adminform"].form.non_field_errors() == [
        "This has changed since you opened the page. Check it and try again."
    ]
    assert Cohort.objects.get(pk=own.pk).introduction == "Theirs"


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"applications_close_at_0": "2025-03-25", "applications_close_at_1": "00:00"}, "applications_close_at",
         "Applications must close after they open."),
        ({"ends_on": "2025-10-07"}, "ends_on", "The cohort must end on or after the day it commences."),
        ({"present_share": "0"}, "present_share", "Enter a number from 1 to 100."),
        ({"present_share": "101"}, "present_share", "Enter a number from 1 to 100."),
        ({"places": "0"}, "places", "Enter 1 or more."),
    ],
)  # fmt: skip
def test_impossible_values_are_refused_in_plain_english(client, people, own, typed, field, message):
    client.force_login(people["administrator"])
    url = address("cohort", "change", own)
    response = client.post(url, with_inlines(form_of(client, url) | typed))
    assert dict(response.context["adminform"].form.errors) == {field: [message]}


def test_a_cohorts_page_shows_its_rules_and_what_happened(client, people, own):
    EligibilityCriterionFactory(cohort=own, rule="within_years_of_cct", parameters={"years": 2})
    RequiredDocumentFactory(cohort=own, label="Supporting statement", number=2)
    AttendanceRequirementFactory(cohort=own, session_kind="masterclass", all_of_them=False, at_least=4)
    GraduationTermsFactory(cohort=own, alumni=["Mentor pool"])
    client.force_login(people["owner"])
    url = address("cohort", "change", own)
    client.post(url, with_inlines(form_of(client, url) | {"queue": 4}))
    page = client.get(url).content.decode()
    for words in ("within_years_of_cct", "Supporting statement", "at least 4", "Mentor pool", "Cohort changed"):
        assert words in page


def test_the_history_address_leads_to_the_page_that_shows_it(client, people, own):
    client.force_login(people["owner"])
    response = client.get(address("cohort", "history", own))
    assert response["Location"] == address("cohort", "change", own)


def test_lists_of_a_programme_are_typed_one_a_line(client, people, own):
    client.force_login(people["administrator"])
    url = address("programme", "change", own.programme)
    data = form_of(client, url) | {"delivery_partners": "King's Health Partners\n\n  King's Business School \n"}
    assert client.post(url, data).status_code == 302
    programme = Programme.objects.get(pk=own.programme.pk)
    assert programme.delivery_partners == ["King's Health Partners", "King's Business School"]
    assert Event.objects.get().after == {"delivery_partners": programme.delivery_partners}


# --- fellows ---------------------------------------------------------------------------------------------------------


def test_a_supervisor_is_corrected_without_their_name_in_the_audit(client, people, own):
    place = PlaceFactory(cohort=own)
    client.force_login(people["local lead"])
    url = address("place", "change", place)
    assert client.post(url, form_of(client, url) | {"supervisor_name": "Dr New"}).status_code == 302
    place.refresh_from_db()
    assert place.supervisor_name == "Dr New"
    assert Event.objects.get().after == {"supervisor_name": "changed"}


def test_fellows_are_found_by_name(client, people, own):
    wanted = PlaceFactory(cohort=own, fellow__full_name="Zara Quill")
    PlaceFactory(cohort=own)
    client.force_login(people["local lead"])
    assert shown(client.get(address("place"), {"q": "quill"})) == {wanted.pk}


def test_a_seat_says_whether_an_offer_or_a_fellow_holds_it(client, people, own):
    PlaceFactory(cohort=own)
    take_seat(cohort=own, person=UserFactory(), by=None)
    client.force_login(people["local lead"])
    page = client.get(address("seat")).content.decode()
    assert re.findall(r'class="field-fellow">(\w+)<', page) == ["fellow", "offer", "free"]
    assert len(shown(client.get(address("seat"), {"taken": "yes"}))) == 2
    assert len(shown(client.get(address("seat"), {"taken": "no"}))) == 1


# --- teams -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["cohort", "place", "seat", "teamrole", "programme"])
def test_a_lists_queries_do_not_grow_with_its_rows(client, django_assert_max_num_queries, people, own, model):
    def three_more():
        for _ in range(3):
            PlaceFactory(cohort=CohortFactory(programme=own.programme))
            TeamRoleFactory(cohort=own)
            TeamRoleFactory(administrator=True, person=people["administrator"], programme=ProgrammeFactory())

    client.force_login(people["administrator"])
    client.get(address(model))
    three_more()
    with django_assert_max_num_queries(12) as few:
        client.get(address(model))
    three_more()
    with django_assert_max_num_queries(len(few)):
        client.get(address(model))
