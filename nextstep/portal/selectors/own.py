"""What a person has in the portal, gathered across the rooms below."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from applications.enums import OfferState
from cohorts.enums import Role
from cohorts.models import Cohort, Place, TeamRole
from cohorts.selectors import cohorts_administered_by
from nextstep.accounts.models import User
from qip.models import Award
from sessions_app.models import CalendarFeed

# More than a team runs at a time; the rest is in the administration.
A_FEW = 6
_OF_PLACES = (
    "enrolled_at",
    "cohort__name",
    "cohort__commences_on",
    "cohort__present_share",
    "cohort__expected_hours",
    "cohort__study_leave_weeks",
    "cohort__programme__name",
    "cohort__qip_terms__id",
    "project__public_id",
    "project__state",
    "project__title",
)


@dataclass(frozen=True)
class Doings:
    """Which of the portal's jobs a person has."""

    roles: frozenset[str] = field(default_factory=frozenset)
    owner: bool = False

    def _any(self, roles: Iterable[Role]) -> bool:
        return self.owner or not self.roles.isdisjoint(roles)

    @property
    def administers(self) -> bool:
        return self._any([Role.ADMINISTRATOR, Role.LOCAL_LEAD])

    @property
    def keeps_registers(self) -> bool:
        return self._any([Role.ADMINISTRATOR, Role.LOCAL_LEAD, Role.FACILITATOR])

    @property
    def judges(self) -> bool:
        return Role.JUDGE in self.roles

    @property
    def reviews(self) -> bool:
        return Role.REVIEWER in self.roles

    @property
    def coaches(self) -> bool:
        return Role.COACH in self.roles

    @property
    def any(self) -> bool:
        return self.owner or bool(self.roles)


def doings_of(user: User) -> Doings:
    """The roles a person now holds anywhere: one query."""
    roles = TeamRole.objects.current().filter(person=user).order_by().values_list("role", flat=True)
    return Doings(frozenset(roles), owner=user.is_superuser)


def administered_cohorts(user: User) -> QuerySet[Cohort]:
    """The newest cohorts that a person administers, with their panels: one query."""
    cohorts = cohorts_administered_by(user).select_related("programme", "qip_panel")
    return cohorts.order_by("-commences_on", "name")[:A_FEW]


def own_places(user: User) -> list[Place]:
    """The places a person holds, newest first, with what the home says of cohort, project and bursary: one query."""
    held = (
        Place.objects.on_programme()
        .filter(fellow=user)
        .annotate(holds_bursary=Exists(Award.objects.held().filter(project__place=OuterRef("pk"))))
        .select_related("cohort__programme", "cohort__qip_terms", "project")
        .only(*_OF_PLACES)
        .order_by()
    )
    return sorted(held, key=lambda place: place.cohort.commences_on, reverse=True)


class OwnApplication(NamedTuple):
    """`offer` is the one that waits for an answer until `expires_at`, if one does."""

    state: str
    public_id: UUID
    programme: str
    programme_slug: str
    cohort: str
    cohort_slug: str
    offer: UUID | None
    expires_at: datetime | None


def own_applications(user: User) -> list[OwnApplication]:
    """A person's applications, the newest cohort first: one query."""
    rows = (
        user.applications.annotate(waiting=FilteredRelation("offers", condition=Q(offers__state=OfferState.OPEN)))
        .order_by("-cohort__commences_on", "-pk")
        .values_list(
            "state",
            "public_id",
            "cohort__programme__name",
            "cohort__programme__slug",
            "cohort__name",
            "cohort__slug",
            "waiting__public_id",
            "waiting__expires_at",
        )
    )
    return [OwnApplication(*row) for row in rows]


def own_feed(user: User) -> CalendarFeed | None:
    """The calendar address that answers now."""
    return CalendarFeed.objects.current().filter(person=user).first()
