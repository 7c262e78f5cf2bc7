"""Sending again what was given up, and erasing words that are no longer needed."""

import logging
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core import mail
from django.core.mail import EmailMessage
from django.test import RequestFactory

from nextstep.audit.models import Event
from nextstep.notifications.backends import DemoBackend
from nextstep.notifications.envelope import envelope
from nextstep.notifications.models import Message
from nextstep.notifications.selectors import given_up_messages
from nextstep.notifications.services import drain, erase_old_words, queue_message, send_again
from nextstep.refusals import Refused, Stale
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db


def test_what_was_given_up_goes_again_under_the_same_id():
    message, owner = MessageFactory(state="given_up", attempts=8, error="no"), OwnerFactory()
    send_again(message=message, by=owner)
    assert drain() == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == message.message_id
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == ("sent", 1, "")
    event = Event.objects.about(message).get()
    assert (event.verb, event.actor, event.after) == ("notifications.sent_again", owner, {"state": "waiting"})


@pytest.mark.parametrize("state", ["waiting", "sending", "withheld"])
def test_only_what_was_given_up_can_go_again(state):
    message = MessageFactory(state=state)
    with pytest.raises(Refused, match="Only a message that was given up"):
        send_again(message=message, by=OwnerFactory())


def test_a_message_without_its_words_cannot_go_again():
    with pytest.raises(Refused, match="words of this message were erased"):
        send_again(message=MessageFactory(state="given_up", text=""), by=OwnerFactory())


def test_of_two_who_send_again_one_does():
    message = MessageFactory(state="given_up")
    seen_before = Message.objects.get(pk=message.pk)
    send_again(message=message, by=OwnerFactory())
    with pytest.raises(Stale):
        send_again(message=seen_before, by=OwnerFactory())


def test_old_words_are_erased_and_the_occasion_is_remembered(greeting, settings, london):
    settings.MAIL_KEPT_DAYS = 90
    now, person = london(2026, 6, 1), UserFactory()
    queue_message(code="tests.greeting", to=person, occasion="old", context={"name": "A"})
    old = Message.objects.filter(occasion="old")
    old.update(state="sent", sent_at=now, due_at=now - timedelta(days=91))
    young = MessageFactory(state="sent", sent_at=now, due_at=now - timedelta(days=89))
    waiting = MessageFactory(due_at=now - timedelta(days=91))

    assert erase_old_words(now) == 1
    assert erase_old_words(now) == 0

    erased = old.get()
    assert (erased.subject, erased.text, erased.html, erased.address) == ("", "", "", "")
    assert queue_message(code="tests.greeting", to=person, occasion="old", context={"name": "A"}) is None
    assert set(Message.objects.exclude(text="")) == {young, waiting}


@pytest.fixture
def message_admin():
    return admin.site.get_model_admin(Message)


def request_by(user):
    request = RequestFactory().post("/")
    request.user, request.session = user, {}
    request._messages = FallbackStorage(request)
    return request


@pytest.mark.parametrize(("factory", "may_look"), [(OwnerFactory, True), (UserFactory, False)])
def test_owners_look_at_the_outbox_and_nobody_writes_in_it(message_admin, factory, may_look):
    perms = message_admin.get_model_perms(request_by(factory()))
    assert perms == {"view": may_look, "add": False, "change": False, "delete": False}


def test_the_admins_action_sends_again_what_it_can_and_says_what_it_cannot(message_admin):
    given_up, sent = MessageFactory(state="given_up"), MessageFactory()
    request = request_by(OwnerFactory())
    message_admin.send_given_up_again(request, Message.objects.order_by("pk"))
    given_up.refresh_from_db()
    assert given_up.state == "waiting"
    assert [str(each) for each in request._messages] == [
        f"{sent}: Only a message that was given up can be sent again.",
        "1 put back into the queue. They go within a minute.",
    ]
    assert list(given_up_messages()) == []


def test_the_demo_logs_what_is_in_no_outbox(caplog):
    caplog.set_level(logging.INFO)
    code = EmailMessage("Your code", "123456", to=["a@example.nhs.uk"])
    assert DemoBackend().send_messages([envelope(MessageFactory()), code]) == 2
    assert caplog.messages == ["Mail to a@example.nhs.uk\nSubject: Your code\n\n123456"]
