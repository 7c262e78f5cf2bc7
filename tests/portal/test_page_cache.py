"""Public pages kept for anonymous visitors: for whom, how long, and what goes with them."""

import pytest
from django.db import DatabaseError
from django.test import Client

from cohorts.models import Cohort
from nextstep.portal import page_cache
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CohortFactory

pytestmark = pytest.mark.django_db


class Stopwatch:
    def __init__(self):
        self.time = 1000.0

    def monotonic(self):
        return self.time


@pytest.fixture
def stopwatch(monkeypatch):
    stopwatch = Stopwatch()
    monkeypatch.setattr(page_cache, "time", stopwatch)
    return stopwatch


@pytest.fixture
def visitor(settings, stopwatch, set_clock):
    """A browser whose process keeps pages for 15 seconds."""
    settings.PUBLIC_PAGE_SECONDS = 15
    set_clock(2025, 4, 29, 12)
    CohortFactory(programme__slug="next-step", slug="2025-26", name="First name")
    return Client()


def rename(name):
    Cohort.objects.update(name=name)


@pytest.mark.parametrize("address", ["/", "/next-step/2025-26/"])
def test_a_kept_page_asks_the_database_nothing(visitor, django_assert_num_queries, address):
    first = visitor.get(address)
    with django_assert_num_queries(0):
        second = visitor.get(address)
    assert second.content == first.content
    assert dict(second.items()) == dict(first.items())


def test_a_page_is_kept_for_its_seconds_and_no_longer(visitor, stopwatch):
    visitor.get("/")
    rename("Second name")
    stopwatch.time += 14.9
    assert "First name" in visitor.get("/").content.decode()
    stopwatch.time += 0.1
    assert "Second name" in visitor.get("/").content.decode()


def test_the_signed_in_see_a_change_at_once_and_leave_nothing_behind(visitor):
    visitor.get("/")
    rename("Second name")
    visitor.force_login(UserFactory(full_name="Fay Fellow"))
    page = visitor.get("/").content.decode()
    assert "Second name" in page
    assert "Fay Fellow" in page
    visitor.logout()
    visitor.cookies.clear()
    assert "Fay Fellow" not in visitor.get("/").content.decode()


def test_a_page_first_seen_signed_in_is_not_kept_for_others(visitor):
    visitor.force_login(UserFactory(full_name="Fay Fellow"))
    visitor.get("/")
    visitor.cookies.clear()
    assert "Fay Fellow" not in visitor.get("/").content.decode()


def test_a_visitor_with_a_waiting_message_gets_a_page_of_their_own(visitor, django_assert_num_queries):
    visitor.get("/")
    visitor.cookies["messages"] = "anything"
    with django_assert_num_queries(2):
        visitor.get("/")


def test_other_cookies_do_not_matter(visitor, django_assert_num_queries):
    visitor.get("/")
    visitor.cookies["csrftoken"] = "t" * 32
    with django_assert_num_queries(0):
        visitor.get("/")


def test_a_query_passes_the_kept_page_by(visitor):
    visitor.get("/")
    rename("Second name")
    assert "Second name" in visitor.get("/?from=mail").content.decode()


def test_an_unchanged_page_is_not_sent_again(visitor):
    first = visitor.get("/")
    again = visitor.get("/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Vary"], again["Cache-Control"]) == (first["ETag"], "Cookie", "no-cache")


def test_a_changed_page_is_sent_with_another_tag(visitor, stopwatch):
    first = visitor.get("/")
    rename("Second name")
    stopwatch.time += 15
    again = visitor.get("/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_a_kept_page_carries_the_headers_that_protect_it(visitor):
    visitor.get("/")
    response = visitor.get("/")
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert not response.cookies


def test_a_page_that_is_not_found_is_not_kept(visitor):
    assert visitor.get("/next-step/2030-31/").status_code == 404
    CohortFactory(programme=Cohort.objects.get().programme, slug="2030-31")
    assert visitor.get("/next-step/2030-31/").status_code == 200


def test_a_post_is_not_answered_from_a_kept_page(visitor):
    """The home page answers a POST as it always did; what matters is that nothing kept stands before it."""
    kept = visitor.get("/")
    assert "ETag" in kept
    assert "ETag" not in visitor.post("/")


def test_a_strange_host_is_refused_though_the_page_is_kept(visitor, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    visitor.get("/")
    assert visitor.get("/", headers={"host": "evil.example"}).status_code == 400


def test_without_seconds_nothing_is_kept(client):
    CohortFactory(name="First name")
    client.get("/")
    rename("Second name")
    assert "Second name" in client.get("/").content.decode()


# --- healthz ---------------------------------------------------------------------------------------------------------


def test_healthz_says_ok_while_the_database_answers(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content, response["Cache-Control"]) == (200, b"ok\n", "no-store")


def test_healthz_says_when_the_database_does_not_answer(client, monkeypatch):
    def fail():
        raise DatabaseError("gone")

    monkeypatch.setattr("nextstep.portal.views.public.connection.cursor", fail)
    assert client.get("/healthz").status_code == 503
