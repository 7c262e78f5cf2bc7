"""The registers of the sessions that have been, kept as people keep them: nearly complete, and now and then excused."""

from datetime import datetime
from random import Random

from django.db import transaction

from attendance.enums import Effect, MarkState
from attendance.services.excusals import excuse
from attendance.services.marks import mark
from attendance.services.registers import close_register
from cohorts.enums import Role
from cohorts.models import Cohort, Place
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.demo.cast import Cast
from sessions_app.models import TeachingSession

# Of a session's people: there in time, and late; the rest are absent or, rarely, forgotten.
IN_TIME, LATE, FORGOTTEN = 0.9, 0.05, 0.01
EXCUSED = 0.4
REASON = "On call for a colleague who was ill; watched the recording and sent notes."


def keep_registers(cohort: Cohort, places: list[Place], cast: Cast, *, now: datetime, random: Random) -> None:
    """Mark every session that ended by `now`; all but the last register are closed."""
    staff, administrator = cast.team[Role.FACILITATOR][0], cast.administrators[0]
    held = TeachingSession.objects.going_ahead().filter(cohort=cohort, ends_at__lte=now)
    sessions = list(held.select_related("cohort"))
    for session in sessions:
        with clock.at(session.ends_at), transaction.atomic():
            for place in places:
                _mark_one(session, place, staff, random)
            _excuse_some(session, administrator, random)
            if session is not sessions[-1]:
                close_register(session=session, mark_absent=True, by=administrator)


def _mark_one(session: TeachingSession, place: Place, staff: User, random: Random) -> None:
    luck = random.random()
    if luck > 1 - FORGOTTEN:
        return
    state = MarkState.PRESENT if luck < IN_TIME else MarkState.LATE if luck < IN_TIME + LATE else MarkState.ABSENT
    length = (session.ends_at - session.starts_at).total_seconds() // 60
    minutes = int(length * random.uniform(0.6, 0.98)) if state is MarkState.LATE else None
    mark(session=session, place=place, state=state, minutes=minutes, by=staff)


def _excuse_some(session: TeachingSession, administrator: User, random: Random) -> None:
    absent = session.marks.filter(state=MarkState.ABSENT).select_related("place__cohort", "place__fellow")
    for each in absent.order_by("pk"):
        if random.random() < EXCUSED:
            excuse(session=session, place=each.place, effect=Effect.COUNTS_AS_MET, reason=REASON, by=administrator)
