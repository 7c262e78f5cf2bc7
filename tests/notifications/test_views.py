"""The demo's mailbox, and that it is the demo's alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from nextstep import urls
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db

urlpatterns = [path("demo/mailbox/", include("nextstep.notifications.urls")), *urls.urlpatterns]


@pytest.fixture
def demo(settings):
    settings.ROOT_URLCONF = __name__


@pytest.mark.parametrize("address", ["/demo/mailbox/", "/demo/mailbox/1/", "/demo/mailbox/1/html/"])
def test_there_is_no_mailbox_outside_the_demo(client, address):
    MessageFactory(pk=1)
    assert client.get(address).status_code == 404


def test_the_mailbox_lists_fifty_a_page_newest_first(demo, client, london):
    person = UserFactory(email="amina@example.nhs.uk")
    for number in range(51):
        MessageFactory(person=person, subject=f"Mail {number}", queued_at=london(2026, 3, 1, 9, number))
    first = client.get("/demo/mailbox/").content.decode()
    second = client.get("/demo/mailbox/", {"page": 2}).content.decode()
    assert first.index("Mail 50") < first.index("Mail 49") < first.index("Mail 1<")
    assert "Mail 0<" not in first
    assert "Mail 0<" in second


@pytest.mark.parametrize("messages", [1, 3])
def test_the_list_takes_the_same_queries_whatever_its_length(demo, client, messages):
    MessageFactory.create_batch(messages)
    with CaptureQueriesContext(connection) as queries:
        client.get("/demo/mailbox/")
    assert len([each for each in queries if "notifications_message" in each["sql"]]) == 2


def test_the_list_of_one_address(demo, client):
    mine, other = MessageFactory(subject="For me"), MessageFactory(subject="For you")
    page = client.get("/demo/mailbox/", {"to": mine.address.upper()}).content.decode()
    assert ("For me" in page, "For you" in page) == (True, False)
    assert other.address not in page


def test_an_empty_mailbox_says_what_happens_next(demo, client):
    assert "There is no mail yet." in client.get("/demo/mailbox/").content.decode()


def test_a_mail_is_shown_as_page_text_and_calendar(demo, client):
    message = MessageFactory(
        text="Open\nhttps://portal.test/x/\n", calendar="BEGIN:VCALENDAR", calendar_method="REQUEST"
    )
    page = client.get(f"/demo/mailbox/{message.pk}/").content.decode()
    assert f'src="/demo/mailbox/{message.pk}/html/"' in page
    assert 'sandbox=""' in page
    assert '<a href="https://portal.test/x/"' in page
    assert "BEGIN:VCALENDAR" in page


def test_a_mail_without_its_words_says_so(demo, client):
    message = MessageFactory(text="", html="", subject="")
    assert "The words of this mail were erased" in client.get(f"/demo/mailbox/{message.pk}/").content.decode()


def test_the_mails_html_may_stand_in_a_frame_of_ours_and_load_nothing(demo, client):
    message = MessageFactory(html="<p style='color:red'>Hello</p>")
    answer = client.get(f"/demo/mailbox/{message.pk}/html/")
    assert answer.content.decode() == message.html
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert sorted(answer["Content-Security-Policy"].split("; ")) == [
        "base-uri 'none'",
        "default-src 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "img-src 'none'",
        "object-src 'none'",
        "style-src 'unsafe-inline'",
    ]


@pytest.mark.parametrize("address", ["", "{pk}/", "{pk}/html/"])
def test_the_mailbox_is_read_and_nothing_else(demo, client, address):
    message = MessageFactory()
    assert client.post("/demo/mailbox/" + address.format(pk=message.pk)).status_code == 405
