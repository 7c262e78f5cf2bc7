"""Who may see a session, and who is given the link to join it."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from cohorts.enums import PlaceState, Role
from cohorts.models import Place, TeamRole
from cohorts.permissions import Person, is_owner, may_administer, roles_held
from sessions_app.enums import SessionState
from sessions_app.models import TeachingSession

# Reviewers choose who joins; they have no part in what follows.
DELIVERING_ROLES = [Role.ADMINISTRATOR, Role.LOCAL_LEAD, Role.FACILITATOR, Role.COACH, Role.JUDGE]


def may_see_session(user: Person, session: TeachingSession) -> bool:
    """Those on the cohort, and its graduates; a draft only those who administer it."""
    if session.state == SessionState.DRAFT:
        return may_administer(user, session.cohort)
    return delivers(user, session) or _holds_place(user, session, [PlaceState.ACTIVE, PlaceState.GRADUATED])


def may_join_session(user: Person, session: TeachingSession) -> bool:
    """Those on the cohort now: fellows with an active place, and the team that delivers it."""
    return delivers(user, session) or _holds_place(user, session, [PlaceState.ACTIVE])


def delivers(user: Person, session: TeachingSession) -> bool:
    """Whether the person is of the team that delivers the cohort of `session`."""
    if is_owner(user):
        return True
    where = Q(cohort=session.cohort_id) | Q(programme=session.cohort.programme_id)
    return TeamRole.objects.filter(roles_held(user), where, role__in=DELIVERING_ROLES).exists()


def check_may_see_session(user: Person, session: TeachingSession) -> None:
    """Raise PermissionDenied unless `user` may see `session`."""
    if not may_see_session(user, session):
        raise PermissionDenied


def _holds_place(user: Person, session: TeachingSession, states: list[PlaceState]) -> bool:
    return Place.objects.filter(cohort=session.cohort_id, fellow_id=user.pk, state__in=states).exists()
