"""The demo's applicants: the same for the same seed, plainly invented, and as varied as real ones."""

from collections import Counter
from datetime import date

import pytest

from nextstep.demo.answers import answers_of
from nextstep.demo.names import FIRST_NAMES, SURNAME_BEGINNINGS, SURNAME_ENDINGS
from nextstep.demo.people import CIRCUMSTANCES, ENDINGS, Applicant, Circumstance, applicants

COMMENCES, ENDS = date(2026, 10, 7), date(2027, 7, 1)


def some(count: int = 400, seed: int = 1, **more) -> list[Applicant]:
    return applicants(count, seed=seed, commences_on=COMMENCES, ends_on=ENDS, **more)


def test_the_same_seed_makes_the_same_people():
    assert some() == some()


def test_another_seed_makes_others():
    assert some(seed=2) != some(seed=1)


def test_fewer_people_are_the_first_of_more():
    assert some(10) == some(400)[:10]


def test_nobody_shares_a_name_an_address_or_a_registration():
    people = some()
    for of in (lambda one: one.full_name, lambda one: one.email, lambda one: one.registration):
        assert max(Counter(map(of, people)).values()) == 1


def test_names_are_put_together_from_the_lists_and_addresses_lead_nowhere():
    surnames = {beginning + ending for beginning in SURNAME_BEGINNINGS for ending in SURNAME_ENDINGS}
    for one in some(50):
        first, surname = one.full_name.split()
        assert first in FIRST_NAMES
        assert surname in surnames
        assert one.email.endswith("@demo.example")


def test_four_hundred_people_show_every_circumstance_and_every_ending():
    people = some()
    assert {one.circumstance for one in people} == set(CIRCUMSTANCES)
    assert {one.ending for one in people} == set(ENDINGS)
    assert {one.discipline for one in people} == {"Primary care", "Secondary care", "Mental health", "Dentistry"}


def test_dentists_are_registered_with_the_gdc_and_doctors_with_the_gmc():
    assert {(one.discipline == "Dentistry", one.body) for one in some()} == {(True, "GDC"), (False, "GMC")}


@pytest.mark.parametrize(
    ("circumstance", "fact", "answer"),
    [
        (Circumstance.NO_NUMBER, "has_ntn", "no"),
        (Circumstance.ORDINARY, "has_ntn", "yes"),
        (Circumstance.LESS_THAN_FULL_TIME, "less_than_full_time", "yes"),
        (Circumstance.BACK_FROM_OOP_IN_TIME, "oop_return_on", "2026-09-23"),
        (Circumstance.BACK_FROM_OOP_TOO_LATE, "oop_return_on", "2026-12-06"),
        (Circumstance.ORDINARY, "oop_now", "no"),
    ],
)
def test_a_circumstance_shows_in_the_answers(circumstance, fact, answer):
    one = next(person for person in some() if person.circumstance is circumstance)
    assert answers_of(one, commences_on=COMMENCES)[fact] == answer


def test_most_apply_late_and_nobody_outside_the_window():
    hastes = [one.haste for one in some()]
    assert all(0 <= haste <= 1 for haste in hastes)
    assert sum(haste > 0.5 for haste in hastes) > len(hastes) / 2


def test_registration_numbers_go_on_from_where_another_cohort_ended():
    numbers = {one.registration for one in some(20)} | {one.registration for one in some(20, numbers_from=20, seed=9)}
    assert len(numbers) == 40
