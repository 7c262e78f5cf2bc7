"""Making, changing, publishing and cancelling sessions."""

import threading
from datetime import timedelta

import icalendar
import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction

from nextstep import clock
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.refusals import Refused, Stale
from sessions_app.enums import SessionState
from sessions_app.models import CalendarFeed, TeachingSession
from sessions_app.services import (
    cancel_session,
    change_session,
    create_session,
    make_feed,
    publish_session,
    remove_session,
    replace_feed,
    revoke_feed,
)
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.cohorts import CohortFactory, PlaceFactory
from tests.factories.sessions_app import MASTERCLASS_STARTS, TeachingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def october(set_clock):
    set_clock(2025, 10, 1, 9)


def fields(**changes):
    return {
        "kind": "masterclass",
        "number": 2,
        "title": "Crisis Management",
        "starts_at": MASTERCLASS_STARTS,
        "ends_at": MASTERCLASS_STARTS + timedelta(hours=2),
        **changes,
    }


def test_a_session_is_made_as_a_draft_and_written_down():
    owner = OwnerFactory()

    session = create_session(cohort=CohortFactory(), fields=fields(), by=owner)

    session.refresh_from_db()
    assert (session.state, session.sequence, session.version) == ("draft", 0, 1)
    assert Event.objects.about(session).values_list("verb", "actor").get() == ("sessions_app.session_created", owner.pk)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"ends_at": MASTERCLASS_STARTS}, "The session must end after it starts."),
        ({"ends_at": MASTERCLASS_STARTS - timedelta(hours=1)}, "The session must end after it starts."),
    ],
)
def test_a_session_that_makes_no_sense_is_refused(changes, refusal):
    with pytest.raises(Refused, match=refusal):
        create_session(cohort=CohortFactory(), fields=fields(**changes), by=OwnerFactory())
    assert not TeachingSession.objects.exists()


def test_a_second_session_of_one_number_is_refused_and_nothing_is_written():
    session = TeachingSessionFactory(number=2)

    with pytest.raises(Refused, match="The cohort has a masterclass with the number 2 already"):
        create_session(cohort=session.cohort, fields=fields(), by=OwnerFactory())

    assert (TeachingSession.objects.count(), Event.objects.count()) == (1, 0)


def test_a_field_that_nobody_may_set_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError, match="sequence"):
        create_session(cohort=CohortFactory(), fields=fields(sequence=9), by=OwnerFactory())


def test_only_a_cancelled_session_of_the_same_kind_and_cohort_can_be_replaced():
    cancelled = TeachingSessionFactory(number=1, state=SessionState.CANCELLED)
    elsewhere = TeachingSessionFactory(number=1, state=SessionState.CANCELLED)
    held = TeachingSessionFactory(cohort=cancelled.cohort, number=3)
    owner = OwnerFactory()

    for replaced in (elsewhere, held):
        with pytest.raises(Refused, match="only replace a cancelled session of the same cohort"):
            create_session(cohort=cancelled.cohort, fields=fields(replaces=replaced), by=owner)
    with pytest.raises(Refused, match="only replace one of its own kind"):
        create_session(cohort=cancelled.cohort, fields=fields(replaces=cancelled, kind="evening"), by=owner)
    made = create_session(cohort=cancelled.cohort, fields=fields(replaces=cancelled), by=owner)

    assert cancelled.replacement == made


@pytest.mark.parametrize(
    ("state", "changes", "sequence", "told"),
    [
        ("published", {"title": "Finance"}, 1, 1),
        ("published", {"venue": "Bush House"}, 1, 1),
        ("published", {"starts_at": MASTERCLASS_STARTS + timedelta(minutes=30)}, 1, 1),
        ("published", {"joining_link": "https://zoom.example/1"}, 1, 1),
        ("published", {"hosts_qip_presentations": True}, 0, 0),
        ("published", {"number": 5}, 0, 0),
        ("draft", {"title": "Finance"}, 0, 0),
    ],
)
def test_a_change_that_people_must_know_of_raises_the_sequence_and_tells_them(state, changes, sequence, told):
    session = TeachingSessionFactory(number=2, state=state)
    PlaceFactory(cohort=session.cohort)

    assert change_session(session=session, fields=changes, by=OwnerFactory()) == list(changes)

    session.refresh_from_db()
    assert (session.sequence, session.version) == (sequence, 2)
    assert Message.objects.filter(code="sessions_app.session_changed").count() == told


def test_changing_nothing_writes_nothing():
    session = TeachingSessionFactory(number=2)

    assert change_session(session=session, fields={"title": session.title}, by=OwnerFactory()) == []
    assert not Event.objects.exists()


def test_a_change_keeps_what_was_and_what_is():
    session = TeachingSessionFactory(title="Finance")

    change_session(session=session, fields={"title": "Money"}, by=OwnerFactory())

    assert Event.objects.about(session).values_list("before", "after").get() == (
        {"title": "Finance"},
        {"title": "Money"},
    )


def test_a_change_from_a_stale_page_is_refused():
    session = TeachingSessionFactory()
    change_session(session=session, fields={"title": "First"}, by=OwnerFactory())

    with pytest.raises(Stale):
        change_session(session=session, fields={"title": "Second"}, by=OwnerFactory(), version=1)

    assert TeachingSession.objects.get().title == "First"


def test_a_number_that_is_taken_is_refused_on_a_change():
    first = TeachingSessionFactory(number=1)
    second = TeachingSessionFactory(cohort=first.cohort, number=2)

    with pytest.raises(Refused, match="masterclass with the number 1 already"):
        change_session(session=second, fields={"number": 1}, by=OwnerFactory())


def test_fellows_who_left_and_sessions_that_are_over_cause_no_message(set_clock):
    session = TeachingSessionFactory()
    PlaceFactory(cohort=session.cohort, state="withdrawn", seat=None)
    change_session(session=session, fields={"title": "First"}, by=OwnerFactory())
    PlaceFactory(cohort=session.cohort)
    set_clock(2025, 11, 5, 19)
    change_session(session=session, fields={"title": "Second"}, by=OwnerFactory())

    assert not Message.objects.exists()


def test_a_draft_is_published_once():
    session = TeachingSessionFactory(state=SessionState.DRAFT)
    publish_session(session=session, by=OwnerFactory())

    with pytest.raises(Refused, match="Only a draft can be published"):
        publish_session(session=session, by=OwnerFactory())

    assert TeachingSession.objects.get().state == SessionState.PUBLISHED


def test_cancelling_tells_the_fellows_why_and_takes_it_out_of_their_calendars():
    session = TeachingSessionFactory(title="Crisis Management")
    fellow = PlaceFactory(cohort=session.cohort).fellow

    cancel_session(session=session, reason=" The speaker is ill. ", by=OwnerFactory())

    message = Message.objects.get()
    event = icalendar.Calendar.from_ical(message.calendar).events[0]
    assert (message.person, message.subject, message.calendar_method) == (
        fellow,
        "Cancelled: Crisis Management, 5 November 2025",
        "CANCEL",
    )
    assert "The speaker is ill." in message.text
    assert (event["uid"], event["sequence"], event["status"]) == (f"{session.public_id}@nextstep", 1, "CANCELLED")
    assert Event.objects.about(session).values_list("verb", "reason").get() == (
        "sessions_app.session_cancelled",
        "The speaker is ill.",
    )


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_cancelling_needs_a_reason(reason):
    session = TeachingSessionFactory()

    with pytest.raises(Refused, match="Say why"):
        cancel_session(session=session, reason=reason, by=OwnerFactory())


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_only_a_published_session_is_cancelled(state):
    session = TeachingSessionFactory(state=state)

    with pytest.raises(Refused, match="Only a session that people have been told of"):
        cancel_session(session=session, reason="Snow", by=OwnerFactory())


def test_a_cancelled_session_is_not_changed():
    session = TeachingSessionFactory(state=SessionState.CANCELLED)

    with pytest.raises(Refused, match="This session is cancelled"):
        change_session(session=session, fields={"title": "Back again"}, by=OwnerFactory())


def test_a_removed_session_leaves_a_trace():
    session = TeachingSessionFactory(number=4)
    key = session.pk

    remove_session(session=session, by=OwnerFactory())

    assert Event.objects.filter(object_id=str(key)).values_list("verb", "before").get() == (
        "sessions_app.session_removed",
        {"kind": "masterclass", "number": 4},
    )


def test_a_calendar_address_is_made_once_and_replaced_for_good():
    person = UserFactory()

    first, again = make_feed(person=person, by=person), make_feed(person=person, by=person)
    other = replace_feed(person=person, by=person)

    assert (first, first.token != other.token) == (again, True)
    assert list(CalendarFeed.objects.current()) == [other]


def test_a_revoked_calendar_address_is_gone_and_revoking_again_does_nothing():
    person = UserFactory()
    make_feed(person=person, by=person)

    revoke_feed(person=person, by=person)
    revoke_feed(person=person, by=person)

    with pytest.raises(ObjectDoesNotExist):
        CalendarFeed.objects.current().get()
    assert Event.objects.filter(verb="sessions_app.feed_revoked").count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_cancel_at_once_one_is_told():
    session = TeachingSessionFactory()
    PlaceFactory(cohort=session.cohort)
    owner, outcomes, start = OwnerFactory(), [], threading.Barrier(2)
    moment = clock.now()

    def cancel():
        mine = TeachingSession.objects.select_related("cohort__programme").get()
        start.wait(timeout=10)
        try:
            with clock.at(moment):
                cancel_session(session=mine, reason="Snow", by=owner)
            outcomes.append("cancelled")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=cancel) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert sorted(outcomes) == ["cancelled", "refused"]
    assert (TeachingSession.objects.get().sequence, Message.objects.count()) == (1, 1)


def test_a_refused_change_leaves_the_transaction_usable():
    first = TeachingSessionFactory(number=1)
    second = TeachingSessionFactory(cohort=first.cohort, number=2)

    with transaction.atomic():
        with pytest.raises(Refused):
            change_session(session=second, fields={"number": 1}, by=OwnerFactory())
        assert TeachingSession.objects.count() == 2
