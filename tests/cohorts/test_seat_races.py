"""Many hands on the same seats at once, on real connections."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from cohorts.models import Seat
from cohorts.services import NoSeatFree, enrol_fellow, free_seat, take_seat
from nextstep.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CohortFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(tasks):
    """Run all `tasks` from one starting line; the answer of each, or the refusal it met."""
    line = threading.Barrier(len(tasks))

    def run(task):
        try:
            line.wait(timeout=20)
            return task()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_twelve_at_once_take_five_seats_and_no_more():
    cohort, people = CohortFactory(places=5), UserFactory.create_batch(12)
    answers = at_once([lambda p=p: take_seat(cohort=cohort, person=p, by=None).number for p in people])
    taken = [answer for answer in answers if isinstance(answer, int)]
    assert sorted(taken) == [1, 2, 3, 4, 5]
    assert [type(answer) for answer in answers if not isinstance(answer, int)] == [NoSeatFree] * 7
    assert Seat.objects.filter(cohort=cohort, holder__isnull=False).values("holder").distinct().count() == 5


def test_two_administrators_at_once_give_a_person_one_seat():
    cohort, person = CohortFactory(places=4), UserFactory()
    answers = at_once([lambda: take_seat(cohort=cohort, person=person, by=None).number] * 4)
    assert [answer for answer in answers if isinstance(answer, int)] == [1]
    assert Seat.objects.filter(holder=person).count() == 1


def test_a_seat_freed_by_several_at_once_is_freed_once():
    cohort, person = CohortFactory(places=1), UserFactory()
    take_seat(cohort=cohort, person=person, by=None)
    answers = at_once([lambda: free_seat(cohort=cohort, person=person, by=None)] * 4)
    assert answers.count(None) == 1
    assert Seat.objects.filter(holder__isnull=False).count() == 0


def test_accepting_twice_at_once_makes_one_place():
    cohort, person = CohortFactory(places=2), UserFactory()
    take_seat(cohort=cohort, person=person, by=None)
    answers = at_once([lambda: enrol_fellow(cohort=cohort, person=person, by=person).pk] * 3)
    assert len([answer for answer in answers if isinstance(answer, int)]) == 1
    assert cohort.fellows.count() == 1


def test_a_seat_given_back_by_a_failed_transaction_goes_to_the_one_who_waits():
    """The first hand holds the only seat in a transaction that fails: the second gets it, not a refusal."""
    cohort, (first, second) = CohortFactory(places=1), UserFactory.create_batch(2)
    holding, waiting = threading.Event(), threading.Event()

    def take_and_fail():
        with transaction.atomic():
            take_seat(cohort=cohort, person=first, by=None)
            holding.set()
            waiting.wait(timeout=20)
            transaction.set_rollback(True)

    def take_later():
        holding.wait(timeout=20)
        waiting.set()
        return take_seat(cohort=cohort, person=second, by=None).number

    assert at_once([take_and_fail, take_later]) == [None, 1]
    assert Seat.objects.get(cohort=cohort).holder == second
