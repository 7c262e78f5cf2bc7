"""Reminders: to whom, when, and once."""

from datetime import timedelta

import pytest
from django.template.loader import get_template

from applications.messages import TYPES
from nextstep import clock
from nextstep.notifications.models import Message
from nextstep.notifications.services import queue_due_reminders
from tests.factories.applications import ApplicationFactory, OfferFactory
from tests.factories.cohorts import NOW, CohortFactory

pytestmark = pytest.mark.django_db


def queued(moment) -> list[str]:
    """What is new in the outbox after the reminders due at `moment` were queued twice."""
    before = set(Message.objects.values_list("pk", flat=True))
    with clock.at(moment):
        for _ in range(2):
            queue_due_reminders(moment)
    new = Message.objects.filter(code__startswith="applications.").exclude(pk__in=before).order_by("pk")
    return [code.removeprefix("applications.") for code in new.values_list("code", flat=True)]


def test_a_draft_is_reminded_a_week_and_a_day_before_the_window_closes() -> None:
    cohort = CohortFactory()
    ApplicationFactory(cohort=cohort)
    ApplicationFactory(cohort=cohort, submitted=True)
    closes = cohort.applications_close_at

    assert [
        queued(closes - before)
        for before in (
            timedelta(days=7, seconds=1),
            timedelta(days=7),
            timedelta(days=3),
            timedelta(days=1),
            timedelta(hours=1),
            timedelta(0),
        )
    ] == [[], ["closing_in_7_days"], [], ["closing_in_1_day"], [], []]


def test_a_late_draft_hears_only_of_the_last_day() -> None:
    cohort = CohortFactory()
    ApplicationFactory(cohort=cohort)

    assert queued(cohort.applications_close_at - timedelta(hours=5)) == ["closing_in_1_day"]


def test_an_extended_window_is_told_anew() -> None:
    cohort = CohortFactory()
    ApplicationFactory(cohort=cohort)
    queued(cohort.applications_close_at - timedelta(days=1))
    cohort.applications_close_at += timedelta(days=14)
    cohort.save()

    assert queued(cohort.applications_close_at - timedelta(days=1)) == ["closing_in_1_day"]


def test_an_open_offer_is_reminded_two_days_and_a_day_before_it_ends() -> None:
    offer = OfferFactory(expires_at=NOW + timedelta(days=7))
    OfferFactory(
        application__cohort=offer.application.cohort,
        expires_at=NOW + timedelta(days=7),
        state="lapsed",
        decided_at=NOW,
    )

    assert [
        queued(offer.expires_at - before)
        for before in (timedelta(days=3), timedelta(days=2), timedelta(days=1), timedelta(hours=2), timedelta(0))
    ] == [[], ["offer_ends_in_2_days"], ["offer_ends_in_1_day"], [], []]


def test_a_reminder_says_until_when_and_where() -> None:
    offer = OfferFactory(expires_at=NOW + timedelta(days=7))
    queued(offer.expires_at - timedelta(days=1))

    message = Message.objects.get()

    assert message.subject == "1 day left to answer your offer"
    assert "Answer by 11:59am on 6 May 2025, London time." in message.text
    assert f"http://portal.test/offers/{offer.public_id}/" in message.text


@pytest.mark.parametrize("message_type", TYPES, ids=lambda one: one.code)
def test_every_message_has_its_words(message_type) -> None:
    assert get_template(message_type.template)
