"""Decisions that the team has taken and nobody has been told of: set, changed, taken back."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from applications.enums import DecisionKind
from applications.models import Application, Decision
from applications.rules.states import DECIDES
from applications.services.locking import hold_cohort, locked
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import CHANGED, record
from nextstep.design.dates import moment_words
from nextstep.refusals import Refused, Stale
from nextstep.transitions import change_fields


@transaction.atomic
def set_decision(
    *,
    application: Application,
    kind: str,
    by: User,
    feedback: str = "",
    rank: int | None = None,
    version: int | None = None,
    seen: int | None = None,
) -> Decision:
    """Keep what the team decided until it is released: the application itself stays as it is, and nobody is told.

    `feedback` is for the applicant. `rank` is the order among those released to the reserve list together; without one
    it is the last. `version` is the application's that the administrator saw, `seen` that of the pending decision (0:
    there was none). Doing it again changes nothing. Raises Refused where the state forbids such a decision or its
    release is planned, and Stale where somebody else decided meanwhile.
    """
    application = locked(application)
    if not DECIDES[DecisionKind(kind)].allows(application.state):
        raise Refused(DECIDES[DecisionKind(kind)].refusal)
    pending = Decision.objects.pending().filter(application=application).select_related("release").first()
    wanted = {"kind": kind, "feedback": feedback, "rank": _rank(application, pending, kind, rank)}
    if pending and pending.set_at >= application.changed_at and _says(pending, wanted):
        return pending
    if version not in (None, application.version) or seen not in (None, pending.version if pending else 0):
        raise Stale
    before = {} if pending is None else {"decision": pending.kind, "rank": pending.rank}
    new_feedback = feedback != (pending.feedback if pending else "")
    pending = _kept(application, pending, {**wanted, "set_by": by, "set_at": clock.now()})
    after = {"decision": kind, "rank": wanted["rank"], "feedback": CHANGED if new_feedback else ""}
    record("applications.decision_set", application, by=by, before=before, after=after)
    return pending


def _says(pending: Decision, wanted: dict[str, Any]) -> bool:
    return all(getattr(pending, name) == value for name, value in wanted.items())


def _kept(application: Application, pending: Decision | None, fields: dict[str, Any]) -> Decision:
    if pending is None:
        return Decision.objects.create(application=application, **fields)
    _check_not_planned(pending)
    change_fields(pending, **fields)
    return pending


def _rank(application: Application, pending: Decision | None, kind: str, rank: int | None) -> int | None:
    """The rank asked for, the one it has, or the one after the last; none but for the reserve list."""
    if kind != DecisionKind.RESERVE:
        return None
    if rank is None and pending is not None:
        rank = pending.rank
    if rank is None:
        hold_cohort(application.cohort)
        others = Decision.objects.pending().filter(application__cohort=application.cohort_id)
        rank = (others.aggregate(last=Max("rank"))["last"] or 0) + 1
    return rank


@transaction.atomic
def take_back_decision(*, decision: Decision, by: User, version: int | None = None) -> None:
    """Forget a pending decision. Raises Refused where its release is planned or done, and Stale."""
    application = locked(decision.application)
    found = Decision.objects.pending().filter(pk=decision.pk).select_related("release").first()
    if found is None:
        raise Refused("This decision is released or was taken back already.")
    if version not in (None, found.version):
        raise Stale
    _check_not_planned(found)
    found.delete()
    record("applications.decision_taken_back", application, by=by, before={"decision": found.kind, "rank": found.rank})


def _check_not_planned(decision: Decision) -> None:
    if decision.release is not None:
        when = moment_words(decision.release.planned_for)
        raise Refused(f"This decision is to be released on {when}. Cancel that release first.")
