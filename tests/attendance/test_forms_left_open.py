"""Every write page of attendance: the session expired, or signing in elsewhere made its token old. Nothing is lost."""

import re

import pytest
from django.test import Client

from attendance.models import Excusal, Mark, RegisterClosure
from tests.factories.accounts import UserFactory
from tests.factories.attendance import ExcusalFactory, MarkFactory, RegisterClosureFactory
from tests.factories.cohorts import AttendanceRequirementFactory, PlaceFactory, TeamRoleFactory
from tests.factories.sessions_app import FaceToFaceDayFactory

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver", "Referer": "http://testserver/registers/"}


@pytest.fixture(autouse=True)
def that_evening(set_clock):
    set_clock(2025, 10, 8, 18)


def mark(day, place):
    return f"mark/{place.public_id}/", {"state": "present", "seen": "0"}


def minutes(day, place):
    MarkFactory(session=day, place=place, state="late")
    return f"person/{place.public_id}/minutes/", {"minutes": "300"}


def excuse(day, place):
    return f"person/{place.public_id}/excuse/", {
        "effect": "counts_as_met",
        "reason": "Caught <b>up</b>",
        "version": "0",
    }


def withdraw(day, place):
    ExcusalFactory(session=day, place=place)
    return f"person/{place.public_id}/withdraw/", {"version": "1"}


def close(day, place):
    return "close/", {"mark_absent": "yes"}


def reopen(day, place):
    RegisterClosureFactory(session=day)
    return "reopen/", {}


EVERY_WRITE = pytest.mark.parametrize("what", [mark, minutes, excuse, withdraw, close, reopen])


def rows():
    return (
        list(Mark.objects.values_list("state", "minutes")),
        list(Excusal.objects.values_list("effect", "reason")),
        RegisterClosure.objects.count(),
    )


AFTERWARDS = {
    "mark": ([("present", None)], [], 0),
    "minutes": ([("late", 300)], [], 0),
    "excuse": ([], [("counts_as_met", "Caught <b>up</b>")], 0),
    "withdraw": ([], [], 0),
    "close": ([("absent", None)], [], 1),
    "reopen": ([], [], 0),
}


@pytest.fixture
def day():
    day = FaceToFaceDayFactory()
    AttendanceRequirementFactory(cohort=day.cohort)
    return day


@pytest.fixture
def place(day):
    return PlaceFactory(cohort=day.cohort)


@pytest.fixture
def administrator(day):
    return TeamRoleFactory(administrator=True, programme=day.cohort.programme).person


def kept_at(answer):
    return re.search(r"/account/unsent/[0-9a-f-]+/", answer["Location"])[0]


def fields_of(page):
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    return {name: value.replace("&lt;", "<").replace("&gt;", ">") for name, value in found}


@EVERY_WRITE
def test_what_was_sent_after_the_session_expired_is_sent_again_after_sign_in(what, day, place, administrator):
    path, data = what(day, place)
    before, browser = rows(), Client()
    refused = browser.post(f"/registers/{day.public_id}/{path}", data, headers=HERE)
    assert rows() == before

    browser.force_login(administrator)
    page = browser.get(kept_at(refused))
    browser.post(f"{kept_at(refused)}send/", {**fields_of(page), **data})
    browser.post(f"/registers/{day.public_id}/{path}", data)

    assert {name: fields_of(page).get(name) for name in data} == data
    assert rows() == AFTERWARDS[what.__name__]


@EVERY_WRITE
def test_a_form_left_open_while_signing_in_elsewhere_loses_nothing(what, day, place, administrator):
    path, data = what(day, place)
    before, browser = rows(), Client(enforce_csrf_checks=True)
    browser.force_login(administrator)
    browser.get("/registers/")

    answer = browser.post(f"/registers/{day.public_id}/{path}", {**data, "csrfmiddlewaretoken": "x" * 64}, headers=HERE)
    page = browser.get(kept_at(answer))

    assert rows() == before
    assert {name: fields_of(page).get(name) for name in data} == data
    again = browser.post(f"{kept_at(answer)}send/", fields_of(page), headers=HERE)
    fresh = {**data, "csrfmiddlewaretoken": fields_of(page)["csrfmiddlewaretoken"]}
    assert (again.status_code, again["Location"]) == (307, f"/registers/{day.public_id}/{path}")
    browser.post(again["Location"], fresh, headers=HERE)
    assert rows() == AFTERWARDS[what.__name__]


@EVERY_WRITE
def test_somebody_without_a_role_writes_nothing(what, day, place):
    path, data = what(day, place)
    before, browser = rows(), Client()
    browser.force_login(UserFactory())

    answer = browser.post(f"/registers/{day.public_id}/{path}", data)

    assert (answer.status_code, rows()) == (403, before)


@EVERY_WRITE
def test_sending_twice_does_what_sending_once_does(what, day, place, administrator):
    path, data = what(day, place)
    browser = Client()
    browser.force_login(administrator)

    for _ in range(2):
        browser.post(f"/registers/{day.public_id}/{path}", data)

    assert rows() == AFTERWARDS[what.__name__]


@EVERY_WRITE
def test_a_get_of_an_address_that_writes_changes_nothing(what, day, place, administrator):
    path, data = what(day, place)
    before, browser = rows(), Client()
    browser.force_login(administrator)

    answer = browser.get(f"/registers/{day.public_id}/{path}", data)

    assert (answer.status_code, rows()) == (200 if path == "close/" else 405, before)
