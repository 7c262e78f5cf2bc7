"""Pages that write, of registers."""

from datetime import timedelta

from django.urls import reverse

from attendance.enums import Effect, MarkState
from attendance.models import Excusal, Mark, RegisterClosure
from attendance.services import close_register, excuse, mark, reopen_register
from cohorts.enums import Role
from cohorts.models import Place
from nextstep.accounts.models import User
from sessions_app.models import TeachingSession
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.cohorts import NOW, AttendanceRequirementFactory, PlaceFactory, TeamRoleFactory
from tests.factories.sessions_app import FaceToFaceDayFactory
from tests.journeys.scenes import Scene

WHY = "On call for a colleague; “watched” the recording & sent notes."


class Room:
    """A session that has begun, a fellow, those who keep its register and those who decide."""

    def __init__(self) -> None:
        self.session: TeachingSession = FaceToFaceDayFactory(starts_at=NOW - timedelta(minutes=5))
        cohort = self.session.cohort
        AttendanceRequirementFactory(cohort=cohort, session_kind="face_to_face")
        self.place: Place = PlaceFactory(cohort=cohort, enrolled_at=NOW - timedelta(days=30))
        self.fay = self._team(Role.FACILITATOR)
        self.cosmo = self._team(Role.FACILITATOR)
        self.ada: User = UserFactory(full_name="Ada Ledger")
        TeamRoleFactory(administrator=True, person=self.ada, programme=cohort.programme)
        self.owner: User = OwnerFactory()
        self.strangers: list[User] = [UserFactory(), self.place.fellow]

    def _team(self, role: Role) -> User:
        person: User = UserFactory()
        TeamRoleFactory(person=person, role=role, cohort=self.session.cohort)
        return person

    def address(self, name: str, *, about_person: bool = True) -> str:
        parts = [self.session.public_id, *([self.place.public_id] if about_person else [])]
        return reverse(f"attendance:{name}", args=parts)

    @property
    def register(self) -> str:
        return self.address("register", about_person=False)

    def marked(self, state: MarkState) -> Mark:
        return mark(session=self.session, place=self.place, state=state, by=self.cosmo).mark


def marks() -> list[tuple[str, int | None]]:
    return list(Mark.objects.values_list("state", "minutes"))


def excusals() -> list[str]:
    return list(Excusal.objects.values_list("reason", flat=True))


def marking() -> Scene:
    room = Room()
    return Scene(
        by=room.fay,
        path=room.address("mark"),
        page=room.register,
        data={"state": "present"},
        stored=marks,
        twice="Present, saved",
        meanwhile=lambda: room.marked(MarkState.ABSENT),
        stale="had marked",
        last_one_counts=True,
        others=room.strangers,
    )


def timing() -> Scene:
    room = Room()
    room.marked(MarkState.LATE)
    return Scene(
        by=room.fay,
        path=room.address("minutes"),
        page=room.address("person"),
        data={"minutes": "300"},
        stored=marks,
        typed="300",
        twice="Late (300 minutes)",
        meanwhile=lambda: mark(session=room.session, place=room.place, state=MarkState.ABSENT, by=room.cosmo),
        stale="Mark the person as present or late first",
        others=room.strangers,
    )


def excusing() -> Scene:
    room = Room()
    room.marked(MarkState.ABSENT)

    def decided() -> None:
        excuse(session=room.session, place=room.place, effect=Effect.STILL_A_MISS, reason="No.", by=room.owner)

    return Scene(
        by=room.ada,
        path=room.address("excuse"),
        page=room.address("person"),
        data={"effect": Effect.COUNTS_AS_MET.value, "reason": WHY},
        typed=WHY,
        stored=excusals,
        twice="is saved",
        meanwhile=decided,
        stale="This has changed since you opened the page. Check it and try again.",
        others=[*room.strangers, room.fay],
    )


def excused() -> tuple[Room, Excusal]:
    room = Room()
    room.marked(MarkState.ABSENT)
    made = excuse(session=room.session, place=room.place, effect=Effect.COUNTS_AS_MET, reason=WHY, by=room.owner)
    return room, made


def taking_back_an_excusal() -> Scene:
    room, excusal = excused()

    def changed() -> None:
        excuse(
            session=room.session,
            place=room.place,
            effect=Effect.STILL_A_MISS,
            reason="Seen at the races.",
            by=room.owner,
            seen_version=excusal.version,
        )

    return Scene(
        by=room.ada,
        path=room.address("withdraw"),
        page=room.address("person"),
        stored=excusals,
        twice="What you wanted to change is no longer here.",
        meanwhile=changed,
        stale="This has changed since you opened the page. Check it and try again.",
        others=[*room.strangers, room.fay],
    )


def closing() -> Scene:
    room = Room()
    return Scene(
        by=room.fay,
        path=room.address("close", about_person=False),
        data={"mark_absent": "yes"},
        stored=lambda: (RegisterClosure.objects.count(), marks()),
        twice="This register is closed already.",
        meanwhile=lambda: close_register(session=room.session, mark_absent=False, by=room.cosmo),
        stale="This register is closed already.",
        others=room.strangers,
    )


def opening_again() -> Scene:
    room = Room()
    close_register(session=room.session, mark_absent=False, by=room.fay)
    return Scene(
        by=room.ada,
        path=room.address("reopen", about_person=False),
        page=room.register,
        stored=RegisterClosure.objects.count,
        twice="This register is open already.",
        meanwhile=lambda: reopen_register(session=room.session, by=room.owner),
        stale="This register is open already.",
        others=[*room.strangers, room.fay],
    )


REGISTERS = {
    "attendance:mark": marking,
    "attendance:minutes": timing,
    "attendance:excuse": excusing,
    "attendance:withdraw": taking_back_an_excusal,
    "attendance:close": closing,
    "attendance:reopen": opening_again,
}
