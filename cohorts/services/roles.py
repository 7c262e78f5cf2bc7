"""Granting and ending team roles."""

from django.db import transaction

from cohorts import messages
from cohorts.enums import Role
from cohorts.models import Cohort, Programme, TeamRole
from cohorts.models.team import PROGRAMME_ROLES
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.accounts.services.people import invite
from nextstep.audit.services import record
from nextstep.refusals import Refused


@transaction.atomic
def grant_role(
    *,
    person: User,
    role: Role,
    by: User | None,
    programme: Programme | None = None,
    cohort: Cohort | None = None,
    organisation: str = "",
    tell: bool = True,
) -> TeamRole:
    """Give `person` a role in a programme (administrator) or a cohort (all others), and answer its row.

    They are told by mail, unless the caller writes to them itself and says `tell=False`. Whoever holds the role
    already keeps it: nothing is written or sent twice.
    Raises Refused where the role does not go with what is given.
    """
    wanted, other = (programme, cohort) if role in PROGRAMME_ROLES else (cohort, programme)
    if wanted is None or other is not None:
        where = "a programme" if role in PROGRAMME_ROLES else "a cohort"
        raise Refused(f"{Role(role).label} is a role in {where}. Choose {where} and nothing else.")
    team_role, made = TeamRole.objects.get_or_create(
        person=person,
        role=role,
        programme=programme,
        cohort=cohort,
        ended_at=None,
        defaults={"organisation": organisation, "granted_at": clock.now()},
    )
    if made:
        record("cohorts.role_granted", team_role, by=by, after={"role": role, "person": person.pk, "in": str(wanted)})
        if tell:
            messages.tell_of_role(team_role, granted_by=by)
    return team_role


@transaction.atomic
def invite_to_role(
    *,
    email: str,
    full_name: str = "",
    role: Role,
    by: User,
    programme: Programme | None = None,
    cohort: Cohort | None = None,
    organisation: str = "",
) -> TeamRole:
    """Give the person with this address a role, and an account first where they have none.

    Raises Refused where the role does not go with what is given.
    """
    person = User.objects.filter(email__iexact=email.strip()).first() or invite(email=email, full_name=full_name, by=by)
    return grant_role(person=person, role=role, by=by, programme=programme, cohort=cohort, organisation=organisation)


@transaction.atomic
def end_role(*, team_role: TeamRole, by: User | None, reason: str = "") -> None:
    """End a role now; its row stays as history. Raises Refused where it has ended already."""
    now = clock.now()
    if not TeamRole.objects.current().filter(pk=team_role.pk).update(ended_at=now):
        raise Refused("This role has ended already.")
    team_role.ended_at = now
    record("cohorts.role_ended", team_role, by=by, before={"role": team_role.role}, reason=reason)
