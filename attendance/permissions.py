"""Who may write in a register, decide about absences, and see how others stand."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from cohorts.enums import Role
from cohorts.models import Cohort, TeamRole
from cohorts.permissions import Person, is_owner, may_administer, roles_held
from sessions_app.enums import SessionState
from sessions_app.models import TeachingSession, TeachingSessionQuerySet

REGISTER_ROLES = [Role.ADMINISTRATOR, Role.LOCAL_LEAD, Role.FACILITATOR]


def keeps_registers(user: Person) -> bool:
    """Whether the person keeps the register of any cohort."""
    return is_owner(user) or TeamRole.objects.filter(roles_held(user), role__in=REGISTER_ROLES).exists()


def sessions_marked_by(user: Person) -> TeachingSessionQuerySet:
    """The sessions whose register the person keeps: those of their cohorts that people were told of."""
    sessions = TeachingSession.objects.shown()
    if is_owner(user):
        return sessions
    roles = TeamRole.objects.filter(roles_held(user), role__in=REGISTER_ROLES)
    return sessions.filter(
        Q(cohort__in=roles.filter(cohort__isnull=False).values("cohort"))
        | Q(cohort__programme__in=roles.filter(programme__isnull=False).values("programme"))
    )


def may_keep_register(user: Person, session: TeachingSession) -> bool:
    """Whether the person keeps this register: one question, where the session's cohort is loaded."""
    if session.state == SessionState.DRAFT:
        return False
    if is_owner(user):
        return True
    where = Q(cohort=session.cohort_id) | Q(programme=session.cohort.programme_id)
    return TeamRole.objects.filter(roles_held(user), where, role__in=REGISTER_ROLES).exists()


def may_excuse(user: Person, cohort: Cohort) -> bool:
    """Excusing is an administrator's decision (domain.md, Attendance)."""
    return may_administer(user, cohort)


def check_may_excuse(user: Person, cohort: Cohort) -> None:
    """Raise PermissionDenied unless `user` may decide about absences from `cohort`."""
    if not may_excuse(user, cohort):
        raise PermissionDenied
