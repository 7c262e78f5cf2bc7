"""Real threads on real connections: what two people do at once is done as if one had been first."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from applications.models import Application, MonitoringCount, Offer, Submission
from applications.services import (
    WindowClosed,
    accept_offer,
    count_monitoring,
    decline_offer,
    extend_window,
    lapse_offers,
    offer_place,
    plan_release,
    put_on_reserve_list,
    save_answers,
    set_decision,
    start_application,
    submit_application,
    withdraw_application,
)
from cohorts.models import Place, Seat
from cohorts.services import change_cohort
from nextstep import clock
from nextstep.notifications.models import Message
from nextstep.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, OfferFactory, next_step_cohort, with_documents
from tests.factories.cohorts import NOW, CohortFactory, FirstComeCohortFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any], moment: Any = NOW) -> list[str]:
    """Do all at the same time, each on a connection of its own; answer "done" or the refusal of each."""
    barrier = Barrier(len(acts))
    outcomes = [""] * len(acts)

    def run(index: int, act: Callable[[], Any]) -> None:
        with clock.at(moment):
            try:
                barrier.wait()
                act()
                outcomes[index] = "done"
            except Refused as refusal:
                outcomes[index] = str(refusal)
            except BaseException as error:  # noqa: BLE001 - whatever happens in a thread is told to the test
                outcomes[index] = f"{type(error).__name__}: {error}"
            finally:
                connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_administrators_offer_the_last_seat() -> None:
    cohort = CohortFactory(places=1)
    first, second = ApplicationFactory.create_batch(2, cohort=cohort, submitted=True)
    ada, ben = UserFactory.create_batch(2)

    outcomes = at_once(lambda: offer_place(application=first, by=ada), lambda: offer_place(application=second, by=ben))

    assert outcomes == ["All places are taken or held by offers.", "done"]
    assert Offer.objects.open().count() == 1
    assert sorted(Application.objects.values_list("state", flat=True)) == ["offered", "submitted"]
    assert Message.objects.filter(code="applications.offer").count() == 1


def test_two_administrators_offer_to_the_same_person() -> None:
    application = ApplicationFactory(submitted=True)
    ada, ben = UserFactory.create_batch(2)

    outcomes = at_once(
        lambda: offer_place(application=application, by=ada), lambda: offer_place(application=application, by=ben)
    )

    assert outcomes.count("done") == 1
    assert (Offer.objects.count(), Seat.objects.filter(holder__isnull=False).count()) == (1, 1)


def test_many_offers_for_few_seats_never_exceed_them() -> None:
    cohort = CohortFactory(places=3)
    applications = ApplicationFactory.create_batch(8, cohort=cohort, submitted=True)
    ada = UserFactory()

    outcomes = at_once(*[lambda a=a: offer_place(application=a, by=ada) for a in applications])  # type: ignore[misc]

    assert outcomes.count("done") == 3
    assert Seat.objects.filter(holder__isnull=False).count() == Offer.objects.open().count() == 3


def test_an_acceptance_and_a_lapse_meet_at_the_deadline() -> None:
    offer = OfferFactory()
    # The sweep's tick began at the deadline; the applicant's POST came a moment before it.
    deadline = offer.expires_at

    outcomes = at_once(
        lambda: accept_offer(offer=offer, commitment_text="I will.", by=offer.application.applicant),
        lambda: lapse_offers(now=deadline),
        moment=deadline - timedelta(milliseconds=1),
    )

    offer.refresh_from_db()
    offer.application.refresh_from_db()
    places, seats = Place.objects.count(), Seat.objects.filter(holder__isnull=False).count()
    assert (offer.state, offer.application.state, places, seats) in {
        ("accepted", "accepted", 1, 1),
        ("lapsed", "offer_lapsed", 0, 0),
    }
    assert "done" in outcomes
    assert Message.objects.filter(code__startswith="applications.offer_").count() == 1


def test_a_double_acceptance_makes_one_fellow() -> None:
    offer = OfferFactory()
    person = offer.application.applicant

    outcomes = at_once(*[lambda: accept_offer(offer=offer, commitment_text="I will.", by=person)] * 2)

    assert outcomes == ["done", "done"]
    assert Place.objects.count() == 1
    assert Message.objects.filter(code="applications.offer_accepted").count() == 1


def test_accept_decline_and_withdraw_at_once_leave_one_answer() -> None:
    offer = OfferFactory()
    person = offer.application.applicant

    outcomes = at_once(
        lambda: accept_offer(offer=offer, commitment_text="I will.", by=person),
        lambda: decline_offer(offer=offer, by=person),
        lambda: withdraw_application(application=offer.application, by=person),
    )

    offer.refresh_from_db()
    taken = Seat.objects.filter(holder__isnull=False).count()
    assert outcomes.count("done") == 1
    assert Place.objects.count() == (1 if offer.state == "accepted" else 0)
    # A decline holds its seat while it can be undone.
    assert taken == (1 if offer.state == "accepted" or offer.undo_until else 0)


def test_a_double_submission_is_one() -> None:
    application = with_documents(ApplicationFactory(cohort=next_step_cohort()))
    person = application.applicant

    outcomes = at_once(*[lambda: submit_application(application=application, by=person, declared=True)] * 2)

    assert outcomes == ["done", "done"]
    assert Submission.objects.count() == 1
    assert Message.objects.filter(code="applications.receipt").count() == 1


def test_starting_in_two_tabs_is_one_application() -> None:
    cohort, person = CohortFactory(), UserFactory()

    outcomes = at_once(*[lambda: start_application(cohort=cohort, by=person)] * 3)

    assert outcomes == ["done"] * 3
    assert Application.objects.count() == 1


def test_two_pages_saved_at_once_are_both_kept() -> None:
    application = ApplicationFactory(cohort=next_step_cohort())
    person = application.applicant

    outcomes = at_once(
        lambda: save_answers(application=application, topic="details", answers={"telephone": "01"}, by=person),
        lambda: save_answers(application=application, topic="work", answers={"employer": "RGN"}, by=person),
    )

    application.refresh_from_db()
    assert outcomes == ["done", "done"]
    assert (application.answers["telephone"], application.answers["employer"]) == ("01", "RGN")


def test_first_come_claims_fill_seats_and_queue_and_no_more() -> None:
    cohort = next_step_cohort(FirstComeCohortFactory, documents=False, places=2, queue=2)
    applications = ApplicationFactory.create_batch(7, cohort=cohort)

    outcomes = at_once(
        *[
            lambda a=a: submit_application(application=a, by=a.applicant, declared=True)  # type: ignore[misc]
            for a in applications
        ]
    )

    assert outcomes.count("done") == 4
    assert (
        sorted(Application.objects.values_list("state", flat=True)) == ["draft"] * 3 + ["offered"] * 2 + ["reserve"] * 2
    )
    assert sorted(Application.objects.on_reserve_list().values_list("reserve_rank", flat=True)) == [1, 2]


def test_ranks_given_at_once_are_different() -> None:
    cohort = CohortFactory()
    applications = ApplicationFactory.create_batch(5, cohort=cohort, submitted=True)
    ada = UserFactory()

    outcomes = at_once(*[lambda a=a: put_on_reserve_list(application=a, by=ada) for a in applications])  # type: ignore[misc]

    assert outcomes == ["done"] * 5
    assert list(Application.objects.on_reserve_list().values_list("reserve_rank", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("another", ["release", "offer", "withdraw"])
def test_a_release_meets_another_release_an_offer_or_a_withdrawal(another: str) -> None:
    cohort = CohortFactory(places=2)
    ada, ben = UserFactory.create_batch(2)
    first, second, third = ApplicationFactory.create_batch(3, cohort=cohort, submitted=True)
    with clock.at(NOW):
        decisions = [set_decision(application=each, kind="offer", by=ada) for each in (first, second)]
    ids = [each.pk for each in decisions]
    acts = {
        "release": lambda: plan_release(cohort=cohort, decisions=ids, by=ben),
        "offer": lambda: offer_place(application=third, by=ben),
        "withdraw": lambda: withdraw_application(application=first, by=first.applicant),
    }

    outcomes = at_once(lambda: plan_release(cohort=cohort, decisions=ids, by=ada), acts[another])

    seats, offers = Seat.objects.filter(holder__isnull=False).count(), Offer.objects.open().count()
    assert "done" in outcomes
    assert seats == offers
    # The release took both seats, or nothing; one of the two withdrew before or after it.
    assert offers in {"release": {2}, "offer": {1, 2}, "withdraw": {1}}[another]
    assert Message.objects.filter(code="applications.offer").count() == Offer.objects.count()


def test_submits_in_the_last_second_while_the_window_is_extended_and_closed_get_true_answers() -> None:
    cohort = next_step_cohort(documents=False)
    drafts = ApplicationFactory.create_batch(6, cohort=cohort)
    ada, ben = UserFactory.create_batch(2)
    closes = cohort.applications_close_at
    told: list[tuple[int, bool]] = []

    def send(application: Application) -> None:
        try:
            submit_application(application=application, by=application.applicant, declared=True)
        except WindowClosed:
            told.append((application.pk, False))
            raise
        told.append((application.pk, True))

    at_once(
        *[lambda a=a: send(a) for a in drafts * 2],  # type: ignore[misc]
        lambda: extend_window(cohort=cohort, closes_at=closes + timedelta(hours=1), reason="Late mails", by=ada),
        lambda: change_cohort(cohort=cohort, by=ben, applications_close_at=NOW),
        moment=closes - timedelta(milliseconds=500),
    )

    # Whoever was told that it is sent has sent it, once; whoever was told only that it is too late has not.
    assert len(told) == 12
    sent = {pk for pk, done in told if done}
    assert set(Application.objects.exclude(state="draft").values_list("pk", flat=True)) == sent
    assert sorted(Submission.objects.values_list("application", flat=True)) == sorted(sent)
    assert Message.objects.filter(code="applications.receipt").count() == len(sent)


def test_answers_counted_at_once_are_all_counted() -> None:
    cohort = CohortFactory()
    applications = ApplicationFactory.create_batch(6, cohort=cohort, submitted=True)

    outcomes = at_once(
        *[
            lambda a=a: count_monitoring(application=a, answers={"age": "30_34"}, by=a.applicant)  # type: ignore[misc]
            for a in applications * 2
        ]
    )

    assert outcomes == ["done"] * 12
    assert set(MonitoringCount.objects.values_list("count", flat=True)) == {6}
