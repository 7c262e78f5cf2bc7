"""Standings and registers in words."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from attendance.enums import Effect, Outcome, Risk
from attendance.models import Excusal, Mark
from attendance.presenters import (
    OwnSessionView,
    RequirementView,
    StandingView,
    outcome_if_excused,
    register_rows,
)
from attendance.presenters.registers import RegisterListItem, counts_words, replaced_words
from attendance.presenters.standing import hours_words
from attendance.rules.requirements import AllOf, AtLeast, ShareOf
from attendance.rules.risk import risk_of
from attendance.rules.standing import Requirement, RequirementStanding, Standing, attendance_standing, whole_standing
from attendance.selectors import OwnSession, RegisterCounts, RegisterRow
from nextstep.accounts.models import User
from sessions_app.models import TeachingSession
from tests.factories.attendance_facts import HELD_FROM, KIND, made

NOW = datetime(2025, 10, 8, 16, 30, tzinfo=UTC)  # half past five in London
FOUR = AtLeast(4)
SESSION = TeachingSession()


def view(minimum, fates, kind=KIND):
    standing = attendance_standing(Requirement(KIND, minimum), *made(fates))
    return RequirementView(RequirementStanding(**{**vars(standing), "requirement": Requirement(kind, minimum)}))


@pytest.mark.parametrize(
    ("minimum", "fates", "misses", "status"),
    [
        (AllOf(), ["future"] * 4, "You cannot miss any face-to-face days.", ("On track", "blue")),
        (AllOf(), ["present", "future"], "You cannot miss any face-to-face days.", ("On track", "blue")),
        (AllOf(), ["present"] * 2, "You have met this.", ("Met", "green")),
        (
            AllOf(),
            ["absent", "future"],
            (
                "You have not been able to meet this since 8 October 2025. "
                "Talk to the programme team about what happens next."
            ),
            ("Cannot be met", "red"),
        ),
        (FOUR, ["future"] * 6, "You can miss 2 more face-to-face days.", ("On track", "blue")),
        (FOUR, ["absent"] + ["future"] * 5, "You can miss 1 more face-to-face day.", ("On track", "blue")),
        (
            FOUR,
            ["absent"] * 2 + ["future"] * 4,
            "You cannot miss any more face-to-face days.",
            ("None to spare", "orange"),
        ),
        (FOUR, ["present"] * 4 + ["absent"] * 2, "You have met this.", ("Met", "green")),
    ],
)
def test_what_may_still_be_missed_is_said_in_a_sentence(minimum, fates, misses, status):
    shown = view(minimum, fates)

    assert (shown.misses_left, shown.status) == (misses, status)


@pytest.mark.parametrize(
    ("minimum", "fates", "kind", "rule"),
    [
        (AllOf(), ["future"] * 4, KIND, "You must attend all 4 face-to-face days."),
        (AllOf(), ["future"], "evening", "You must attend the evening session."),
        (AllOf(), [], KIND, "There are no face-to-face days that you must attend."),
        (FOUR, ["future"] * 6, "masterclass", "You must attend at least 4 of the 6 masterclasses."),
        (FOUR, ["future"] * 3, "masterclass", "You must attend at least 3 of the 3 masterclasses."),
        (ShareOf(67), ["future"] * 6, "residential", "You must attend at least 67% of the residential days: 5 of 6."),
    ],
)
def test_a_requirement_is_said_in_a_sentence(minimum, fates, kind, rule):
    assert view(minimum, fates, kind).rule == rule


def test_a_requirement_shows_so_far_and_best_possible():
    shown = view(FOUR, ["present", "absent", "unmarked", "future", "future", "future"], "masterclass")

    assert (shown.title, shown.so_far, shown.best_possible) == ("Masterclasses", "1 of 4", "5 of 6")
    assert [row["key"] for row in shown.rows] == [
        "Standing", "So far", "Best you can reach", "What you can miss", "Not marked yet",
    ]  # fmt: skip


def test_nothing_is_said_of_unmarked_sessions_where_there_are_none():
    assert [row["key"] for row in view(FOUR, ["present"] * 4).rows][-1] == "What you can miss"


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 hours"), (60, "1 hour"), (90, "1.5 hours"), (480, "8 hours"), (110, "1.8 hours")]
)
def test_hours_in_words(minutes, words):
    assert hours_words(minutes) == words


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        (120, "Registers show 8 hours of about 120. Time on your project is not in registers."),
        (None, "Registers show 8 hours. Time on your project is not in registers."),
    ],
)
def test_hours_are_said_beside_what_is_expected(expected, sentence):
    assert StandingView(Standing((), 480), expected).hours_sentence == sentence


@pytest.mark.parametrize(
    ("keys", "begins"),
    [((), ""), ((1,), "1 session was before you joined."), ((1, 2), "2 sessions were before you joined.")],
)
def test_a_late_joiner_is_told_who_decides(keys, begins):
    assert StandingView(Standing((), 0, keys)).before_joining_sentence.startswith(begins)
    assert bool(StandingView(Standing((), 0, keys)).before_joining_sentence) == bool(keys)


@pytest.mark.parametrize(
    ("minimum", "fates", "joined", "risk"),
    [
        (FOUR, ["absent"] * 3 + ["future"] * 3, 0, Risk.FAILED),
        (FOUR, ["absent"] * 2 + ["future"] * 4, 0, Risk.NONE_LEFT),
        (FOUR, ["absent"] * 2 + ["unmarked"] * 4, 9, Risk.NONE_LEFT),
        (FOUR, ["unmarked"] + ["future"] * 5, 9, Risk.TO_DECIDE),
        (FOUR, ["absent"] + ["future"] * 5, 0, Risk.FINE),
        (FOUR, ["present"] * 4 + ["absent"] * 2, 0, Risk.FINE),
        (AllOf(), ["present", "future"], 0, Risk.FINE),
    ],
)
def test_the_most_urgent_thing_about_a_standing_comes_first(minimum, fates, joined, risk):
    standing = whole_standing(
        [Requirement(KIND, minimum)], *made(fates), joined_at=HELD_FROM + timedelta(weeks=joined, hours=-1)
    )

    assert risk_of(standing) == risk


@pytest.mark.parametrize(
    ("minimum", "fates", "words"),
    [
        (AllOf(), ["absent", "future"], "They would have 0 of the 2 they need, and could no longer meet this."),
        (AllOf(), ["absent_leaves", "future"], "They would have 0 of the 1 they need, and could miss no more."),
        (AllOf(), ["absent_met"], "They would have 1 of the 1 they need, and would have met this."),
    ],
)
def test_an_effect_is_previewed_in_a_line(minimum, fates, words):
    standing = whole_standing([Requirement(KIND, minimum)], *made(fates), joined_at=HELD_FROM)

    assert (outcome_if_excused(standing, KIND), outcome_if_excused(standing, "evening")) == (words, "")


# --- a fellow's own list ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "mark", "effect", "outcome", "words"),
    [
        ("published", None, None, Outcome.OPEN, "Not marked"),
        ("published", ("present", None), None, Outcome.MET, "Present"),
        ("published", ("late", 90), None, Outcome.MET, "Late, 90 minutes"),
        ("published", ("late", 10), None, Outcome.MISSED, "Late, 10 minutes: too short to count as attended"),
        ("published", ("absent", None), None, Outcome.MISSED, "Absent"),
        ("published", ("absent", None), "counts_as_met", Outcome.MET, "Absent, excused: counts as attended"),
        ("published", None, "leaves_requirement", Outcome.LEFT_OUT, "Not marked, excused: you are not asked for it"),
        ("published", ("absent", None), "still_a_miss", Outcome.MISSED, "Absent, counts as missed"),
        ("cancelled", ("absent", None), None, Outcome.MET, "Cancelled: counts as attended"),
    ],
)
def test_a_fellow_reads_what_is_written_and_what_it_comes_to(state, mark, effect, outcome, words):
    own = OwnSession(
        TeachingSession(state=state),
        outcome,
        Mark(state=mark[0], minutes=mark[1]) if mark else None,
        Excusal(effect=effect) if effect else None,
        asked_for=True,
    )

    assert OwnSessionView(own).attendance == words


def test_a_cancelled_session_that_nothing_asks_for_is_only_cancelled():
    own = OwnSession(TeachingSession(state="cancelled"), Outcome.MET, None, None, asked_for=False)

    assert OwnSessionView(own).attendance == "Cancelled"


@pytest.mark.parametrize(
    ("state", "minutes_from_now", "effect", "words"),
    [
        ("published", 1, None, "To come"),
        ("published", 0, None, "Not marked"),
        ("published", 1, "counts_as_met", "Not marked, excused: counts as attended"),
        ("cancelled", 1, None, "Cancelled: counts as attended"),
    ],
)
def test_of_a_session_to_come_there_is_nothing_to_say_yet(state, minutes_from_now, effect, words):
    now = datetime(2025, 10, 8, 9, tzinfo=UTC)
    starts_at = now + timedelta(minutes=minutes_from_now)
    session = TeachingSession(title="Systems", state=state, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    excusal = Excusal(effect=effect) if effect else None
    own = OwnSession(session, Outcome.OPEN, None, excusal, asked_for=True)

    assert OwnSessionView(own).cells(now)[2] == words


# --- registers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "saved"),
    [
        ({}, "Not marked"),
        ({"state": "present", "marked_at": NOW}, "Present, saved 5:30pm"),
        ({"state": "late", "minutes": 90, "marked_at": NOW}, "Late (90 minutes), saved 5:30pm"),
        ({"state": "late", "minutes": 0, "marked_at": NOW}, "Late (0 minutes), saved 5:30pm"),
        ({"state": "absent", "marked_at": NOW - timedelta(days=1)}, "Absent, saved 5:30pm on 7 October 2025"),
    ],
)
def test_a_row_says_what_was_saved_and_when(fields, saved):
    (row,) = register_rows(SESSION, [RegisterRow("id", "Ada Abara", **fields)], NOW)

    assert row["saved"] == saved


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        ("", "Not marked"),
        (Effect.COUNTS_AS_MET, "Not marked · Excused: counts as attended"),
        (Effect.LEAVES_REQUIREMENT, "Not marked · Excused: leaves the requirement"),
        (Effect.STILL_A_MISS, "Not marked · Not excused: still a miss"),
    ],
)
def test_a_row_says_what_was_decided(effect, words):
    assert register_rows(SESSION, [RegisterRow("id", "Ada", effect=effect)], NOW)[0]["saved"] == words


def test_the_running_count_in_words():
    assert counts_words(RegisterCounts(70, 12, 1, 2)) == "12 present, 1 late, 2 absent, 55 not marked"


def test_a_replaced_mark_is_named():
    replaced = Mark(state="late", marked_by=User(full_name="Ben Bell"), marked_at=NOW)

    assert replaced_words("Ada Abara", replaced, Mark(state="present")) == (
        "Ben Bell had marked Ada Abara as late at 5:30pm. It now says present."
    )


@pytest.mark.parametrize(
    ("starts_at", "marked", "closed", "state", "today"),
    [
        (NOW, 0, False, "Nobody marked yet", True),
        (NOW, 3, False, "3 marked", True),
        (NOW, 3, True, "Register closed", True),
        (NOW + timedelta(days=1), 0, False, "Register not open yet", False),
        (datetime(2025, 10, 8, 22, 59, tzinfo=UTC), 0, False, "Nobody marked yet", True),
        (datetime(2025, 10, 8, 23, 0, tzinfo=UTC), 0, False, "Register not open yet", False),
    ],
)
def test_a_register_in_the_list_says_how_far_it_is(starts_at, marked, closed, state, today):
    session = SimpleNamespace(starts_at=starts_at, marked=marked, **({"register_closure": 1} if closed else {}))
    item = RegisterListItem(session, NOW)

    assert (item.state, item.is_today, item.is_past) == (state, today, False)


def test_the_day_it_became_impossible_is_in_words():
    assert view(AllOf(), ["absent"]).standing.impossible_on == date(2025, 10, 8)
