"""Excusing, closing and opening registers again."""

import pytest
from django.db import IntegrityError, transaction

from attendance import services
from attendance.enums import Effect, MarkState
from attendance.models import Excusal, Mark, RegisterClosure
from nextstep.audit.models import Event
from nextstep.refusals import Refused, Stale
from sessions_app.enums import SessionState
from tests.factories.accounts import OwnerFactory
from tests.factories.attendance import ExcusalFactory, MarkFactory, RegisterClosureFactory
from tests.factories.cohorts import AttendanceRequirementFactory, PlaceFactory
from tests.factories.sessions_app import FaceToFaceDayFactory, TeachingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_evening(set_clock):
    set_clock(2025, 10, 8, 18)


def asked_for(kind="face_to_face", **minimum):
    """A session, a fellow of its cohort, and the requirement that asks for it."""
    session = FaceToFaceDayFactory(kind=kind)
    AttendanceRequirementFactory(cohort=session.cohort, session_kind=kind, **minimum)
    return {"session": session, "place": PlaceFactory(cohort=session.cohort)}


def test_a_decision_is_saved_with_who_when_and_why():
    owner, about = OwnerFactory(), asked_for()

    excusal = services.excuse(**about, effect=Effect.COUNTS_AS_MET, reason=" Caught up ", by=owner)

    excusal.refresh_from_db()
    assert (excusal.effect, excusal.reason, excusal.decided_by) == ("counts_as_met", "Caught up", owner)
    assert Event.objects.about(excusal).values_list("verb", "after").get() == (
        "attendance.excused",
        {"effect": "counts_as_met"},
    )


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_a_decision_needs_a_reason(reason):
    with pytest.raises(Refused, match="Give a reason"):
        services.excuse(**asked_for(), effect=Effect.COUNTS_AS_MET, reason=reason, by=OwnerFactory())
    assert not Excusal.objects.exists()


ALL = {"all_of_them": True}
FOUR = {"all_of_them": False, "at_least": 4}
SHARE = {"all_of_them": False, "share": 75}


@pytest.mark.parametrize(
    ("minimum", "effect", "offered"),
    [
        (ALL, Effect.COUNTS_AS_MET, True),
        (ALL, Effect.LEAVES_REQUIREMENT, True),
        (ALL, Effect.STILL_A_MISS, True),
        (FOUR, Effect.COUNTS_AS_MET, True),
        (FOUR, Effect.LEAVES_REQUIREMENT, False),
        (FOUR, Effect.STILL_A_MISS, True),
        (SHARE, Effect.COUNTS_AS_MET, True),
        (SHARE, Effect.LEAVES_REQUIREMENT, True),
        (SHARE, Effect.STILL_A_MISS, True),
    ],
)
def test_which_effect_is_offered_depends_on_the_requirement(minimum, effect, offered):
    about = asked_for(**minimum)
    if offered:
        services.excuse(**about, effect=effect, reason="Ward cover", by=OwnerFactory())
    else:
        with pytest.raises(Refused, match="not offered for this kind"):
            services.excuse(**about, effect=effect, reason="Ward cover", by=OwnerFactory())

    assert Excusal.objects.exists() == offered


def test_nothing_is_excused_that_no_rule_asks_for():
    session = TeachingSessionFactory()

    with pytest.raises(Refused, match="No rule asks for this session"):
        services.excuse(
            session=session,
            place=PlaceFactory(cohort=session.cohort),
            effect=Effect.COUNTS_AS_MET,
            reason="Ward cover",
            by=OwnerFactory(),
        )


def test_a_cancelled_session_needs_no_excuse():
    about = asked_for()
    about["session"].state = SessionState.CANCELLED

    with pytest.raises(Refused, match="counts as attended for everyone already"):
        services.excuse(**about, effect=Effect.COUNTS_AS_MET, reason="Ward cover", by=OwnerFactory())


def test_a_fellow_of_another_cohort_is_not_excused():
    about = asked_for()

    with pytest.raises(Refused, match="not on the programme that this session belongs to"):
        services.excuse(
            session=about["session"], place=PlaceFactory(), effect=Effect.COUNTS_AS_MET, reason="Why", by=OwnerFactory()
        )


def test_the_same_decision_twice_is_one():
    owner, about = OwnerFactory(), asked_for()
    first, second = (
        services.excuse(**about, effect=Effect.COUNTS_AS_MET, reason="Ward cover", by=owner, seen_version=0)
        for _ in range(2)
    )

    assert (first, second.version, Event.objects.count()) == (second, 1, 1)


def test_deciding_anew_replaces_the_decision_and_keeps_the_words_out_of_the_audit():
    owner, about = OwnerFactory(), asked_for()
    services.excuse(**about, effect=Effect.COUNTS_AS_MET, reason="Ward cover", by=owner)

    services.excuse(**about, effect=Effect.STILL_A_MISS, reason="Did not catch up", by=owner, seen_version=1)

    assert Excusal.objects.values_list("effect", "reason", "version").get() == ("still_a_miss", "Did not catch up", 2)
    assert Event.objects.order_by("-pk").values_list("before", "after").first() == (
        {"effect": "counts_as_met"},
        {"effect": "still_a_miss", "reason": "changed"},
    )


@pytest.mark.parametrize("seen", [0, 2])
def test_a_decision_from_a_stale_page_is_refused(seen):
    about = asked_for()
    services.excuse(**about, effect=Effect.COUNTS_AS_MET, reason="Ward cover", by=OwnerFactory())

    with pytest.raises(Stale):
        services.excuse(**about, effect=Effect.STILL_A_MISS, reason="No word", by=OwnerFactory(), seen_version=seen)

    assert Excusal.objects.get().effect == "counts_as_met"


def test_a_withdrawn_decision_is_gone_and_written_down():
    excusal = ExcusalFactory()

    services.withdraw_excusal(excusal=excusal, by=OwnerFactory())

    assert not Excusal.objects.exists()
    assert Event.objects.values_list("verb", "before").get() == (
        "attendance.excusal_withdrawn",
        {"effect": "counts_as_met"},
    )


def test_a_decision_that_changed_since_is_not_withdrawn_unseen():
    excusal = ExcusalFactory(version=2)

    with pytest.raises(Stale):
        services.withdraw_excusal(excusal=excusal, by=OwnerFactory(), seen_version=1)

    assert Excusal.objects.exists()


@pytest.mark.parametrize("wrong", [{"effect": "forgotten"}, {"reason": ""}])
def test_the_database_holds_what_an_excusal_may_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ExcusalFactory(**wrong)


# --- closing ----------------------------------------------------------------------------------------------------------


def test_closing_marks_the_rest_absent_where_the_person_says_so():
    day, owner = FaceToFaceDayFactory(), OwnerFactory()
    MarkFactory(session=day)
    ExcusalFactory(session=day)
    PlaceFactory(cohort=day.cohort, state="withdrawn", seat=None)
    PlaceFactory()
    rest = PlaceFactory.create_batch(2, cohort=day.cohort)

    services.close_register(session=day, mark_absent=True, by=owner)

    absent = Mark.objects.filter(state=MarkState.ABSENT).order_by("pk")
    assert [(mark.place, mark.marked_by) for mark in absent] == [(place, owner) for place in rest]
    assert Event.objects.about(day).values_list("verb", "after").get() == (
        "attendance.register_closed",
        {"marked_absent": [place.pk for place in rest]},
    )


def test_closing_leaves_the_rest_unmarked_otherwise():
    day = FaceToFaceDayFactory()
    PlaceFactory(cohort=day.cohort)

    services.close_register(session=day, mark_absent=False, by=OwnerFactory())

    assert (RegisterClosure.objects.count(), Mark.objects.count()) == (1, 0)


def test_a_register_is_closed_once():
    day = FaceToFaceDayFactory()
    services.close_register(session=day, mark_absent=False, by=OwnerFactory())

    with pytest.raises(Refused, match="closed already"):
        services.close_register(session=day, mark_absent=True, by=OwnerFactory())

    assert Event.objects.count() == 1


def test_a_register_is_not_closed_before_its_session_begins(set_clock):
    set_clock(2025, 10, 8, 8, 59)
    with pytest.raises(Refused, match="once its session has begun"):
        services.close_register(session=FaceToFaceDayFactory(), mark_absent=False, by=OwnerFactory())


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_the_register_of_a_session_that_does_not_go_ahead_is_not_closed(state):
    with pytest.raises(Refused):
        services.close_register(session=FaceToFaceDayFactory(state=state), mark_absent=False, by=OwnerFactory())


def test_a_register_is_opened_again_and_its_marks_stay():
    day = FaceToFaceDayFactory()
    MarkFactory(session=day)
    RegisterClosureFactory(session=day)

    services.reopen_register(session=day, by=OwnerFactory())

    assert (RegisterClosure.objects.count(), Mark.objects.count()) == (0, 1)
    with pytest.raises(Refused, match="open already"):
        services.reopen_register(session=day, by=OwnerFactory())
