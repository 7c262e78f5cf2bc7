"""What is decided stays the team's own until it is released: whole, once, at once or at a set time."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application, Decision, Offer, Release
from applications.services import (
    batch_of,
    cancel_release,
    offer_place,
    plan_release,
    release_due,
    reopen_application,
    set_decision,
    submit_application,
    take_back_decision,
    withdraw_application,
)
from cohorts.models import Seat
from cohorts.services import NoSeatFree
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.refusals import Refused, Stale
from sessions_app.services.feeds import make_feed
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, OfferFactory, next_step_cohort, with_documents
from tests.factories.cohorts import NOW, CohortFactory

pytestmark = pytest.mark.django_db
KINDS = ["offer", "reserve", "not_selected"]
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def ada() -> User:
    return UserFactory(full_name="Ada Abara")


@pytest.fixture
def cohort(now: None):
    return CohortFactory(places=2)


def decided(cohort, ada: User, *kinds: str) -> list[Decision]:
    applications = ApplicationFactory.create_batch(len(kinds), cohort=cohort, submitted=True)
    return [
        set_decision(application=each, kind=kind, by=ada, feedback=f"About {kind}" if kind != "offer" else "")
        for each, kind in zip(applications, kinds, strict=True)
    ]


def ids(decisions: list[Decision]) -> list[int]:
    return [each.pk for each in decisions]


def states(cohort) -> list[str]:
    return list(Application.objects.filter(cohort=cohort).order_by("pk").values_list("state", flat=True))


def mails() -> list[str]:
    return sorted(Message.objects.values_list("code", flat=True))


# --- what nobody sees before


def pages_of(person: User) -> dict[str, str]:
    """Everything that an applicant can open, with what differs from answer to answer taken out."""
    browser = Client()
    browser.force_login(person)
    application = person.applications.get()
    base = f"/applications/{application.public_id}/"
    place = f"/{application.cohort.programme.slug}/{application.cohort.slug}/"
    feed = make_feed(person=person, by=person)
    paths = [
        "/home/",
        base,
        f"{base}sent/",
        f"{base}withdraw/",
        place,
        f"{place}apply/",
        reverse("portal:feed", args=[feed.token]),
    ]
    answers = {path: browser.get(path, follow=True) for path in paths}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {path: masked(answer.content.decode()) for path, answer in answers.items()}


def masked(page: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "token", page)
    return re.sub(r'nonce="[^"]+"', "nonce", page)


@pytest.mark.parametrize("planned", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_an_applicant_can_tell_nothing_before_the_release(ada: User, kind: str, planned: bool, now: None) -> None:
    application = with_documents(ApplicationFactory(cohort=next_step_cohort()))
    person = application.applicant
    submit_application(application=application, by=person, declared=True)
    before, sent = pages_of(person), mails()

    decision = set_decision(application=application, kind=kind, by=ada, feedback="Not for your eyes yet")
    if planned:
        plan_release(cohort=application.cohort, decisions=[decision.pk], by=ada, at=TOMORROW)

    assert pages_of(person) == before
    assert mails() == sent
    application.refresh_from_db()
    assert (application.state, application.feedback, application.reserve_rank) == ("submitted", "", None)
    assert Seat.objects.filter(holder__isnull=False).count() == 0


def test_the_pages_would_show_a_decision_that_is_released(ada: User, now: None) -> None:
    application = with_documents(ApplicationFactory(cohort=next_step_cohort()))
    person = application.applicant
    submit_application(application=application, by=person, declared=True)
    before = pages_of(person)
    decision = set_decision(application=application, kind="not_selected", by=ada, feedback="Say more of your own part")

    plan_release(cohort=application.cohort, decisions=[decision.pk], by=ada)

    after = pages_of(person)
    assert [path for path in before if before[path] != after[path]] != []
    assert "Say more of your own part" in after[f"/applications/{application.public_id}/"]


@pytest.mark.parametrize("kind", KINDS)
def test_withdrawing_and_opening_again_is_as_if_nothing_were_decided(ada: User, kind: str, cohort) -> None:
    application = ApplicationFactory(cohort=cohort, submitted=True)
    set_decision(application=application, kind=kind, by=ada)

    withdraw_application(application=application, by=application.applicant)
    reopen_application(application=application, by=application.applicant)

    application.refresh_from_db()
    assert application.state == "draft"


# --- setting and changing


def test_a_decision_can_be_changed_and_taken_back(ada: User, cohort) -> None:
    [first] = decided(cohort, ada, "reserve")
    again = set_decision(application=first.application, kind="not_selected", by=ada, feedback="Sorry")

    assert (again.pk, again.kind, again.rank, again.feedback) == (first.pk, "not_selected", None, "Sorry")
    take_back_decision(decision=again, by=ada)
    assert Decision.objects.count() == 0
    verbs = Event.objects.about(first.application).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["applications.decision_set"] * 2 + ["applications.decision_taken_back"]


def test_the_same_decision_twice_is_one(ada: User, cohort) -> None:
    [first] = decided(cohort, ada, "offer")

    again = set_decision(application=first.application, kind="offer", by=ada, seen=0)

    assert (again.pk, again.version, Event.objects.about(first.application).count()) == (first.pk, 1, 1)


def test_two_administrators_do_not_write_over_each_other(ada: User, cohort) -> None:
    [first] = decided(cohort, ada, "offer")

    with pytest.raises(Stale):
        set_decision(application=first.application, kind="reserve", by=UserFactory(), seen=0)


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        ("draft", []),
        ("submitted", KINDS),
        ("reserve", ["offer", "not_selected"]),
        ("offered", []),
        ("not_selected", ["offer", "reserve"]),
        ("accepted", []),
        ("withdrawn", []),
    ],
)
def test_only_what_could_be_done_now_can_be_decided(ada: User, cohort, state: str, allowed: list[str]) -> None:
    application = ApplicationFactory(
        cohort=cohort,
        state=state,
        submitted_at=None if state == "draft" else NOW,
        reserve_rank=1 if state == "reserve" else None,
    )
    done = []
    for kind in KINDS:
        try:
            take_back_decision(decision=set_decision(application=application, kind=kind, by=ada), by=ada)
        except Refused:
            continue
        done.append(kind)

    assert done == allowed


# --- releasing


def test_a_release_tells_everybody_at_once(ada: User, cohort) -> None:
    chosen = decided(cohort, ada, "offer", "reserve", "not_selected")

    release = plan_release(cohort=cohort, decisions=ids(chosen), by=ada)

    assert states(cohort) == ["offered", "reserve", "not_selected"]
    assert mails() == ["applications.not_selected", "applications.offer", "applications.reserve"]
    assert list(Application.objects.order_by("pk").values_list("feedback", flat=True)) == [
        "",
        "About reserve",
        "About not_selected",
    ]
    assert (release.state, Decision.objects.filter(released_at=NOW, release=release).count()) == ("done", 3)


def test_the_reserve_list_is_in_the_order_of_the_ranks(ada: User, cohort) -> None:
    first, second, third = decided(cohort, ada, "reserve", "reserve", "reserve")
    set_decision(application=third.application, kind="reserve", by=ada, rank=1, feedback="About reserve")
    set_decision(application=first.application, kind="reserve", by=ada, rank=3, feedback="About reserve")

    plan_release(cohort=cohort, decisions=ids([first, second, third]), by=ada)

    assert list(Application.objects.on_reserve_list()) == [each.application for each in (third, second, first)]


def test_without_seats_for_all_nothing_is_released(ada: User, cohort) -> None:
    OfferFactory(application__cohort=cohort)
    chosen = decided(cohort, ada, "offer", "offer", "not_selected")

    with pytest.raises(NoSeatFree, match=r"make 2 offers, and 1 seats are free\. Nothing was released"):
        plan_release(cohort=cohort, decisions=ids(chosen), by=ada)

    assert (states(cohort)[1:], mails(), Release.objects.count()) == (["submitted"] * 3, [], 0)


def test_what_changed_since_the_preview_is_not_released(ada: User, cohort) -> None:
    chosen = decided(cohort, ada, "offer", "not_selected")
    seen = batch_of(chosen).fingerprint
    set_decision(application=chosen[1].application, kind="reserve", by=ada)

    with pytest.raises(Stale):
        plan_release(cohort=cohort, decisions=ids(chosen), by=ada, seen=seen)

    assert states(cohort) == ["submitted", "submitted"]


def test_who_withdrew_or_sent_anew_since_is_left_out(ada: User, cohort) -> None:
    gone, stays = decided(cohort, ada, "offer", "offer")
    withdraw_application(application=gone.application, by=gone.application.applicant)

    plan_release(cohort=cohort, decisions=ids([gone, stays]), by=ada)

    assert states(cohort) == ["withdrawn", "offered"]
    assert list(Decision.objects.pending()) == [gone]


def test_a_planned_release_happens_at_its_time_and_once(ada: User, cohort) -> None:
    chosen = decided(cohort, ada, "offer", "reserve")
    plan_release(cohort=cohort, decisions=ids(chosen), by=ada, at=TOMORROW)

    told = []
    for moment in (TOMORROW - timedelta(seconds=1), TOMORROW, TOMORROW + timedelta(minutes=1)):
        with clock.at(moment):
            release_due(now=moment)
        told.append((states(cohort), len(mails())))

    assert told == [(["submitted"] * 2, 0), (["offered", "reserve"], 2), (["offered", "reserve"], 2)]


def test_a_planned_release_without_seats_tells_its_planner_and_nobody_else(ada: User, cohort) -> None:
    chosen = decided(cohort, ada, "offer", "offer")
    release = plan_release(cohort=cohort, decisions=ids(chosen), by=ada, at=TOMORROW)
    offer_place(application=ApplicationFactory(cohort=cohort, submitted=True), by=ada)

    with clock.at(TOMORROW):
        release_due(now=TOMORROW)
        release_due(now=TOMORROW)

    release.refresh_from_db()
    assert (release.state, release.trouble) == (
        "refused",
        "These decisions make 2 offers, and 1 seats are free. Nothing was released.",
    )
    assert mails() == ["applications.offer", "applications.release_refused"]
    assert Message.objects.get(code="applications.release_refused").person == ada
    assert Decision.objects.pending().filter(release__isnull=True).count() == 2


def test_a_planned_decision_stands_until_its_release_is_cancelled(ada: User, cohort) -> None:
    [decision] = decided(cohort, ada, "offer")
    release = plan_release(cohort=cohort, decisions=[decision.pk], by=ada, at=TOMORROW)

    for act in (
        lambda: set_decision(application=decision.application, kind="reserve", by=ada),
        lambda: take_back_decision(decision=decision, by=ada),
        lambda: plan_release(cohort=cohort, decisions=[decision.pk], by=ada),
    ):
        with pytest.raises(Refused, match="Cancel that release first"):
            act()
    cancel_release(release=release, by=ada)
    with clock.at(TOMORROW):
        release_due(now=TOMORROW)

    assert (states(cohort), Offer.objects.count()) == (["submitted"], 0)
    take_back_decision(decision=decision, by=ada)


def test_only_the_cohorts_own_decisions_are_released(ada: User, cohort) -> None:
    [elsewhere] = decided(CohortFactory(), ada, "offer")

    with pytest.raises(Refused, match="None of these decisions"):
        plan_release(cohort=cohort, decisions=[elsewhere.pk], by=ada)
