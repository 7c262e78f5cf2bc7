"""Who is worth signing in as: a few of each kind, and what makes each of them interesting."""

from dataclasses import dataclass

from applications.enums import ApplicationState
from applications.models import Application
from cohorts.models import Place, TeamRole
from nextstep.accounts.models import User
from nextstep.demo.people import DOMAIN

A_FEW = 4


@dataclass(frozen=True)
class Guest:
    """Somebody on the page of people. `note` says what they will find."""

    user: User
    note: str


def guests() -> dict[str, list[Guest]]:
    """The demo's people under a heading for each role. Six queries at most, whatever the size of the demo."""
    by_role = {"Owner of the portal": [Guest(user, "May see and do everything") for user in _people(is_superuser=True)]}
    by_role |= _team()
    by_role["Fellows"] = _fellows()
    by_role["Applicants"] = _applicants()
    return {heading: people for heading, people in by_role.items() if people}


def may_be_signed_in_as() -> list[User]:
    """The people on the page: nobody else can be signed in as without a code."""
    return [guest.user for people in guests().values() for guest in people]


def _people(**conditions: object) -> list[User]:
    return list(User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True, **conditions).order_by("pk")[:A_FEW])


def _team() -> dict[str, list[Guest]]:
    roles = TeamRole.objects.current().filter(person__email__endswith=f"@{DOMAIN}")
    shown: dict[str, dict[int, Guest]] = {}
    for role in roles.select_related("person", "programme", "cohort__programme").order_by("role", "person_id", "-pk"):
        where = str(role.programme or role.cohort)
        shown.setdefault(f"{role.get_role_display()}s".replace("Coachs", "Coaches"), {}).setdefault(
            role.person_id, Guest(role.person, where)
        )
    return {heading: list(people.values()) for heading, people in shown.items()}


def _fellows() -> list[Guest]:
    places = Place.objects.on_programme().filter(fellow__email__endswith=f"@{DOMAIN}")
    chosen = places.select_related("fellow", "cohort__programme").order_by("-cohort__commences_on", "pk")[:A_FEW]
    return [Guest(place.fellow, str(place.cohort)) for place in chosen]


def _applicants() -> list[Guest]:
    """Up to two in each state that an application can be in."""
    theirs = Application.objects.filter(applicant__email__endswith=f"@{DOMAIN}")
    undecided = theirs.exclude(state=ApplicationState.ACCEPTED).select_related("applicant", "cohort__programme")
    chosen: dict[str, list[Guest]] = {}
    for application in undecided.order_by("-cohort__commences_on", "pk")[:400]:
        people = chosen.setdefault(application.state, [])
        if len(people) < 2:
            people.append(Guest(application.applicant, f"{application.get_state_display()}: {application.cohort.name}"))
    return [guest for people in chosen.values() for guest in people]
