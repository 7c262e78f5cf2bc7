"""Requirements, registers and definitions, each rule by itself; and any run of marks and decisions, step by step."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from attendance import selectors, services
from attendance.enums import Effect, MarkState
from attendance.models import Excusal, Mark
from attendance.rules.definition import rule_and_amount
from attendance.rules.registers import is_register_open, register_opens_at
from attendance.rules.requirements import MINIMUM_RULES, AllOf, AtLeast, MinimumRule, ShareOf
from nextstep import clock
from nextstep.audit.models import Event
from nextstep.clock import LONDON
from tests.factories.accounts import OwnerFactory
from tests.factories.cohorts import AttendanceRequirementFactory, CohortFactory, PlaceFactory
from tests.factories.sessions_app import FaceToFaceDayFactory


@pytest.mark.parametrize(
    ("rule", "base", "needed"),
    [
        (AllOf(), 0, 0),
        (AllOf(), 4, 4),
        (AtLeast(4), 6, 4),
        (AtLeast(4), 4, 4),
        (AtLeast(4), 3, 3),
        (AtLeast(4), 0, 0),
        (ShareOf(75), 4, 3),
        (ShareOf(75), 3, 3),
        (ShareOf(75), 0, 0),
        (ShareOf(67), 6, 5),
        (ShareOf(66), 3, 2),
        (ShareOf(1), 6, 1),
        (ShareOf(100), 6, 6),
        (ShareOf(50), 5, 3),
    ],
)
def test_how_many_of_those_that_count_are_needed(rule, base, needed):
    assert rule.needed_of(base) == needed


@pytest.mark.parametrize(
    ("rule", "amount", "sessions", "problems"),
    [
        (AllOf, None, 0, []),
        (AllOf, None, 4, []),
        (AtLeast, 4, 6, []),
        (AtLeast, 6, 6, []),
        (AtLeast, 7, 6, ["This asks for 7 sessions, and the cohort has 6 of this kind."]),
        (AtLeast, 0, 6, ["The number of sessions to attend must be 1 or more."]),
        (AtLeast, None, 6, ["The number of sessions to attend must be 1 or more."]),
        (ShareOf, 1, 6, []),
        (ShareOf, 100, 6, []),
        (ShareOf, 0, 6, ["The share must be from 1 to 100 percent."]),
        (ShareOf, 101, 6, ["The share must be from 1 to 100 percent."]),
        (ShareOf, None, 6, ["The share must be from 1 to 100 percent."]),
    ],
)
def test_what_is_wrong_with_an_amount(rule, amount, sessions, problems):
    assert rule.problems(amount, sessions) == problems


def test_a_rule_that_says_nothing_of_its_own_cannot_be_used():
    with pytest.raises(NotImplementedError):
        MinimumRule().needed_of(1)
    with pytest.raises(NotImplementedError):
        MinimumRule().describe("masterclass", 1)


def test_rules_are_equal_where_they_ask_the_same():
    assert (AtLeast(4), hash(AtLeast(4)), repr(AtLeast(4))) == (AtLeast(4), hash(AtLeast(4)), "AtLeast(4)")
    assert AtLeast(4) != AtLeast(5)
    assert AtLeast(75) != ShareOf(75)


@pytest.mark.parametrize(
    ("minimum", "code", "amount"), [("all", "all", None), (4, "at_least", 4), ({"share": 75}, "share", 75)]
)
def test_a_minimum_of_a_file_names_its_rule(minimum, code, amount):
    assert rule_and_amount(minimum) == (code, amount)
    assert MINIMUM_RULES[code](amount) == MINIMUM_RULES[code](amount)


@pytest.mark.parametrize(
    ("starts_at", "opens_at"),
    [
        (datetime(2025, 10, 8, 8, tzinfo=UTC), datetime(2025, 10, 7, 23, tzinfo=UTC)),
        (datetime(2025, 11, 5, 17, tzinfo=UTC), datetime(2025, 11, 5, 0, tzinfo=UTC)),
        # Half past midnight in London, still yesterday in UTC.
        (datetime(2025, 7, 1, 23, 30, tzinfo=UTC), datetime(2025, 7, 1, 23, tzinfo=UTC)),
        # The days on which the clocks change.
        (datetime(2025, 10, 26, 9, tzinfo=UTC), datetime(2025, 10, 25, 23, tzinfo=UTC)),
        (datetime(2026, 3, 29, 9, tzinfo=UTC), datetime(2026, 3, 29, 0, tzinfo=UTC)),
    ],
)
def test_a_register_opens_with_the_day_in_london(starts_at, opens_at):
    assert register_opens_at(starts_at) == opens_at
    assert is_register_open(starts_at, opens_at)
    assert not is_register_open(starts_at, opens_at - timedelta(microseconds=1))


# --- any run of taps and decisions ------------------------------------------------------------------------------------

SESSIONS = 4
sessions = st.integers(0, SESSIONS - 1)


class AYearOfTaps(RuleBasedStateMachine):
    """Whatever is tapped, cleared and decided in any order, the register holds what was done last, and all of it is
    written down.
    """

    @initialize()
    def begin(self):
        self.moment = datetime(2026, 7, 3, 9, tzinfo=LONDON)
        self.cohort = CohortFactory()
        AttendanceRequirementFactory(cohort=self.cohort)
        self.sessions = FaceToFaceDayFactory.create_batch(SESSIONS, cohort=self.cohort)
        self.place = PlaceFactory(cohort=self.cohort)
        self.owner = OwnerFactory()
        self.marks, self.excusals, self.events = {}, {}, 0

    @rule(session=sessions, state=st.sampled_from(MarkState), minutes=st.sampled_from([None, 359, 360]))
    def tap(self, session, state, minutes):
        before = self.marks.get(session)
        after = (state.value, None if state == MarkState.ABSENT else minutes)
        if before and before[0] == state and minutes is None:
            after = before
        with clock.at(self.moment):
            marked = services.mark(
                session=self.sessions[session], place=self.place, state=state, minutes=minutes, by=self.owner
            )
        assert marked.changed == (after != before)
        self.marks[session] = after
        self.events += after != before

    @rule(session=sessions)
    def clear(self, session):
        with clock.at(self.moment):
            cleared = services.clear_mark(session=self.sessions[session], place=self.place, by=self.owner)
        assert cleared == (session in self.marks)
        self.events += self.marks.pop(session, None) is not None

    @rule(session=sessions, effect=st.sampled_from(Effect))
    def decide(self, session, effect):
        with clock.at(self.moment):
            services.excuse(
                session=self.sessions[session], place=self.place, effect=effect, reason="Why", by=self.owner
            )
        self.events += self.excusals.get(session) != effect
        self.excusals[session] = effect.value

    @rule(session=sessions)
    def withdraw(self, session):
        for excusal in Excusal.objects.filter(session=self.sessions[session]):
            services.withdraw_excusal(excusal=excusal, by=self.owner)
        self.events += self.excusals.pop(session, None) is not None

    @invariant()
    def the_register_holds_what_was_done_last(self):
        if not hasattr(self, "sessions"):
            return
        keys = {session.pk: position for position, session in enumerate(self.sessions)}
        marks = Mark.objects.filter(place=self.place).values_list("session", "state", "minutes")
        decided = Excusal.objects.filter(place=self.place).values_list("session", "effect")
        assert {keys[key]: (state, minutes) for key, state, minutes in marks} == self.marks
        assert {keys[key]: effect for key, effect in decided} == self.excusals

    @invariant()
    def each_change_is_written_down_once(self):
        if hasattr(self, "sessions"):
            assert Event.objects.filter(actor=self.owner, verb__startswith="attendance.").count() == self.events

    @invariant()
    def the_standing_is_what_a_reader_of_the_register_would_say(self):
        if not hasattr(self, "sessions"):
            return
        read = [self.reads(position) for position in range(SESSIONS)]
        (days,) = selectors.standing_of(self.place, self.moment).requirements
        assert (days.met, days.missed, days.unmarked, days.held_of) == (
            read.count("met"), read.count("missed"), read.count("open"), SESSIONS - read.count("out"),
        )  # fmt: skip

    def reads(self, position):
        state, minutes = self.marks.get(position, (None, None))
        if state in {"present", "late"} and minutes != 359:
            return "met"
        effect = self.excusals.get(position)
        if effect:
            return {"counts_as_met": "met", "leaves_requirement": "out", "still_a_miss": "missed"}[effect]
        return "missed" if state else "open"


@pytest.mark.django_db
def test_any_run_of_taps_and_decisions_keeps_the_register_true():
    class InATransaction(AYearOfTaps):
        def __init__(self):
            super().__init__()
            self.undo = transaction.atomic()
            self.undo.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    run_state_machine_as_test(InATransaction, settings=settings(max_examples=15, stateful_step_count=15))
