"""Who may administer what. The owner may everything; every other right is a current team role."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from cohorts.enums import Role
from cohorts.models import Cohort, Programme, TeamRole
from nextstep.accounts.models import User

Person = User | AnonymousUser

ADMINISTERING_ROLES = [Role.ADMINISTRATOR, Role.LOCAL_LEAD]


def is_owner(user: Person) -> bool:
    return user.is_active and user.is_superuser


def roles_held(user: Person) -> Q:
    """The current team roles of `user`, as a condition on TeamRole."""
    return Q(person_id=user.pk if user.is_active else None, ended_at__isnull=True)


def holds_role(user: Person, role: Role, cohort: Cohort) -> bool:
    """Whether `user` now holds `role` in `cohort` itself or, for a programme's role, in its programme."""
    where = Q(cohort=cohort) | Q(programme=cohort.programme_id)
    return TeamRole.objects.filter(roles_held(user), where, role=role).exists()


def may_administer(user: Person, cohort: Cohort) -> bool:
    """The owner, an administrator of the cohort's programme, or a local lead of this cohort."""
    if is_owner(user):
        return True
    where = Q(role=Role.ADMINISTRATOR, programme=cohort.programme_id) | Q(role=Role.LOCAL_LEAD, cohort=cohort)
    return TeamRole.objects.filter(roles_held(user), where).exists()


def may_administer_programme(user: Person, programme: Programme) -> bool:
    """The owner or an administrator of the programme; a local lead administers their cohort and not the programme."""
    if is_owner(user):
        return True
    return TeamRole.objects.filter(roles_held(user), role=Role.ADMINISTRATOR, programme=programme).exists()


def administers_anything(user: Person) -> bool:
    """Whether `user` has anything to do in the admin."""
    return is_owner(user) or TeamRole.objects.filter(roles_held(user), role__in=ADMINISTERING_ROLES).exists()


def check_may_administer(user: Person, cohort: Cohort) -> None:
    """Raise PermissionDenied unless `user` may administer `cohort`."""
    if not may_administer(user, cohort):
        raise PermissionDenied


def check_may_administer_programme(user: Person, programme: Programme) -> None:
    """Raise PermissionDenied unless `user` may administer `programme`."""
    if not may_administer_programme(user, programme):
        raise PermissionDenied
