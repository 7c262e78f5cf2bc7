"""What becomes of a message: sent, tried again, given up, withheld."""

import email
import email.policy
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from nextstep import clock
from nextstep.notifications.models import Message
from nextstep.notifications.rules.delivery import BATCH, LEASE
from nextstep.notifications.services import drain
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db

SOMEBODY = "11111111-1111-4111-8111-111111111111"


class BrokenOnce:
    """A transport that breaks off in the middle of a chosen message."""

    def __init__(self, breaks_at, error):
        self.breaks_at, self.error, self.sent = breaks_at, error, []

    def open(self):
        pass

    def close(self):
        pass

    def send_messages(self, messages):
        number = len(self.sent)
        self.sent.append(messages[0].to[0])
        if number == self.breaks_at:
            raise self.error


def test_a_sent_message_carries_its_stored_id_words_and_moment(set_clock):
    at = set_clock(2026, 3, 1, 9)
    message = MessageFactory()

    assert drain() == 1

    message.refresh_from_db()
    assert (message.state, message.sent_at, message.attempts, message.claim) == ("sent", at, 1, None)
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to) == ("Hello", "Hello there.\n", [message.address])
    assert sent.extra_headers["Message-ID"] == message.message_id
    assert [(part.content, part.mimetype) for part in sent.alternatives] == [("<p>Hello there.</p>", "text/html")]


def test_nothing_is_sent_twice():
    MessageFactory()
    assert [drain(), drain()] == [1, 0]
    assert len(mail.outbox) == 1


def test_a_message_waits_until_it_is_due(set_clock, london):
    set_clock(2026, 3, 1, 9)
    MessageFactory(due_at=london(2026, 3, 1, 9, 1))
    assert drain() == 0
    set_clock(2026, 3, 1, 9, 1)
    assert drain() == 1


def test_the_calendar_goes_as_an_alternative_and_as_a_file():
    MessageFactory(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", calendar_method="REQUEST")
    drain()

    parts = list(email.message_from_bytes(mail.outbox[0].message().as_bytes()).walk())
    assert [part.get_content_type() for part in parts] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "text/calendar",
    ]
    alternative, file = parts[-2:]
    assert (alternative.get_param("method"), alternative.get_filename()) == ("REQUEST", None)
    assert file.get_filename() == "invitation.ics"


@pytest.mark.parametrize("subject", ["Hello", "Café on the ward", "Your place is confirmed " * 8, "Naïve " * 30])
def test_headers_and_words_arrive_as_they_were_stored(mail_server, subject):
    message = MessageFactory(subject=subject.strip(), text="Grüße.\n", html=f"<p>{'long ' * 300}</p>")
    assert drain() == 1

    content = mail_server.mails[0][1]
    arrived = email.message_from_bytes(content, policy=email.policy.default)
    # A long first word is folded away from the name: the reader of mail takes off the space.
    assert (arrived["Subject"].strip(), arrived["To"], arrived["Message-ID"]) == (
        message.subject,
        message.address,
        message.message_id,
    )
    parts = [part.get_content().replace("\r\n", "\n") for part in arrived.iter_parts()]
    assert parts == [message.text, message.html]
    assert max(map(len, content.partition(b"\r\n\r\n")[0].split(b"\r\n"))) <= 78


def test_a_letter_that_cannot_be_written_costs_only_itself(mail_server):
    MessageFactory(subject="Two\nlines")
    well = MessageFactory()
    assert drain() == 1
    assert list(mail_server.by_id) == [well.message_id]


def test_a_person_gets_it_at_the_address_they_have_by_now():
    message = MessageFactory()
    message.person.email = "new@example.nhs.uk"
    message.person.save()
    drain()
    message.refresh_from_db()
    assert (mail.outbox[0].to, message.address) == (["new@example.nhs.uk"], "new@example.nhs.uk")


def test_a_closed_account_is_sent_nothing():
    message = MessageFactory(person=UserFactory(is_active=False))
    assert drain() == 0
    message.refresh_from_db()
    assert (message.state, message.error, mail.outbox) == ("withheld", "The account is closed.", [])


def test_a_failure_is_tried_again_ever_later_and_then_given_up(set_clock, monkeypatch, caplog):
    monkeypatch.setattr(
        "nextstep.notifications.services.delivery.get_connection", lambda: BrokenOnce(0, ValueError("no"))
    )
    message = MessageFactory(due_at=set_clock(2026, 3, 1, 9))
    waits = []
    for _ in range(7):
        with clock.at(message.due_at):
            drain()
        before, _ = message.due_at, message.refresh_from_db()
        assert (message.state, message.error) == ("waiting", "ValueError: no")
        waits.append((message.due_at - before) / timedelta(minutes=1))
    assert waits == [1, 5, 15, 60, 240, 720, 1080]
    assert caplog.records == []

    with clock.at(message.due_at):
        drain()

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("given_up", 8)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert message.address not in caplog.text


def test_one_failure_does_not_stop_the_others(monkeypatch):
    transport = BrokenOnce(0, ValueError("no"))
    monkeypatch.setattr("nextstep.notifications.services.delivery.get_connection", lambda: transport)
    messages = MessageFactory.create_batch(3)
    assert drain() == 2
    assert [Message.objects.get(pk=each.pk).state for each in messages] == ["waiting", "sent", "sent"]


def test_a_server_that_hangs_up_costs_the_rest_of_the_batch_no_try(monkeypatch):
    transport = BrokenOnce(1, ConnectionResetError("gone"))
    monkeypatch.setattr("nextstep.notifications.services.delivery.get_connection", lambda: transport)
    messages = MessageFactory.create_batch(4)
    assert drain() == 3
    after = [Message.objects.get(pk=each.pk) for each in messages]
    assert [(each.state, each.attempts) for each in after] == [("sent", 1), ("waiting", 1), ("sent", 1), ("sent", 1)]


def test_a_server_that_cannot_be_reached_leaves_what_it_was_not_asked_for(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    MessageFactory.create_batch(BATCH + 1, person=UserFactory())
    assert drain() == 0
    assert sorted(Message.objects.values_list("state", "attempts")) == [("waiting", 0)] + [("waiting", 1)] * BATCH


def test_a_recipient_refused_for_good_is_given_up_and_for_now_is_tried_again(mail_server):
    gone, full, well = MessageFactory.create_batch(3)
    mail_server.refusals = {gone.address: "550 No such person", full.address: "452 Mailbox full"}
    assert drain() == 1
    for message in (gone, full, well):
        message.refresh_from_db()
    assert [each.state for each in (gone, full, well)] == ["given_up", "waiting", "sent"]
    assert gone.error == "550 b'No such person'"


def test_a_batch_takes_one_connection(mail_server):
    MessageFactory.create_batch(5)
    assert drain() == 5
    assert (mail_server.connections, len(mail_server.by_id)) == (1, 5)


def test_a_claim_is_left_alone_until_its_lease_is_over(time_machine, london):
    time_machine.move_to(london(2026, 3, 1, 9), tick=False)
    message = MessageFactory(state="sending", attempts=1, lease_until=clock.wall() + LEASE, claim=SOMEBODY)
    assert drain() == 0
    time_machine.shift(LEASE)
    assert drain() == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 2)


def test_a_pinned_clock_does_not_end_another_process_claim(set_clock):
    MessageFactory(
        state="sending",
        lease_until=clock.wall() + LEASE,
        claim=SOMEBODY,
        due_at=clock.now(),
    )
    set_clock(2036, 1, 1)
    assert drain() == 0


def test_who_lost_the_claim_reports_nothing(monkeypatch):
    message = MessageFactory()

    class Slow(BrokenOnce):
        def send_messages(self, messages):
            Message.objects.update(claim=SOMEBODY)

    monkeypatch.setattr("nextstep.notifications.services.delivery.get_connection", lambda: Slow(None, None))
    monkeypatch.setattr("nextstep.notifications.services.delivery.DRAIN_FOR", timedelta(seconds=30))
    drain()
    message.refresh_from_db()
    assert message.state == "sending"


@pytest.mark.django_db(transaction=True)
def test_two_drains_at_once_send_each_message_once(mail_server):
    people = UserFactory.create_batch(5)
    for number in range(300):
        MessageFactory(person=people[number % 5])
    gate, sent = threading.Barrier(3), []

    def drain_beside_others():
        gate.wait()
        sent.append(drain())
        connection.close()

    threads = [threading.Thread(target=drain_beside_others) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(sent) == 300
    assert (len(mail_server.by_id), set(mail_server.by_id.values())) == (300, {1})
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}
