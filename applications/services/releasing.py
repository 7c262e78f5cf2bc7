"""Telling what was decided: at once or at a set time, a cohort's decisions together, all of them or none."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from applications.enums import DecisionKind, ReleaseState
from applications.messages import tell_planner
from applications.models import Application, Decision, Release
from applications.rules.states import DECIDES, RELEASE
from applications.services.deciding import join_reserve_list, make_offer, not_select
from applications.services.locking import hold_cohort
from cohorts.models import Cohort, Seat
from cohorts.services import NoSeatFree
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused, Stale
from nextstep.transitions import change_state

# Each in the order in which it takes seats and ranks.
_ORDER = [DecisionKind.OFFER, DecisionKind.RESERVE, DecisionKind.NOT_SELECTED]


@dataclass(frozen=True)
class Batch:
    """Pending decisions in the order of their release. `left_out` cannot be released: what they are about changed."""

    ready: list[Decision]
    left_out: list[Decision]

    @property
    def seats_needed(self) -> int:
        return sum(decision.kind == DecisionKind.OFFER for decision in self.ready)

    @property
    def fingerprint(self) -> str:
        """The same as long as the same decisions would be released to the same people."""
        told = [(each.pk, each.version, each.application.version) for each in self.ready]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def batch_of(decisions: Collection[Decision]) -> Batch:
    """Sort pending decisions, with their applications loaded, into those that can be released and the others.

    Left out is what somebody withdrew, sent anew or was offered since the team decided.
    """
    ordered = sorted(decisions, key=lambda each: (_ORDER.index(DecisionKind(each.kind)), each.rank or 0, each.pk))
    ready = [each for each in ordered if _still_holds(each)]
    return Batch(ready, [each for each in ordered if not _still_holds(each)])


def _still_holds(decision: Decision) -> bool:
    allowed = DECIDES[DecisionKind(decision.kind)].allows(decision.application.state)
    return allowed and decision.application.changed_at <= decision.set_at


@transaction.atomic
def plan_release(
    *, cohort: Cohort, decisions: Collection[int], by: User, seen: str | None = None, at: datetime | None = None
) -> Release:
    """Release pending `decisions` of `cohort`, by their ids: at once, or `at` a moment to come.

    `seen` is the fingerprint of the batch that the administrator looked at. Raises Stale where it would be another
    now, NoSeatFree where there are fewer seats than offers (then nothing is released), and Refused where nothing can be
    released, one of them belongs to another release, or the moment is past.
    """
    now = clock.now()
    if at is not None and at <= now:
        raise Refused("Choose a time that is still to come.")
    batch = _locked_batch(cohort, decisions)
    if seen is not None and seen != batch.fingerprint:
        raise Stale("The decisions have changed since you looked at them. Look at them again.")
    _check_can_be_planned(batch, cohort)
    release = Release.objects.create(cohort=cohort, planned_for=at or now, planned_by=by, planned_at=now)
    Decision.objects.filter(pk__in=[each.pk for each in batch.ready]).update(release=release)
    after = {"decisions": len(batch.ready), "seats": batch.seats_needed, "planned_for": release.planned_for}
    record("applications.release_planned", release, by=by, after=after)
    if at is None:
        _carry_out(release, batch, now)
    return release


def _check_can_be_planned(batch: Batch, cohort: Cohort) -> None:
    if not batch.ready:
        raise Refused("None of these decisions can be released.")
    if any(each.release_id for each in batch.ready):
        raise Refused("Some of these decisions belong to another release. Cancel that release first.")
    _check_seats(batch, cohort)


def _check_seats(batch: Batch, cohort: Cohort) -> None:
    free = Seat.objects.filter(cohort=cohort, holder__isnull=True).count()
    if batch.seats_needed > free:
        raise NoSeatFree(
            f"These decisions make {batch.seats_needed} offers, and {free} seats are free. Nothing was released."
        )


def _locked_batch(cohort: Cohort, ids: Collection[int]) -> Batch:
    """Load decisions with their applications, which nobody else changes from here on; then hold the cohort."""
    chosen = Application.objects.filter(cohort=cohort, decisions__in=list(ids), decisions__released_at__isnull=True)
    applications = {
        application.pk: application
        for application in Application.objects.select_for_update(of=("self",))
        .select_related("cohort__programme", "applicant")
        .filter(pk__in=list(chosen.values_list("pk", flat=True)))
        .order_by("pk")
    }
    hold_cohort(cohort)
    pending = list(Decision.objects.pending().filter(pk__in=list(ids), application__in=applications))
    for decision in pending:
        decision.application = applications[decision.application_id]
    return batch_of(pending)


def release_due(*, now: datetime) -> int:
    """Carry out every release whose time has come; answers how many were tried. Twice is once.

    Where the seats no longer suffice nothing of that release is told, and whoever planned it gets a mail.
    """
    due = Release.objects.due(now).select_related("cohort__programme", "planned_by").order_by("planned_for", "pk")
    return sum(_release_planned(release, now) for release in due)


def _release_planned(release: Release, now: datetime) -> bool:
    try:
        with transaction.atomic():
            ids = list(release.decisions.values_list("pk", flat=True))
            batch = _locked_batch(release.cohort, ids)
            release.refresh_from_db(fields=["state", "version"])
            if release.state != ReleaseState.PLANNED:
                return False
            _check_seats(batch, release.cohort)
            _carry_out(release, batch, now)
    except Refused as refusal:
        _refuse(release, str(refusal), now)
    return True


def _carry_out(release: Release, batch: Batch, now: datetime) -> None:
    by = release.planned_by
    change_state(release, RELEASE["carry_out"], settled_at=now)
    release.decisions.exclude(pk__in=[each.pk for each in batch.ready]).update(release=None)
    for decision in batch.ready:
        _tell(decision, by)
    Decision.objects.filter(pk__in=[each.pk for each in batch.ready]).update(released_at=now)
    record("applications.decisions_released", release, by=by, after={"decisions": len(batch.ready)})


def _tell(decision: Decision, by: User) -> None:
    if decision.kind == DecisionKind.OFFER:
        make_offer(decision.application, by=by)
    elif decision.kind == DecisionKind.RESERVE:
        join_reserve_list(decision.application, by=by, feedback=decision.feedback)
    else:
        not_select(decision.application, by=by, feedback=decision.feedback)


@transaction.atomic
def _refuse(release: Release, trouble: str, now: datetime) -> None:
    release.refresh_from_db(fields=["state", "version"])
    change_state(release, RELEASE["refuse"], settled_at=now, trouble=trouble)
    release.decisions.update(release=None)
    record("applications.release_refused", release, by=None, reason=trouble)
    tell_planner(release)


@transaction.atomic
def cancel_release(*, release: Release, by: User) -> None:
    """Call off a planned release; its decisions are pending as before. Raises Refused where it is over."""
    hold_cohort(release.cohort)
    release.refresh_from_db(fields=["state", "version"])
    change_state(release, RELEASE["cancel"], settled_at=clock.now())
    release.decisions.update(release=None)
    record("applications.release_cancelled", release, by=by)
