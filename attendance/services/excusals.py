"""An administrator's decision about somebody's absence: always with a reason and an explicit effect."""

from django.db import IntegrityError, transaction

from attendance.enums import Effect
from attendance.models import Excusal
from attendance.selectors.standings import requirement_for
from cohorts.models import Place
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import CHANGED, record
from nextstep.refusals import Refused, Stale
from nextstep.transitions import change_fields
from sessions_app.enums import SessionState
from sessions_app.models import TeachingSession


@transaction.atomic
def excuse(
    *, session: TeachingSession, place: Place, effect: Effect, reason: str, by: User, seen_version: int | None = None
) -> Excusal:
    """Decide what `place`'s absence from `session` counts as, before or after it; deciding anew replaces it.

    `seen_version` is the version on the page, 0 where there was no decision. The same decision twice is one.
    Raises Refused without a reason, for an effect that the cohort's requirement does not allow (domain.md,
    Attendance), and where nothing asks for the session; Stale where somebody else decided in the meantime.
    """
    reason = reason.strip()
    _refuse_unless_excusable(session, place, effect, reason)
    current = Excusal.objects.filter(session=session, place=place).first()
    if current is None:
        return _make(session, place, effect, reason, by)
    if (current.effect, current.reason) == (effect, reason):
        return current
    before = current.effect
    change_fields(current, version=seen_version, effect=effect, reason=reason, decided_by=by, decided_at=clock.now())
    record("attendance.excused", current, by=by, before={"effect": before}, after={"effect": effect, "reason": CHANGED})
    return current


@transaction.atomic
def withdraw_excusal(*, excusal: Excusal, by: User, seen_version: int | None = None) -> None:
    """Take the decision back: the register alone counts again. Raises Stale where it has changed since."""
    version = excusal.version if seen_version is None else seen_version
    key = excusal.pk
    if not Excusal.objects.filter(pk=key, version=version).delete()[0]:
        raise Stale
    record("attendance.excusal_withdrawn", excusal, by=by, before={"effect": excusal.effect})


def _refuse_unless_excusable(session: TeachingSession, place: Place, effect: Effect, reason: str) -> None:
    if not reason:
        raise Refused("Give a reason for this decision.")
    if place.cohort_id != session.cohort_id:
        raise Refused("This person is not on the programme that this session belongs to.")
    if session.state == SessionState.CANCELLED:
        raise Refused("A cancelled session counts as attended for everyone already.")
    requirement = requirement_for(session)
    if requirement is None:
        raise Refused("No rule asks for this session, so there is nothing to excuse.")
    if effect not in requirement.effects:
        raise Refused("This effect is not offered for this kind of session.")


def _make(session: TeachingSession, place: Place, effect: Effect, reason: str, by: User) -> Excusal:
    try:
        with transaction.atomic():
            made = Excusal.objects.create(session=session, place=place, effect=effect, reason=reason, decided_by=by)
    except IntegrityError:
        raise Stale from None
    record("attendance.excused", made, by=by, after={"effect": effect})
    return made
