"""What a person has in the portal, gathered across the rooms below."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from applications.models import Application, Offer
from applications.selectors import applications_of
from cohorts.enums import Role
from cohorts.models import Cohort, Place, TeamRole
from cohorts.selectors import cohorts_administered_by
from nextstep.accounts.models import User
from qip.models import Award
from sessions_app.models import CalendarFeed

# More than a team runs at a time; the rest is in the administration.
A_FEW = 6


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
    roles = TeamRole.objects.current().filter(person=user).values_list("role", flat=True)
    return Doings(frozenset(roles), owner=user.is_superuser)


def administered_cohorts(user: User) -> QuerySet[Cohort]:
    """The newest cohorts that a person administers, with their panels: one query."""
    cohorts = cohorts_administered_by(user).select_related("programme", "qip_panel")
    return cohorts.order_by("-commences_on", "name")[:A_FEW]


def own_places(user: User) -> QuerySet[Place]:
    """The places a person holds, the newest first, with cohort, project and `holds_bursary`: one query."""
    held = (
        Place.objects.on_programme()
        .filter(fellow=user)
        .annotate(holds_bursary=Exists(Award.objects.held().filter(project__place=OuterRef("pk"))))
    )
    return held.select_related("cohort__programme", "cohort__qip_terms", "project").order_by("-cohort__commences_on")


def own_applications(user: User) -> QuerySet[Application]:
    """A person's applications whose `offers` are those that wait for an answer: two queries."""
    own = applications_of(user).defer("answers", "unread")
    return own.prefetch_related(Prefetch("offers", Offer.objects.open().order_by()))


def own_feed(user: User) -> CalendarFeed | None:
    """The calendar address that answers now."""
    return CalendarFeed.objects.current().filter(person=user).first()
