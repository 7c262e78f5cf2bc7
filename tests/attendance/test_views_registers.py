"""The register: who opens it, a tap with script and without, a search, closing; double, stale and forbidden posts."""

import re

import pytest
from django.test import Client

from attendance import services
from attendance.enums import MarkState
from attendance.models import Mark, RegisterClosure
from cohorts.enums import Role
from sessions_app.enums import SessionState
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.attendance import MarkFactory, RegisterClosureFactory
from tests.factories.cohorts import PlaceFactory, TeamRoleFactory
from tests.factories.sessions_app import FaceToFaceDayFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def in_the_room(set_clock):
    set_clock(2025, 10, 8, 9, 5)


@pytest.fixture
def day():
    return FaceToFaceDayFactory(title="Systems Leadership")


@pytest.fixture
def place(day):
    return PlaceFactory(cohort=day.cohort, fellow__full_name="Ada Abara")


@pytest.fixture
def facilitator(client, day):
    person = TeamRoleFactory(cohort=day.cohort, role=Role.FACILITATOR, person__full_name="Fay Field").person
    client.force_login(person)
    return person


@pytest.fixture
def administrator(client, day):
    person = TeamRoleFactory(administrator=True, programme=day.cohort.programme).person
    client.force_login(person)
    return person


def address(day, place=None, what="mark"):
    return f"/registers/{day.public_id}/" + (f"{what}/{place.public_id}/" if place else "")


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def states():
    return list(Mark.objects.values_list("state", "version"))


# --- who --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMINISTRATOR, 200),
        (Role.LOCAL_LEAD, 200),
        (Role.FACILITATOR, 200),
        (Role.COACH, 403),
        (Role.REVIEWER, 403),
        (Role.JUDGE, 403),
    ],
)
def test_who_opens_a_register(client, day, role, status):
    where = (
        {"programme": day.cohort.programme, "cohort": None} if role == Role.ADMINISTRATOR else {"cohort": day.cohort}
    )
    client.force_login(TeamRoleFactory(role=role, **where).person)

    assert (client.get(address(day)).status_code, client.get("/registers/").status_code) == (status, status)


def test_a_fellow_and_a_facilitator_of_another_cohort_are_refused_everything(client, day, place):
    for person in (place.fellow, TeamRoleFactory(role=Role.FACILITATOR).person):
        client.force_login(person)
        got = [client.get(address(day)), client.get(f"{address(day)}close/"), client.get(address(day, place, "person"))]
        posted = [
            client.post(address(day, place), {"state": "present"}),
            client.post(f"{address(day)}close/", {"mark_absent": "yes"}),
            client.post(f"{address(day)}reopen/"),
            client.post(f"{address(day, place, 'person')}minutes/", {"minutes": 1}),
            client.post(f"{address(day, place, 'person')}excuse/", {}),
            client.post(f"{address(day, place, 'person')}withdraw/", {}),
        ]
        assert [response.status_code for response in got + posted] == [403] * 9
    assert (Mark.objects.count(), RegisterClosure.objects.count()) == (0, 0)


def test_a_stranger_is_led_to_sign_in_and_a_script_is_told_so(client, day, place):
    answer = client.post(address(day, place), {"state": "present"})
    told = client.post(address(day, place), {"state": "present"}, headers=HTMX)

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/sign-in/")
    assert (told.status_code, states()) == (401, [])


def test_a_register_that_is_not_there_is_not_found(client, facilitator, place):
    assert client.get("/registers/00000000-0000-0000-0000-000000000000/").status_code == 404


def test_a_person_of_another_cohort_is_not_found(client, facilitator, day):
    assert client.post(address(day, PlaceFactory()), {"state": "present"}).status_code == 404


@pytest.mark.parametrize("path", ["mark", "reopen"])
def test_a_get_writes_nothing(client, facilitator, day, place, path):
    where = address(day, place) if path == "mark" else f"{address(day)}reopen/"

    assert (client.get(where, {"state": "present"}).status_code, states()) == (405, [])


# --- a tap ------------------------------------------------------------------------------------------------------------


def test_a_tap_without_script_saves_and_leads_back_to_the_person(client, facilitator, day, place):
    answer = client.post(address(day, place), {"state": "present", "seen": "0", "q": "ada a"})

    assert (answer.status_code, answer["Location"]) == (302, f"{address(day)}?q=ada+a#person-{place.public_id}")
    page = text_of(client.get(address(day)))
    assert "Present, saved 9:05am" in page
    assert "1 present, 0 late, 0 absent, 0 not marked" in page


def test_a_tap_with_script_answers_that_row_and_the_count(client, facilitator, day, place):
    PlaceFactory(cohort=day.cohort, fellow__full_name="Somebody Else")

    answer = client.post(address(day, place), {"state": "late", "seen": "0"}, headers=HTMX)

    words = text_of(answer)
    assert answer.status_code == 200
    assert "Ada Abara Late, saved 9:05am" in words
    assert "Somebody Else" not in words
    assert words.endswith("0 present, 1 late, 0 absent, 1 not marked")
    assert "<html" not in answer.content.decode()


def test_the_same_tap_twice_is_one_mark(client, facilitator, day, place):
    answers = [client.post(address(day, place), {"state": "present", "seen": "0"}, headers=HTMX) for _ in range(2)]

    assert ([answer.status_code for answer in answers], states()) == ([200, 200], [("present", 1)])


def test_undo_unmarks_and_twice_does_no_harm(client, facilitator, day, place):
    client.post(address(day, place), {"state": "present"})

    answers = [client.post(address(day, place), {"state": "clear", "seen": "1"}, headers=HTMX) for _ in range(2)]

    assert states() == []
    assert ["Not marked" in text_of(answer) for answer in answers] == [True, True]


def test_undo_from_a_stale_page_leaves_what_somebody_else_wrote(client, facilitator, day, place):
    services.mark(session=day, place=place, state=MarkState.LATE, by=facilitator)
    services.mark(session=day, place=place, state=MarkState.ABSENT, by=OwnerFactory())

    answer = client.post(address(day, place), {"state": "clear", "seen": "1"}, headers=HTMX)

    assert (states(), answer.status_code) == ([("absent", 2)], 200)
    assert "Absent, saved 9:05am" in text_of(answer)
    assert "Somebody else has marked this person since. Check it and try again." in text_of(answer)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_tap_on_a_stale_page_wins_and_says_whose_mark_it_replaced(client, facilitator, day, place, headers):
    other = OwnerFactory(full_name="Olu Owner")
    services.mark(session=day, place=place, state=MarkState.LATE, by=other)

    answer = client.post(address(day, place), {"state": "present", "seen": "0"}, headers=headers, follow=True)

    assert states() == [("present", 2)]
    assert "Olu Owner had marked Ada Abara as late at 9:05am. It now says present." in text_of(answer)


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("data", [{}, {"state": "asleep"}, {"state": "present", "seen": "x"}])
def test_a_tap_that_says_nothing_known_changes_nothing(client, facilitator, day, place, headers, data):
    answer = client.post(address(day, place), data, headers=headers, follow=True)

    assert (states(), answer.status_code) == ([], 200)
    assert "Choose present, late or absent." in text_of(answer)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_tap_the_day_before_says_when_the_register_opens(client, facilitator, day, place, set_clock, headers):
    set_clock(2025, 10, 7, 23, 59)

    answer = client.post(address(day, place), {"state": "present"}, headers=headers, follow=True)

    assert (states(), "This register opens on 8 October 2025." in text_of(answer)) == ([], True)


def test_a_closed_register_says_whom_to_ask(client, facilitator, day, place):
    RegisterClosureFactory(session=day)

    answer = client.post(address(day, place), {"state": "present"}, headers=HTMX)

    assert (states(), "This register is closed. Ask an administrator" in text_of(answer)) == ([], True)


def test_a_forged_tap_is_refused(facilitator, day, place):
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(facilitator)

    guarded.post(address(day, place), {"state": "present"})

    assert states() == []


@pytest.mark.parametrize("before", [None, MarkState.LATE])
def test_a_tap_takes_at_most_ten_questions(client, facilitator, day, place, before, django_assert_max_num_queries):
    if before:
        MarkFactory(session=day, place=place, state=before)

    # Two more here than in the portal: within a test a transaction is a savepoint, which is counted.
    with django_assert_max_num_queries(12):
        client.post(address(day, place), {"state": "present", "seen": "0"}, headers=HTMX)


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fellows", [1, 3, 70])
def test_a_register_asks_the_same_questions_for_one_and_for_seventy(
    client, facilitator, day, fellows, django_assert_num_queries
):
    MarkFactory.create_batch(fellows, session=day)

    with django_assert_num_queries(6):
        response = client.get(address(day))

    assert response.content.count(b'class="app-register__person"') == fellows


def test_a_search_shows_who_was_meant_and_keeps_the_count_of_all(client, facilitator, day, place):
    PlaceFactory(cohort=day.cohort, fellow__full_name="Ben Bell")

    page = text_of(client.get(address(day), {"q": "  ABARA "}))

    assert ("Ada Abara" in page, "Ben Bell" in page, "2 not marked" in page) == (True, False, True)
    assert "Nobody on this register has a name like “<b>”." in client.get(
        address(day), {"q": "<b>"}
    ).content.decode().replace("&lt;", "<").replace("&gt;", ">")


@pytest.mark.parametrize(
    ("moment", "state", "closed", "words", "buttons"),
    [
        ((2025, 10, 7, 12), SessionState.PUBLISHED, False, "This register opens on 8 October 2025.", 0),
        ((2025, 10, 8, 12), SessionState.PUBLISHED, False, "Close the register", 3),
        ((2025, 10, 8, 12), SessionState.PUBLISHED, True, "Ask an administrator of the programme to change it.", 0),
        ((2025, 10, 8, 12), SessionState.CANCELLED, False, "It counts as attended for everyone", 0),
    ],
)
def test_a_register_has_buttons_only_while_it_can_be_written_in(
    client, facilitator, day, place, set_clock, moment, state, closed, words, buttons
):
    set_clock(*moment)
    type(day).objects.update(state=state)
    if closed:
        RegisterClosureFactory(session=day)

    page = client.get(address(day))

    assert (words in text_of(page), page.content.count(b'class="app-register__choice"')) == (True, buttons)


def test_an_administrator_writes_in_a_closed_register_and_opens_it_again(client, administrator, day, place):
    RegisterClosureFactory(session=day)

    page = client.get(address(day))
    client.post(address(day, place), {"state": "present"})
    answer = client.post(f"{address(day)}reopen/", follow=True)
    again = client.post(f"{address(day)}reopen/", follow=True)

    assert "Open the register again" in text_of(page)
    assert (states(), RegisterClosure.objects.count()) == ([("present", 1)], 0)
    assert "The register is open again." in text_of(answer)
    assert "This register is open already." in text_of(again)


def test_a_facilitator_does_not_open_a_register_again(client, facilitator, day):
    RegisterClosureFactory(session=day)

    assert (client.post(f"{address(day)}reopen/").status_code, RegisterClosure.objects.count()) == (403, 1)


def test_closing_asks_what_to_do_with_the_others_and_does_it_once(client, facilitator, day, place):
    page = client.get(f"{address(day)}close/")
    refused = client.post(f"{address(day)}close/", {})
    answer = client.post(f"{address(day)}close/", {"mark_absent": "yes"}, follow=True)
    again = client.post(f"{address(day)}close/", {"mark_absent": "yes"}, follow=True)

    assert "0 present, 0 late, 0 absent, 1 not marked" in text_of(page)
    assert "Select whether the people you did not mark were absent" in text_of(refused)
    assert "<title>Error: " in refused.content.decode()
    assert "The register is closed." in text_of(answer)
    assert "This register is closed already." in text_of(again)
    assert (states(), RegisterClosure.objects.count()) == ([("absent", 1)], 1)


def test_closing_a_complete_register_asks_nothing(client, facilitator, day, place):
    MarkFactory(session=day, place=place, state=MarkState.PRESENT)
    assert "did not mark" not in text_of(client.get(f"{address(day)}close/"))
    answer = client.post(f"{address(day)}close/", {}, follow=True)
    assert "The register is closed." in text_of(answer)
    assert (states(), RegisterClosure.objects.count()) == ([("present", 1)], 1)


# --- the list ---------------------------------------------------------------------------------------------------------


def test_the_list_shows_todays_registers_first(client, facilitator, day, london):
    later = FaceToFaceDayFactory(cohort=day.cohort, title="Power and Politics", starts_at=london(2025, 10, 15, 9))
    earlier = FaceToFaceDayFactory(cohort=day.cohort, title="A first evening", starts_at=london(2025, 10, 1, 18))
    FaceToFaceDayFactory(title="Of another cohort")

    page = text_of(client.get("/registers/"))

    order = [page.index(words) for words in ("Today", day.title, "Coming up", later.title, "The last 2", earlier.title)]
    assert order == sorted(order)
    assert ("Of another cohort" in page, "How fellows stand" in page) == (False, False)


@pytest.mark.parametrize("sessions", [1, 3, 9])
def test_the_list_asks_the_same_questions_however_many_sessions(
    client, administrator, day, sessions, django_assert_num_queries, london
):
    FaceToFaceDayFactory.create_batch(sessions, cohort=day.cohort, starts_at=london(2025, 10, 9, 9))

    with django_assert_num_queries(5):
        assert client.get("/registers/").status_code == 200


def test_a_person_without_any_role_has_no_list(client):
    client.force_login(UserFactory())

    assert client.get("/registers/").status_code == 403


@pytest.mark.parametrize("sessions", [1, 3, 60])
def test_every_register_is_listed_fifty_a_page_by_the_same_questions(
    client, administrator, day, sessions, django_assert_max_num_queries, london
):
    FaceToFaceDayFactory.create_batch(sessions - 1, cohort=day.cohort, starts_at=london(2024, 10, 9, 9))

    with django_assert_max_num_queries(6):
        page = client.get("/registers/all/")

    assert text_of(page).count("9am to 5pm") == min(sessions, 50)
