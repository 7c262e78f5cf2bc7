"""Reads about programmes, cohorts, seats and people."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cohorts.enums import Role
from cohorts.models import Cohort, Place, Programme, Seat, TeamRole
from cohorts.permissions import Person, is_owner, roles_held
from nextstep.accounts.models import User


@dataclass(frozen=True)
class SeatCounts:
    total: int
    taken: int

    @property
    def free(self) -> int:
        return self.total - self.taken


def programmes_administered_by(user: Person) -> QuerySet[Programme]:
    """All for the owner; otherwise those whose administrator the person is. One query, joined into the caller's."""
    if is_owner(user):
        return Programme.objects.all()
    roles = TeamRole.objects.filter(roles_held(user), role=Role.ADMINISTRATOR)
    return Programme.objects.filter(pk__in=roles.values("programme"))


def cohorts_administered_by(user: Person) -> QuerySet[Cohort]:
    """All for the owner; otherwise the cohorts of the programmes administered, and those locally led."""
    if is_owner(user):
        return Cohort.objects.all()
    roles = TeamRole.objects.filter(roles_held(user))
    return Cohort.objects.filter(
        Q(programme__in=roles.filter(role=Role.ADMINISTRATOR).values("programme"))
        | Q(pk__in=roles.filter(role=Role.LOCAL_LEAD).values("cohort"))
    )


def cohorts_where(user: Person, role: Role) -> QuerySet[Cohort]:
    """The cohorts in which the person now holds `role`, themselves or through the programme."""
    roles = TeamRole.objects.filter(roles_held(user), role=role)
    return Cohort.objects.filter(Q(pk__in=roles.values("cohort")) | Q(programme__in=roles.values("programme")))


def people_with_role(cohort: Cohort, role: Role) -> QuerySet[User]:
    """Those who now hold `role` in the cohort or its programme."""
    roles = TeamRole.objects.current().filter(Q(cohort=cohort) | Q(programme=cohort.programme_id), role=role)
    people: QuerySet[User] = User.objects.filter(pk__in=roles.values("person"), is_active=True)
    return people


def people_known_to(user: User) -> QuerySet[User]:
    """The people an administrator may see for being fellows or team members of what they administer."""
    people: QuerySet[User] = User.objects.all()
    if is_owner(user):
        return people
    cohorts = cohorts_administered_by(user).values("pk")
    fellows = Place.objects.filter(cohort__in=cohorts).values("fellow")
    team = TeamRole.objects.filter(
        Q(cohort__in=cohorts) | Q(programme__in=programmes_administered_by(user).values("pk"))
    ).values("person")
    return people.filter(Q(pk__in=fellows) | Q(pk__in=team))


def ids_of_people_known_to(user: User) -> QuerySet[Any]:
    """What `accounts.people` asks of each room."""
    return people_known_to(user).values("pk")


def role_names_of(user: User) -> frozenset[str]:
    """The names of the roles a person holds anywhere now, "fellow" included: one query."""
    team = TeamRole.objects.filter(roles_held(user)).order_by().values_list("role", flat=True)
    fellows = Place.objects.active().filter(fellow=user).order_by().values_list(Value("fellow"), flat=True)
    return frozenset(team.union(fellows))


def places_of(person: User) -> QuerySet[Place]:
    """The places a person holds or held, newest cohort first."""
    places = Place.objects.filter(fellow=person).select_related("cohort__programme", "seat")
    return places.order_by("-cohort__commences_on")


def seat_counts(cohort: Cohort) -> SeatCounts:
    """How many seats there are and how many are taken, by offers and by fellows: one query."""
    return SeatCounts(**Seat.objects.filter(cohort=cohort).aggregate(total=Count("pk"), taken=Count("holder")))


def with_seat_counts(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """The same cohorts with `seats_taken`, counted by the database in the same query."""
    taken = Seat.objects.filter(cohort=OuterRef("pk"), holder__isnull=False).order_by().values("cohort")
    count = Subquery(taken.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
    return cohorts.annotate(seats_taken=Coalesce(count, Value(0)))
