"""Applicants, administrators, the clock and the jobs, at random: what must hold holds after every step."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from applications.enums import Brake
from applications.models import Application, Decision, Offer, Release, Submission
from applications.rules.states import APPLICATION
from applications.services import (
    accept_offer,
    cancel_release,
    change_reserve_list,
    decline_application,
    decline_offer,
    fill_places,
    lapse_offers,
    offer_next,
    offer_place,
    plan_release,
    put_on_reserve_list,
    release_due,
    reopen_application,
    set_decision,
    submit_application,
    undo_decline,
    undo_withdrawal,
    withdraw_application,
)
from cohorts.models import Place, Seat
from cohorts.services import leave_programme
from nextstep import clock
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.refusals import Refused
from tests.factories.accounts import OwnerFactory
from tests.factories.applications import ApplicationFactory, next_step_cohort
from tests.factories.cohorts import NOW, CohortFactory, FirstComeCohortFactory

PEOPLE = 6
# What has happened in any of the runs: a machine that never gets far proves nothing.
SEEN: Counter[str] = Counter()
someone = st.integers(0, PEOPLE - 1)
kinds = st.sampled_from(["offer", "reserve", "not_selected"])
# Which transition each event of the audit tells of, and the mail that goes with it.
TOLD = {
    "submitted": ("submit", "receipt"),
    "withdrawn": ("withdraw", "withdrawn"),
    "reopened": ("reopen", None),
    "withdrawal_undone": ("undo_withdrawal", "withdrawal_undone"),
    "offered": ("offer", "offer"),
    "reserved": ("reserve", "reserve"),
    "not_selected": ("decline", "not_selected"),
    "offer_accepted": ("accept_offer", "offer_accepted"),
    "offer_declined": ("decline_offer", "offer_declined"),
    "offer_lapsed": ("lapse_offer", "offer_lapsed"),
    "decline_undone": ("undo_decline", "offer_restored"),
}


class Selecting(RuleBasedStateMachine):
    """One cohort of two places; everything is undone when the machine ends."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now = NOW
        self.snapshots: dict[int, Any] = {}

    def teardown(self) -> None:
        SEEN.update(verb.partition(".")[2] for verb in Event.objects.values_list("verb", flat=True))
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(first_come=st.booleans(), hours=st.sampled_from([24, 0, 24]), mode=st.sampled_from(Brake.values))
    def begin(self, first_come: bool, hours: int, mode: str) -> None:
        made = FirstComeCohortFactory if first_come else CohortFactory
        self.cohort = next_step_cohort(made, documents=False, places=2, queue=3, offer_days=2)
        self.owner = OwnerFactory()
        self.ids = [each.pk for each in ApplicationFactory.create_batch(PEOPLE, cohort=self.cohort)]
        change_reserve_list(cohort=self.cohort, by=self.owner, mode=mode, undo_hours=hours)
        for who in [0] * (PEOPLE - 1):
            self.does(who, "submit")

    def application(self, who: int, state: str = "") -> Application:
        """One of them; in that state where anybody is, so that not most of what is tried is refused."""
        everybody = list(Application.objects.filter(pk__in=self.ids).select_related("applicant", "cohort__programme"))
        fit = [each for each in everybody if each.state == state] or everybody
        return fit[who % len(fit)]

    def tried(self, act: Callable[[], Any]) -> None:
        """Whatever is refused has changed nothing; the invariants see to that."""
        with clock.at(self.now):
            try:
                with transaction.atomic():
                    act()
            except (Refused, PermissionDenied):
                pass

    def on_offer(self, state: str, who: int, act: Callable[..., Any], **further: Any) -> None:
        """With an offer in that state where there is one, so that not most of what is tried is refused."""
        offers = list(Offer.objects.filter(application__in=self.ids).select_related("application__applicant"))
        chosen = [offer for offer in offers if offer.state == state] or offers
        if chosen:
            offer = chosen[who % len(chosen)]
            self.tried(lambda: act(offer=offer, by=offer.application.applicant, **further))

    # --- applicants

    @rule(who=someone, act=st.sampled_from(["submit", "withdraw", "reopen", "undo"]))
    def does(self, who: int, act: str) -> None:
        states = {"submit": "draft", "withdraw": "", "reopen": "withdrawn", "undo": "withdrawn"}
        mine = self.application(who, states[act])
        acts: dict[str, Callable[[], Any]] = {
            "submit": lambda: submit_application(application=mine, by=mine.applicant, declared=True),
            "withdraw": lambda: withdraw_application(application=mine, by=mine.applicant),
            "undo": lambda: undo_withdrawal(application=mine, by=mine.applicant),
            "reopen": lambda: reopen_application(application=mine, by=mine.applicant),
        }
        self.tried(acts[act])

    @rule(who=someone, act=st.sampled_from(["accept", "decline", "undo", "think twice"]))
    def answers(self, who: int, act: str) -> None:
        if act == "accept":
            self.on_offer("open", who, accept_offer, commitment_text="I will.")
        elif act == "decline":
            self.on_offer("open", who, decline_offer)
        else:
            if act == "think twice":
                self.on_offer("open", who, decline_offer)
            self.on_offer("declined", who, undo_decline)

    # --- the team

    @rule(
        few=st.lists(st.tuples(someone, kinds), min_size=1, max_size=3), hours=st.sampled_from([None, None, 0, 1, 30])
    )
    def decides(self, few: list[tuple[int, str]], hours: int | None) -> None:
        """Hours: releases all that is pending now (0) or later; None: not yet."""
        for who, kind in few:
            application = self.application(who, "submitted")
            self.tried(lambda a=application, k=kind: set_decision(application=a, kind=k, by=self.owner))  # type: ignore[misc]
        if hours is not None:
            pending = Decision.objects.pending().filter(application__in=self.ids)
            at = self.now + timedelta(hours=hours) if hours else None
            ids = list(pending.values_list("pk", flat=True))
            self.tried(lambda: plan_release(cohort=self.cohort, decisions=ids, by=self.owner, at=at))

    @rule(who=someone, act=st.sampled_from([offer_place, put_on_reserve_list, decline_application]))
    def tells_at_once(self, who: int, act: Callable[..., Any]) -> None:
        self.tried(lambda: act(application=self.application(who), by=self.owner))

    @rule(act=st.sampled_from(["cancel", "next", *Brake.values]))
    def moves_the_list(self, act: str) -> None:
        release = Release.objects.filter(cohort=self.cohort).first()
        first = Application.objects.filter(cohort=self.cohort).on_reserve_list().select_related("cohort").first()
        if act == "cancel" and release is not None:
            self.tried(lambda: cancel_release(release=release, by=self.owner))
        elif act == "next" and first is not None:
            self.tried(lambda: offer_next(application=first, by=self.owner))
        elif act in Brake.values:
            self.tried(lambda: change_reserve_list(cohort=self.cohort, by=self.owner, mode=act))

    @rule(who=someone)
    def lets_a_fellow_go(self, who: int) -> None:
        places = list(Place.objects.active().filter(cohort=self.cohort).select_related("cohort", "fellow"))
        if places:
            place = places[who % len(places)]
            self.tried(lambda: leave_programme(place=place, by=self.owner, reason="Moved away"))

    # --- the clock and the jobs

    @rule(hours=st.sampled_from([0, 12, 30, 100]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.jobs_run()

    def jobs_run(self) -> None:
        with clock.at(self.now):
            lapse_offers(now=self.now)
            release_due(now=self.now)
            fill_places(now=self.now)

    # --- what holds

    @invariant()
    def no_seat_is_held_without_cause_and_there_are_never_more(self) -> None:
        held = Seat.objects.filter(cohort=self.cohort, holder__isnull=False)
        offers = Offer.objects.filter(application__cohort=self.cohort)
        standing = [offers.open(), offers.unsettled()]
        causes = [each for some in standing for each in some.values_list("application__applicant", flat=True)]
        causes += Place.objects.filter(cohort=self.cohort, state="active").values_list("fellow", flat=True)
        assert Counter(held.values_list("holder", flat=True)) == Counter(causes)
        assert held.count() <= self.cohort.places == Seat.objects.filter(cohort=self.cohort).count()

    @invariant()
    def nobody_is_in_two_states(self) -> None:
        for application in Application.objects.filter(pk__in=self.ids).prefetch_related("offers", "decisions"):
            open_offers = [offer for offer in application.offers.all() if offer.state == "open"]
            accepted = [offer for offer in application.offers.all() if offer.state == "accepted"]
            assert len(open_offers) == (application.state == "offered")
            assert len(accepted) == (application.state == "accepted")
            assert (application.reserve_rank is not None) == (application.state == "reserve")
            assert len([each for each in application.decisions.all() if each.released_at is None]) <= 1

    @invariant()
    def the_audit_tells_every_step_and_every_mail_went_once(self) -> None:
        events = Event.objects.filter(object_type="applications.application", object_id__in=map(str, self.ids))
        told: dict[str, list[Any]] = defaultdict(list)
        for key, verb in events.order_by("pk").values_list("object_id", "verb"):
            told[key] += [TOLD[name] for name in [verb.partition(".")[2]] if name in TOLD]
        sent: dict[int, list[str]] = defaultdict(list)
        for person, code in Message.objects.values_list("person", "code"):
            sent[person].append(code)
        for application in Application.objects.filter(pk__in=self.ids):
            state = "draft"
            for name, _ in told[str(application.pk)]:
                assert APPLICATION[name].allows(state), (state, name)
                state = APPLICATION[name].after
            steps = told[str(application.pk)]
            assert (application.state, application.version) == (state, 1 + len(steps))
            codes = [code for code in sent[application.applicant_id] if code.startswith("applications.")]
            assert Counter(codes) == Counter(f"applications.{mail}" for _, mail in steps if mail)

    @invariant()
    def what_was_sent_stays_as_it_was(self) -> None:
        rows = {row["id"]: row for row in Submission.objects.filter(application__in=self.ids).values()}
        assert {pk: rows.get(pk) for pk in self.snapshots} == self.snapshots
        self.snapshots = rows


@pytest.mark.django_db
def test_whoever_does_whatever_in_whatever_order_the_rules_hold() -> None:
    run = settings(max_examples=25, stateful_step_count=40, derandomize=True, deadline=None)
    run_state_machine_as_test(Selecting, settings=settings(run, suppress_health_check=list(HealthCheck)))  # type: ignore[no-untyped-call]
    assert {*TOLD, "decisions_released", "decline_settled", "fellow_withdrew"} - SEEN.keys() == set()
