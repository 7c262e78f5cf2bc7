"""Messages in the outbox."""

import factory

from nextstep.notifications.enums import MessageState
from nextstep.notifications.models import Message
from tests.factories.accounts import UserFactory


class MessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Message

    code = "tests.greeting"
    occasion = factory.Sequence(lambda n: f"greeting:{n}")
    person = factory.SubFactory(UserFactory)
    address = factory.SelfAttribute("person.email")
    dedupe_key = factory.LazyAttribute(lambda m: f"{m.code}|{m.occasion}|{m.address}")
    message_id = factory.Sequence(lambda n: f"<{n}@portal.test>")
    subject = "Hello"
    text = "Hello there.\n"
    html = "<p>Hello there.</p>"
    state = MessageState.WAITING
