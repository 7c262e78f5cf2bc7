"""Standings against an independent reading of the rules that plays every open session out, for every combination."""

from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.enums import MarkState, Outcome
from attendance.rules.requirements import AllOf, AtLeast, MinimumRule, ShareOf
from attendance.rules.standing import (
    AttendanceRecord,
    MarkFacts,
    Requirement,
    SessionFacts,
    attendance_standing,
    session_outcome,
)
from tests.factories.attendance_facts import FATES, KIND, NOW, made

# The oracle's own reading of domain.md: is the session met, a miss, open, or out of the requirement?
READING = {
    "unmarked": "open",
    "present": "met",
    "late": "met",
    "late_at_share": "met",
    "late_below_share": "miss",
    "present_below_share": "miss",
    "absent": "miss",
    "absent_met": "met",
    "absent_leaves": "out",
    "absent_miss": "miss",
    "excused_met": "met",
    "excused_leaves": "out",
    "excused_miss": "miss",
    "late_below_met": "met",
    "present_leaves": "met",
    "present_miss": "met",
    "cancelled": "met",
    "cancelled_after_absence": "met",
    "future": "open",
    "future_excused_met": "met",
    "future_excused_leaves": "out",
    "future_excused_miss": "open",
    "future_marked_absent": "open",
}


def needed_by_hand(minimum: MinimumRule, counted: int) -> int:
    if isinstance(minimum, AllOf):
        return counted
    if isinstance(minimum, AtLeast):
        return min(minimum.amount, counted)
    needed = 0
    while needed * 100 < minimum.amount * counted:
        needed += 1
    return needed


def played_out(minimum: MinimumRule, fates: tuple[str, ...]) -> dict[str, int | bool | None]:
    """The independent answer: try every way in which the open sessions may still go, and look at the end of each."""
    readings = [READING[fate] for fate in fates]
    if isinstance(minimum, AtLeast):
        # Nothing leaves "at least n": it is a session not met, once it has been.
        readings = [
            ("open" if fate.startswith("future") else "miss") if reading == "out" else reading
            for fate, reading in zip(fates, readings, strict=True)
        ]
    counted = [reading for reading in readings if reading != "out"]
    needed = needed_by_hand(minimum, len(counted))
    open_ones = counted.count("open")
    ends = [counted.count("met") + sum(way) for way in product((0, 1), repeat=open_ones)]
    decided_by = None
    for position, reading in enumerate(readings):
        if reading != "miss":
            continue
        known = readings[: position + 1]
        best = known.count("met") + sum(later != "out" for later in readings[position + 1 :]) + known.count("open")
        if best < needed:
            decided_by = position
            break
    return {
        "met": min(ends),
        "best_possible": max(ends),
        "failed": all(end < needed for end in ends),
        "reached": all(end >= needed for end in ends),
        "misses_left": max(0, max(ends) - needed),
        "impossible_session": decided_by,
    }


def answered(minimum: MinimumRule, fates: tuple[str, ...]) -> dict[str, int | bool | None]:
    standing = attendance_standing(Requirement(KIND, minimum), *made(fates))
    return {
        "met": standing.met,
        "best_possible": standing.best_possible,
        "failed": standing.failed,
        "reached": standing.reached,
        "misses_left": standing.misses_left,
        "impossible_session": standing.impossible_session,
    }


def test_every_combination_of_four_days_all_of_them_agrees_with_playing_it_out():
    wrong = [fates for fates in product(FATES, repeat=4) if answered(AllOf(), fates) != played_out(AllOf(), fates)]

    assert wrong == []


# With 23 fates six sessions in order have 148 million combinations. Order matters only for the deciding session, so:
# every multiset of all fates here, and every order of one fate for each reading below.
def test_every_multiset_of_six_masterclasses_at_least_four_agrees_with_playing_it_out():
    minimum = AtLeast(4)
    kept = [
        "unmarked",
        "present",
        "late_at_share",
        "late_below_share",
        "absent",
        "absent_met",
        "absent_leaves",
        "absent_miss",
        "cancelled",
        "future",
    ]

    wrong = [
        fates
        for fates in combinations_with_replacement(kept, 6)
        if answered(minimum, fates) != played_out(minimum, fates)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "minimum", [AtLeast(4), AllOf(), ShareOf(50), ShareOf(67), ShareOf(100), AtLeast(1), AtLeast(6)]
)
def test_every_order_of_six_sessions_agrees_with_playing_it_out(minimum):
    one_of_each_reading = ("present", "absent", "unmarked", "excused_leaves", "future")

    wrong = [
        fates
        for fates in product(one_of_each_reading, repeat=6)
        if answered(minimum, fates) != played_out(minimum, fates)
    ]

    assert wrong == []


@pytest.mark.parametrize("fate", FATES)
def test_each_fate_of_one_session_comes_to_what_the_rules_say(fate):
    outcomes = {"open": Outcome.OPEN, "met": Outcome.MET, "miss": Outcome.MISSED, "out": Outcome.LEFT_OUT}
    sessions, record = made([fate])

    assert session_outcome(sessions[0], record) == outcomes[READING[fate]]


# --- properties -------------------------------------------------------------------------------------------------------

minimums = st.one_of(st.just(AllOf()), st.builds(AtLeast, st.integers(1, 8)), st.builds(ShareOf, st.integers(1, 100)))
fate_lists = st.lists(st.sampled_from(sorted(FATES)), max_size=8)


@given(minimums, fate_lists)
def test_any_standing_agrees_with_playing_it_out(minimum, fates):
    assert answered(minimum, tuple(fates)) == played_out(minimum, tuple(fates))


@given(minimums, fate_lists, st.data())
def test_attending_one_more_session_never_lowers_a_standing(minimum, fates, data):
    if not fates:
        return
    chosen = data.draw(st.integers(0, len(fates) - 1))
    sessions, record = made(fates)
    attended = AttendanceRecord(NOW, 75, {**record.marks, chosen: MarkFacts(MarkState.PRESENT)}, record.excusals)
    requirement = Requirement(KIND, minimum)

    before, after = (attendance_standing(requirement, sessions, one) for one in (record, attended))

    assert after.met >= before.met
    assert after.best_possible >= before.best_possible
    assert after.misses_left >= before.misses_left
    assert not (after.failed and not before.failed)
    assert not (before.reached and not after.reached)


@given(minimums, fate_lists)
def test_best_possible_is_at_least_what_is_met_and_failed_means_it_falls_short(minimum, fates):
    sessions, record = made(fates)

    standing = attendance_standing(Requirement(KIND, minimum), sessions, record)

    assert standing.met <= standing.best_possible <= standing.held_of
    assert standing.failed == (standing.best_possible < standing.needed)
    assert standing.to_come >= 0


@given(minimums, fate_lists)
def test_the_day_it_became_impossible_is_that_of_a_missed_session_and_only_the_failed_have_one(minimum, fates):
    sessions, record = made(fates)
    requirement = Requirement(KIND, minimum)

    standing = attendance_standing(requirement, sessions, record)

    missed = [one for one in sessions if session_outcome(one, record, requirement.effects) == Outcome.MISSED]
    assert (standing.impossible_session is not None) == standing.failed
    assert standing.impossible_session in {None, *(one.key for one in missed)}
    assert standing.impossible_on in {None, *(one.day for one in missed)}


@given(minimums, fate_lists, st.randoms())
def test_the_order_in_which_sessions_are_read_changes_nothing(minimum, fates, random):
    sessions, record = made(fates)
    shuffled = list(sessions)
    random.shuffle(shuffled)
    requirement = Requirement(KIND, minimum)

    assert attendance_standing(requirement, shuffled, record) == attendance_standing(requirement, sessions, record)


@given(minimums, fate_lists)
def test_cancelling_a_session_never_fails_anybody(minimum, fates):
    sessions, record = made(fates)
    requirement = Requirement(KIND, minimum)
    before = attendance_standing(requirement, sessions, record)

    for position, one in enumerate(sessions):
        cancelled = SessionFacts(one.key, one.kind, one.starts_at, one.ends_at, cancelled=True)
        after = attendance_standing(requirement, [*sessions[:position], cancelled, *sessions[position + 1 :]], record)
        assert not (after.failed and not before.failed)


def test_the_reading_covers_every_fate():
    assert set(READING) == set(FATES)
