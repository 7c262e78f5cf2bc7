"""A drain that is killed with -9 in the middle: everybody still gets each occasion once."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from nextstep import clock
from nextstep.notifications.models import Message
from nextstep.notifications.services import drain
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory

SENDS_AND_STOPS = """
import django, os
django.setup()
from django.conf import settings
from django.core.mail.backends import smtp
settings.DATABASES["default"]["NAME"] = os.environ["NAME_OF_DATABASE"]
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(os.environ["PORT_OF_MAIL"])
send, sent = smtp.EmailBackend.send_messages, []
def send_then_wait(self, messages):
    send(self, messages)
    sent.append(messages)
    if len(sent) == 7:
        # The server has the seventh; nobody wrote that down yet.
        print("seventh", flush=True)
        import time; time.sleep(60)
smtp.EmailBackend.send_messages = send_then_wait
from nextstep.notifications.services import drain
drain()
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_drain_loses_nothing_and_doubles_no_message_id(mail_server):
    people = UserFactory.create_batch(4)
    for number in range(20):
        MessageFactory(person=people[number % 4])
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "nextstep.settings.test",
        "NAME_OF_DATABASE": str(connection.settings_dict["NAME"]),
        "PORT_OF_MAIL": str(mail_server.port),
    }
    killed = subprocess.Popen(
        [sys.executable, "-c", SENDS_AND_STOPS], env=environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE
    )
    with killed:
        assert killed.stdout.readline() == b"seventh\n"
        killed.send_signal(signal.SIGKILL)

    assert drain() == 0, "the dead one's lease is not over"
    Message.objects.filter(state="sending").update(lease_until=clock.wall() - timedelta(seconds=1))
    drain()

    assert Message.objects.sent().count() == 20
    assert len(mail_server.by_id) == 20
    # The one in its hand when it died went again under the same Message-ID, and only that one.
    assert sorted(mail_server.by_id.values()) == [1] * 19 + [2]
    assert len({(tuple(to), content.partition(b"\r\n\r\n")[0]) for to, content in mail_server.mails}) <= 21
