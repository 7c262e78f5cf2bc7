"""Closing a register when everybody in the room has been marked, and opening it again."""

from django.db import IntegrityError, transaction

from attendance.enums import MarkState
from attendance.models import Mark, RegisterClosure
from cohorts.models import Place
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused
from sessions_app.enums import SessionState
from sessions_app.models import TeachingSession


@transaction.atomic
def close_register(*, session: TeachingSession, mark_absent: bool, by: User) -> RegisterClosure:
    """Declare the register finished. `mark_absent` says that whoever is unmarked, and not excused, was absent.

    Otherwise they stay unmarked, which fails nobody (domain.md, Attendance).
    Raises Refused before the session begins, where it does not go ahead, and where the register is closed already.
    """
    if session.state != SessionState.PUBLISHED or session.starts_at > clock.now():
        raise Refused("A register can be closed once its session has begun.")
    try:
        with transaction.atomic():
            closure = RegisterClosure.objects.create(session=session, closed_by=by)
    except IntegrityError:
        raise Refused("This register is closed already.") from None
    absent = _mark_the_rest_absent(session, by) if mark_absent else []
    record("attendance.register_closed", session, by=by, after={"marked_absent": absent})
    return closure


@transaction.atomic
def reopen_register(*, session: TeachingSession, by: User) -> None:
    """Let everybody who keeps the register write in it again. Marks stay as they are.

    Raises Refused where it is not closed.
    """
    if not RegisterClosure.objects.filter(session=session).delete()[0]:
        raise Refused("This register is open already.")
    record("attendance.register_reopened", session, by=by)


def _mark_the_rest_absent(session: TeachingSession, by: User) -> list[int]:
    """Marks made in the same moment by somebody else stand. Answers the keys of the places."""
    rest = list(
        Place.objects.filter(cohort=session.cohort_id)
        .on_programme()
        .exclude(marks__session=session)
        .exclude(excusals__session=session)
        .values_list("pk", flat=True)
    )
    Mark.objects.bulk_create(
        [Mark(session=session, place_id=place, state=MarkState.ABSENT, marked_by=by) for place in rest],
        ignore_conflicts=True,
    )
    return rest
