"""One year of Next Step by its real dates: five fellows worked by hand, looked at on six dates."""

from datetime import timedelta

import pytest

from attendance import selectors, services
from attendance.enums import Effect, MarkState
from cohorts.models import Cohort, Seat
from cohorts.services import load_programme
from cohorts.services.files import SHIPPED, read_definition
from nextstep import clock
from sessions_app.models import TeachingSession
from sessions_app.services import cancel_session
from tests.factories.accounts import OwnerFactory
from tests.factories.cohorts import PlaceFactory

pytestmark = pytest.mark.django_db

# In order of time: masterclasses M1 to M6 and days D1 to D4.
CODES = {"M1": ("masterclass", 1), "D1": ("face_to_face", 1), "M2": ("masterclass", 2), "D2": ("face_to_face", 2),
         "M3": ("masterclass", 3), "D3": ("face_to_face", 3), "M4": ("masterclass", 4), "M5": ("masterclass", 5),
         "M6": ("masterclass", 6), "D4": ("face_to_face", 4)}  # fmt: skip
P, L, A, S, U = "present", "late", "absent", "short", "unmarked"
# What the register says of each, session by session; "short" is 89 of 120 or 359 of 480 minutes.
REGISTER = {
    "Ada, always there": dict.fromkeys(CODES, P),
    "Ben, two masterclasses missed": {**dict.fromkeys(CODES, P), "M1": A, "M3": A},
    "Cleo, a day missed and excused": {**dict.fromkeys(CODES, P), "D2": A},
    "Dev, three masterclasses missed": {**dict.fromkeys(CODES, P), "M2": A, "M3": S, "M5": A},
    "Ela, joined after the first day": {**dict.fromkeys(CODES, P), "M1": U, "D1": U, "M4": L},
}
DATES = [(2025, 9, 1), (2025, 10, 9), (2025, 12, 11), (2026, 1, 14), (2026, 4, 17), (2026, 7, 3)]
# For each date: days (met, best of 4, failed), masterclasses (met, best of 6, misses left, failed).
EXPECTED = {
    "Ada, always there": [
        ((0, 4, False), (0, 6, 2, False)),
        ((1, 4, False), (1, 6, 2, False)),
        ((2, 4, False), (2, 6, 2, False)),
        ((2, 4, False), (3, 6, 2, False)),
        ((3, 4, False), (5, 6, 2, False)),
        ((4, 4, False), (6, 6, 2, False)),
    ],
    "Ben, two masterclasses missed": [
        ((0, 4, False), (0, 6, 2, False)),
        ((1, 4, False), (0, 5, 1, False)),
        ((2, 4, False), (1, 5, 1, False)),
        ((2, 4, False), (1, 4, 0, False)),
        ((3, 4, False), (3, 4, 0, False)),
        ((4, 4, False), (4, 4, 0, False)),
    ],
    # Excused on 12 December, a day after the third look: until then the missed day fails her.
    "Cleo, a day missed and excused": [
        ((0, 4, False), (0, 6, 2, False)),
        ((1, 4, False), (1, 6, 2, False)),
        ((1, 3, True), (2, 6, 2, False)),
        ((2, 4, False), (3, 6, 2, False)),
        ((3, 4, False), (5, 6, 2, False)),
        ((4, 4, False), (6, 6, 2, False)),
    ],
    # The third miss is on 16 April 2026.
    "Dev, three masterclasses missed": [
        ((0, 4, False), (0, 6, 2, False)),
        ((1, 4, False), (1, 6, 2, False)),
        ((2, 4, False), (1, 5, 1, False)),
        ((2, 4, False), (1, 4, 0, False)),
        ((3, 4, False), (2, 3, 0, True)),
        ((4, 4, False), (3, 3, 0, True)),
    ],
    # Unmarked never fails her, and counts as still possible until a person decides.
    "Ela, joined after the first day": [
        ((0, 4, False), (0, 6, 2, False)),
        ((0, 4, False), (0, 6, 2, False)),
        ((1, 4, False), (1, 6, 2, False)),
        ((1, 4, False), (2, 6, 2, False)),
        ((2, 4, False), (4, 6, 2, False)),
        ((3, 4, False), (5, 6, 2, False)),
    ],
}
HOURS = {
    "Ada, always there": 4 * 480 + 6 * 120,
    "Ben, two masterclasses missed": 4 * 480 + 4 * 120,
    "Cleo, a day missed and excused": 3 * 480 + 6 * 120,
    "Dev, three masterclasses missed": 4 * 480 + 3 * 120 + 89,
    "Ela, joined after the first day": 3 * 480 + 5 * 120,
}


@pytest.fixture
def cohort():
    load_programme(definition=read_definition(SHIPPED / "next_step_2025_26.toml"), by=None)
    return Cohort.objects.get()


@pytest.fixture
def sessions(cohort):
    there = {(one.kind, one.number): one for one in TeachingSession.objects.filter(cohort=cohort)}
    return {code: there[key] for code, key in CODES.items()}


@pytest.fixture
def places(cohort, sessions):
    made = {}
    for name in REGISTER:
        late = name.startswith("Ela")
        joined = sessions["D1"].ends_at + timedelta(days=1) if late else sessions["M1"].starts_at - timedelta(days=60)
        made[name] = PlaceFactory(cohort=cohort, fellow__full_name=name, enrolled_at=joined)
    return made


def hold(session, code, places, by):
    """What staff do in the room, at the end of the session."""
    with clock.at(session.ends_at):
        for name, place in places.items():
            says = REGISTER[name][code]
            if says == U:
                continue
            state = {S: MarkState.LATE}.get(says) or MarkState(says)
            length = (session.ends_at - session.starts_at) // timedelta(minutes=1)
            minutes = {120: 89, 480: 359}[length] if says == S else None
            services.mark(session=session, place=place, state=state, minutes=minutes, by=by)


def seen(standing):
    days, masterclasses = standing.requirements
    return (
        (days.met, days.best_possible, days.failed),
        (masterclasses.met, masterclasses.best_possible, masterclasses.misses_left, masterclasses.failed),
    )


@pytest.fixture
def looks(cohort, sessions, places, london):
    """The year lived through: at each of the six dates, everybody's standing."""
    owner, looks, waiting = OwnerFactory(), [], list(sessions)
    for date in DATES:
        now = london(*date, 9)
        while waiting and sessions[waiting[0]].ends_at <= now:
            hold(sessions[waiting[0]], waiting[0], places, owner)
            waiting.pop(0)
        if date == (2026, 1, 14):
            with clock.at(london(2025, 12, 12, 9)):
                cleo = places["Cleo, a day missed and excused"]
                services.excuse(
                    session=sessions["D2"], place=cleo, effect=Effect.COUNTS_AS_MET, reason="Caught up", by=owner
                )
        looks.append({name: selectors.standing_of(place, now) for name, place in places.items()})
        assert looks[-1] == {name: selectors.standings_of(cohort, now)[place.pk] for name, place in places.items()}, (
            "one by one and all together agree"
        )
    return looks


def test_five_fellows_stand_on_six_dates_as_worked_by_hand(looks):
    assert {name: [seen(look[name]) for look in looks] for name in REGISTER} == EXPECTED


def test_their_hours_at_the_end_are_those_in_the_registers(looks):
    assert {name: look.minutes_proven for name, look in looks[-1].items()} == HOURS


def test_what_became_impossible_has_its_day(looks):
    on = {name: look.impossible_on for name, look in looks[-1].items() if look.impossible_on}

    assert {name: day.isoformat() for name, day in on.items()} == {"Dev, three masterclasses missed": "2026-04-16"}


def test_a_person_is_asked_about_the_late_joiner_alone(looks, sessions):
    asked = {name: look.before_joining for name, look in looks[-1].items() if look.before_joining}

    assert asked == {"Ela, joined after the first day": (sessions["M1"].pk, sessions["D1"].pk)}


@pytest.mark.parametrize(
    ("effect", "met", "needed", "reached"),
    [
        (Effect.COUNTS_AS_MET, 4, 4, True),
        (Effect.LEAVES_REQUIREMENT, 3, 3, True),
        (Effect.STILL_A_MISS, 3, 4, False),
    ],
)
def test_the_decision_about_the_late_joiner_settles_her_days(
    looks, sessions, places, london, effect, met, needed, reached
):
    ela = places["Ela, joined after the first day"]
    with clock.at(london(2026, 7, 3, 9)):
        services.excuse(session=sessions["D1"], place=ela, effect=effect, reason="Joined later", by=OwnerFactory())

    standing = selectors.standing_of(ela, london(2026, 7, 3, 10))

    days = standing.requirements[0]
    assert (days.met, days.needed, days.reached, days.failed) == (met, needed, reached, not reached)
    assert standing.before_joining == (sessions["M1"].pk,)


def test_a_masterclass_cancelled_in_time_saves_the_one_who_had_missed_three(sessions, places, london):
    owner, dev = OwnerFactory(), places["Dev, three masterclasses missed"]
    for code in ("M1", "D1", "M2", "D2", "M3", "D3", "M4"):
        hold(sessions[code], code, places, owner)
    with clock.at(london(2026, 4, 10, 9)):
        cancel_session(session=sessions["M5"], reason="The speaker is ill", by=owner)

    masterclasses = selectors.standing_of(dev, london(2026, 4, 17, 9)).requirements[1]

    assert (masterclasses.met, masterclasses.best_possible, masterclasses.failed) == (3, 4, False)


def test_every_seat_of_the_year_is_there(cohort):
    assert Seat.objects.filter(cohort=cohort).count() == 70
