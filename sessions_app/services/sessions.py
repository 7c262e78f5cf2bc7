"""Making, changing, publishing and cancelling sessions. Calendars learn of each change by the rising sequence."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from cohorts.models import Cohort
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.notifications.services import queue_message
from nextstep.refusals import Refused
from nextstep.transitions import change_fields, change_state
from sessions_app import messages
from sessions_app.enums import SessionKind, SessionState
from sessions_app.models import TeachingSession
from sessions_app.rules import states

CHANGEABLE = frozenset({
    "kind", "number", "block", "title", "description", "starts_at", "ends_at", "venue", "joining_link", "delivered_by",
    "hosts_qip_presentations", "replaces", "from_file",
})  # fmt: skip
# What people and their calendars must be told of.
TOLD = frozenset({"title", "description", "starts_at", "ends_at", "venue", "joining_link", "delivered_by"})


@transaction.atomic
def create_session(
    *, cohort: Cohort, fields: Mapping[str, Any], by: User | None, state: SessionState = SessionState.DRAFT
) -> TeachingSession:
    """Make a session of `cohort` with these `fields` (moments in UTC); a draft, which only administrators see.

    Raises Refused where its kind has that number already, where it ends before it starts, or where it replaces a
    session that was not cancelled.
    """
    _check(cohort, fields)
    try:
        with transaction.atomic():
            session = TeachingSession.objects.create(cohort=cohort, state=state, **fields)
    except IntegrityError:
        raise Refused(_number_taken(fields.get("kind"), fields.get("number"))) from None
    record("sessions_app.session_created", session, by=by, after={"state": state, **_plain(fields)})
    return session


@transaction.atomic
def change_session(
    *, session: TeachingSession, fields: Mapping[str, Any], by: User | None, version: int | None = None
) -> list[str]:
    """Set those of `fields` that differ, and answer their names.

    A published session's sequence rises by one where people must be told, and those with a place are told if it is
    still to come. `version` is the one the person saw.
    Raises Refused for a cancelled session and as `create_session` does, and Stale where somebody else was first.
    """
    changed = {name: value for name, value in fields.items() if getattr(session, name) != value}
    if not changed:
        return []
    if session.state == SessionState.CANCELLED:
        raise Refused("This session is cancelled. Make a new one instead.")
    _check(session.cohort, {name: getattr(session, name) for name in CHANGEABLE} | changed)
    before = {name: getattr(session, name) for name in changed}
    told = session.state == SessionState.PUBLISHED and bool(TOLD & changed.keys())
    try:
        with transaction.atomic():
            change_fields(session, version=version, sequence=session.sequence + told, **changed)
    except IntegrityError:
        number = changed.get("number", session.number)
        raise Refused(_number_taken(changed.get("kind", session.kind), number)) from None
    record("sessions_app.session_changed", session, by=by, before=_plain(before), after=_plain(changed))
    if told:
        _tell(messages.CHANGED, session)
    return list(changed)


@transaction.atomic
def publish_session(*, session: TeachingSession, by: User, version: int | None = None) -> None:
    """Let people see a draft. Raises Refused for anything but a draft, and Stale where somebody else was first."""
    change_state(session, states.PUBLISH, version=version)
    record("sessions_app.session_published", session, by=by, after={"state": session.state})


@transaction.atomic
def cancel_session(*, session: TeachingSession, reason: str, by: User, version: int | None = None) -> None:
    """Cancel a published session, for a `reason` that its fellows are told.

    It counts as met for everyone, unless another session replaces it (domain.md, Attendance).
    Raises Refused without a reason and for anything but a published session, and Stale where somebody else was first.
    """
    if not reason.strip():
        raise Refused("Say why the session is cancelled.")
    change_state(session, states.CANCEL, version=version, sequence=session.sequence + 1)
    record("sessions_app.session_cancelled", session, by=by, after={"state": session.state}, reason=reason.strip())
    _tell(messages.CANCELLED, session, reason=reason.strip())


@transaction.atomic
def remove_session(*, session: TeachingSession, by: User | None) -> None:
    """Delete a session that nothing hangs on. Raises ProtectedError where a register or a decision does."""
    record(
        "sessions_app.session_removed", session, by=by, before=_plain({"kind": session.kind, "number": session.number})
    )
    session.delete()


def _check(cohort: Cohort, fields: Mapping[str, Any]) -> None:
    if unknown := fields.keys() - CHANGEABLE:
        raise TypeError(f"A session has no fields to set called {sorted(unknown)}.")
    if fields["ends_at"] <= fields["starts_at"]:
        raise Refused("The session must end after it starts.")
    replaced = fields.get("replaces")
    if replaced and (replaced.cohort_id != cohort.pk or replaced.state != SessionState.CANCELLED):
        raise Refused("A session can only replace a cancelled session of the same cohort.")
    if replaced and replaced.kind != fields["kind"]:
        raise Refused("A session can only replace one of its own kind.")


def _number_taken(kind: Any, number: Any) -> str:
    return f"The cohort has a {SessionKind(kind).counted(1)} with the number {number} already."


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the audit keeps them; a session by its title."""
    return {name: str(value) if isinstance(value, TeachingSession) else value for name, value in fields.items()}


def _tell(code: str, session: TeachingSession, **more: Any) -> None:
    """Tell the fellows of a session that is not over; each change is an occasion of its own."""
    if session.ends_at <= clock.now():
        return
    context = {**messages.session_context(session), **more}
    for fellow in messages.fellows_to_tell(session):
        queue_message(
            code=code,
            to=fellow,
            occasion=f"session:{session.pk}:sequence:{session.sequence}",
            context=context,
            calendar=messages.invitation_to(session, fellow),
        )
