"""A message of the catalogue that only these tests know, and a mail server that counts."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller

from nextstep.notifications import catalogue, reminders
from nextstep.notifications.catalogue import MessageType
from nextstep.notifications.reminders import Reminder

GREETING = MessageType(
    code="tests.greeting",
    subject="Hello {name}",
    template="tests/greeting.txt",
    about="Sent by tests alone.",
)
WORDS = "# Hello {{ name }}\n\nYour code is {{ name }}.\n\nOpen the page:\n{{ site_url }}/page/\n"


@pytest.fixture
def greeting(settings, monkeypatch) -> MessageType:
    """The message type `tests.greeting`, with a template that lies in memory."""
    loaders = [("django.template.loaders.locmem.Loader", {"tests/greeting.txt": WORDS})]
    template_settings = settings.TEMPLATES[0]
    options = {**template_settings["OPTIONS"], "loaders": loaders}
    settings.TEMPLATES = [{**template_settings, "APP_DIRS": False, "OPTIONS": options}]
    monkeypatch.setattr(catalogue, "_types", {})
    catalogue.register(GREETING)
    return GREETING


@pytest.fixture
def reminder(monkeypatch) -> Callable[[Reminder], None]:
    """Registers a Reminder for this test; those of the apps are away."""
    monkeypatch.setattr(reminders, "_reminders", {})
    return reminders.register


class CountingServer:
    """Takes every mail but those to addresses it was told to refuse, and counts by Message-ID."""

    def __init__(self):
        self.by_id = Counter()
        self.mails = []
        self.connections = 0
        self.refusals = {}

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        head = envelope.content.partition(b"\r\n\r\n")[0].decode()
        line = next(line for line in head.splitlines() if line.lower().startswith("message-id:"))
        self.by_id[line.partition(":")[2].strip()] += 1
        self.mails.append((envelope.rcpt_tos, envelope.content))
        return "250 Taken"


class OnAnyPort(Controller):
    """Asks the system for a port, and then knows which."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def mail_server(settings) -> Iterator[CountingServer]:
    """A real SMTP server on loopback, and settings that send there."""
    server = CountingServer()
    controller = OnAnyPort(server, hostname="127.0.0.1", port=0)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port = controller.port
    yield server
    controller.stop()
