"""The people behind the demo's cohorts: its owner, the team, those who score, teach and coach."""

from dataclasses import dataclass

from cohorts.enums import Role
from cohorts.models import Cohort
from cohorts.models.team import PROGRAMME_ROLES
from cohorts.services.roles import grant_role
from nextstep.accounts.models import User
from nextstep.accounts.services.ownership import make_owner
from nextstep.accounts.services.people import join, record_name
from nextstep.demo.people import address_of

OWNER = "Olive Ownerfield"
TEAM = (
    (Role.ADMINISTRATOR, "Ada Ledgerwick", "Next Step team"),
    (Role.ADMINISTRATOR, "Bram Inkwellford", "Next Step team"),
    (Role.LOCAL_LEAD, "Lena Hubthorpe", "Training Hub"),
    (Role.REVIEWER, "Rita Readmere", "Next Step team"),
    (Role.REVIEWER, "Rory Marginfield", "Next Step team"),
    (Role.REVIEWER, "Remi Footnotely", "Faculty of Medical Leadership and Management"),
    (Role.FACILITATOR, "Fay Circleworth", "King's Health Partners"),
    (Role.COACH, "Cosmo Listenbank", "Faculty of Medical Leadership and Management"),
    (Role.JUDGE, "Judith Fairbourne", "King's Health Partners"),
    (Role.JUDGE, "Jasper Evenwold", "Faculty of Medical Leadership and Management"),
    (Role.JUDGE, "June Scalesgate", "King's Business School"),
    (Role.JUDGE, "Joel Measuredale", "King's Health Partners"),
)
# Judges are granted by the panel, when it is made.
GRANTED_WITH_THE_COHORT = {Role.REVIEWER, Role.FACILITATOR, Role.COACH}


@dataclass(frozen=True)
class Cast:
    owner: User
    administrators: list[User]
    judges: list[tuple[User, str]]
    team: dict[Role, list[User]]


def person(name: str) -> User:
    """The account of somebody with this invented name, made as a first sign-in makes it."""
    user = join(email=address_of(name))
    record_name(user=user, full_name=name, by=user)
    return user


def assemble() -> Cast:
    """Everybody on stage but applicants and fellows. Doing it again finds the same people."""
    owner = person(OWNER)
    make_owner(user=owner, by=None)
    people = [(role, person(name), organisation) for role, name, organisation in TEAM]
    return Cast(
        owner=owner,
        administrators=[user for role, user, _ in people if role is Role.ADMINISTRATOR],
        judges=[(user, organisation) for role, user, organisation in people if role is Role.JUDGE],
        team={role: [user for each, user, _ in people if each is role] for role in Role},
    )


def give_roles(cast: Cast, cohort: Cohort) -> None:
    """The team's roles in a cohort and its programme, and the local lead's in every cohort that is led locally."""
    for role, people in cast.team.items():
        if role in PROGRAMME_ROLES:
            for user in people:
                grant_role(person=user, role=role, programme=cohort.programme, by=cast.owner)
        elif role in GRANTED_WITH_THE_COHORT:
            for user in people:
                grant_role(person=user, role=role, cohort=cohort, by=cast.owner)
    for local in Cohort.objects.filter(programme__locally_led=True):
        for user in cast.team[Role.LOCAL_LEAD]:
            grant_role(person=user, role=Role.LOCAL_LEAD, cohort=local, by=cast.owner)
