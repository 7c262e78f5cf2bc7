"""Marking people in a register, by several hands at once."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction

from attendance.enums import MarkState
from attendance.models import Mark
from attendance.rules.registers import is_register_open, register_opens_at
from attendance.selectors.registers import mark_of
from cohorts.models import Place
from cohorts.permissions import may_administer
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.design.dates import date_words
from nextstep.refusals import Refused, Stale
from nextstep.transitions import change_fields
from sessions_app.enums import SessionState
from sessions_app.models import TeachingSession

# Each failed try means that somebody else's write went through; nobody is that unlucky.
TRIES = 10


@dataclass(frozen=True)
class Marked:
    """What became of a tap. `replaced` is the mark of somebody else, later than the page, that it wrote over."""

    mark: Mark
    changed: bool
    replaced: Mark | None = field(default=None)


def mark(
    *,
    session: TeachingSession,
    place: Place,
    state: MarkState,
    by: User,
    minutes: int | None = None,
    seen_version: int | None = None,
) -> Marked:
    """Write `state` beside the person's name; the last to write wins.

    Marking the same again changes nothing, so a second tap, or the same tap sent twice, does no harm. `minutes` is how
    long they were there; None leaves what stands beside the same state. `seen_version` is the version on the page, 0
    for unmarked: where somebody else's mark came later and is replaced, the answer says so.
    Each try is a transaction of its own, with its audit row. Raises Refused as `refuse_unless_open` says.
    """
    refuse_unless_open(session, place, by)
    minutes = _checked_minutes(session, state, minutes)
    for _ in range(TRIES):
        try:
            return _mark_once(
                Mark(session=session, place=place, state=state, minutes=minutes, marked_by=by), seen_version
            )
        except (IntegrityError, Stale):
            # Somebody marked the same person between the question and the answer: look again.
            continue
    raise Stale


@transaction.atomic
def record_minutes(*, session: TeachingSession, place: Place, minutes: int | None, by: User) -> Mark:
    """Write down how long a person who was there was there; None takes it away again.

    Raises Refused where nobody marked them as there, and where they would be there for longer than the session;
    Stale where somebody else was first.
    """
    refuse_unless_open(session, place, by)
    current = mark_of(session, place)
    if current is None or current.state == MarkState.ABSENT:
        raise Refused("Mark the person as present or late first.")
    wanted = _checked_minutes(session, MarkState(current.state), minutes)
    if wanted != current.minutes:
        _rewrite(current, by, minutes=wanted)
    return current


@transaction.atomic
def clear_mark(*, session: TeachingSession, place: Place, by: User, seen_version: int | None = None) -> bool:
    """Take a mark out of the register: the person is unmarked again. Answers whether there was one.

    Raises Stale where `seen_version` is not the mark's any more: what somebody else wrote since is not cleared unseen.
    """
    refuse_unless_open(session, place, by)
    current = mark_of(session, place)
    if current is None:
        return False
    version = current.version if seen_version is None else seen_version
    key = current.pk
    if not Mark.objects.filter(pk=key, version=version).delete()[0]:
        raise Stale("Somebody else has marked this person since. Check it and try again.")
    record("attendance.mark_cleared", current, by=by, before=_values(current))
    return True


def refuse_unless_open(session: TeachingSession, place: Place, by: User) -> None:
    """Raise Refused unless `by` can now write about this person in the register, and say why.

    A register opens on the day of the session in London. Once it is closed, only administrators change it.
    """
    if place.cohort_id != session.cohort_id:
        raise Refused("This person is not on the programme that this session belongs to.")
    if session.state != SessionState.PUBLISHED:
        raise Refused("This session does not go ahead, so it has no register.")
    if not is_register_open(session.starts_at, clock.now()):
        raise Refused(f"This register opens on {date_words(register_opens_at(session.starts_at))}.")
    if hasattr(session, "register_closure") and not may_administer(by, session.cohort):
        raise Refused("This register is closed. Ask an administrator of the programme to change it.")


def _checked_minutes(session: TeachingSession, state: MarkState, minutes: int | None) -> int | None:
    if minutes is None or state == MarkState.ABSENT:
        return None
    length = (session.ends_at - session.starts_at) // timedelta(minutes=1)
    if not 0 <= minutes <= length:
        raise Refused(f"Minutes must be between 0 and {length}, the length of the session.")
    return minutes


@transaction.atomic
def _mark_once(wanted: Mark, seen_version: int | None) -> Marked:
    current = mark_of(wanted.session, wanted.place)
    if current is None:
        wanted.marked_at = clock.now()
        wanted.save(force_insert=True)
        record("attendance.marked", wanted, by=wanted.marked_by, after=_values(wanted))
        return Marked(wanted, changed=True)
    if current.state == wanted.state and wanted.minutes in {None, current.minutes}:
        return Marked(current, changed=False)
    others = seen_version not in {None, current.version} and current.marked_by_id != wanted.marked_by_id
    replaced = Mark(state=current.state, marked_by=current.marked_by, marked_at=current.marked_at) if others else None
    _rewrite(current, wanted.marked_by, state=wanted.state, minutes=wanted.minutes)
    return Marked(current, changed=True, replaced=replaced)


def _rewrite(current: Mark, by: User, **fields: Any) -> None:
    before = _values(current)
    change_fields(current, marked_by=by, marked_at=clock.now(), **fields)
    record("attendance.marked", current, by=by, before=before, after=_values(current))


def _values(mark: Mark) -> dict[str, Any]:
    return {"state": mark.state, "minutes": mark.minutes}
