"""One cohort with a person in every role, and one thing of each kind for the addresses that name one."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from cohorts.enums import Role
from nextstep.accounts.models import ContentPage, User
from tests.architecture.watching import watched
from tests.factories.accounts import OwnerFactory, UserFactory, first_words
from tests.factories.applications import (
    DecisionFactory,
    DocumentFactory,
    LateLinkFactory,
    OfferFactory,
    ReleaseFactory,
    ReserveListFactory,
    SubmissionFactory,
    WindowExtensionFactory,
    next_step_cohort,
)
from tests.factories.cohorts import NOW, PlaceFactory, TeamRoleFactory, WithdrawalFeeFactory
from tests.factories.qip import JudgeFactory, PanelFactory, PresentationDayFactory, ProjectFactory, QipTermsFactory
from tests.factories.reviewing import ReviewFactory, RoundFactory
from tests.factories.sessions_app import TeachingSessionFactory
from tests.factories.statements import StatementRequestFactory

# The order of the letters in the table.
ROLES = (
    "anonymous", "applicant", "fellow", "reviewer", "judge", "facilitator", "coach", "local lead", "administrator",
    "owner",
)  # fmt: skip


@dataclass
class Portal:
    """The people by role, and the arguments of addresses by the name of the argument or of the address."""

    people: dict[str, User]
    arguments: dict[str, Any]
    sessions: dict[str, str] = field(default_factory=dict)
    # What a GET of a path by a role has written to.
    written: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def browser_of(self, role: str) -> Client:
        """A new browser with that person's one session, made at the first need."""
        browser = Client()
        if role != "anonymous":
            if role not in self.sessions:
                browser.force_login(self.people[role])
                self.sessions[role] = browser.cookies["sessionid"].value
            browser.cookies["sessionid"] = self.sessions[role]
        return browser


def made_portal() -> Portal:
    cohort = next_step_cohort(places=5)
    people = {role: UserFactory(full_name=f"The {role}") for role in ROLES[1:-1]}
    people["owner"] = OwnerFactory(full_name="The owner")
    for role in (Role.REVIEWER, Role.FACILITATOR, Role.COACH, Role.LOCAL_LEAD):
        TeamRoleFactory(person=people[role.replace("_", " ")], role=role, cohort=cohort)
    TeamRoleFactory(administrator=True, person=people["administrator"], programme=cohort.programme)
    return Portal(people, _things(cohort, people))


def _things(cohort: Any, people: dict[str, User]) -> dict[str, Any]:
    first_words()
    offer = OfferFactory(application__cohort=cohort, application__applicant=people["applicant"])
    application = offer.application
    place = PlaceFactory(cohort=cohort, fellow=people["fellow"])
    session = TeachingSessionFactory(cohort=cohort, number=1, starts_at=NOW + timedelta(days=2))
    QipTermsFactory(cohort=cohort)
    PresentationDayFactory(cohort=cohort)
    panel = PanelFactory(cohort=cohort)
    JudgeFactory(panel=panel, person=people["judge"])
    project = ProjectFactory(place=place)
    review = ReviewFactory(round=RoundFactory(cohort=cohort), application=application, reviewer=people["reviewer"])
    return {
        "programme": cohort.programme.slug,
        "cohort": cohort.slug,
        "application": application,
        "decision": DecisionFactory(application__cohort=cohort, set_by=people["administrator"]),
        "fee": WithdrawalFeeFactory(place=place),
        "reserve_list": ReserveListFactory(cohort=cohort),
        "release": ReleaseFactory(cohort=cohort, planned_by=people["administrator"]),
        "extension": WindowExtensionFactory(cohort=cohort, made_by=people["administrator"]),
        "late_link": LateLinkFactory(cohort=cohort, given_by=people["administrator"]),
        "submission": SubmissionFactory(application=application),
        "document": DocumentFactory(application=application),
        "offer": offer,
        "asked": StatementRequestFactory(application=application),
        "place": place,
        "session": session,
        "panel": panel,
        "project": project,
        "round": review.round,
        "review": review,
        "person": people["applicant"],
        "page": ContentPage.objects.get(slug="help"),
    }


def address(portal: Portal, name: str, arguments: dict[str, Any]) -> str:
    """The address called `name`; an argument may be a function of the portal's things."""
    given = {key: value(portal.arguments) if callable(value) else value for key, value in arguments.items()}
    return reverse(name, kwargs=given)


def answers(portal: Portal, path: str, roles: tuple[str, ...] = ROLES) -> str:
    """A letter for what each role gets; an address that takes no GET is sent an empty form, and nothing of it stays."""
    return "".join(_asked(portal, role, path) for role in roles)


def _asked(portal: Portal, role: str, path: str) -> str:
    browser = portal.browser_of(role)
    with transaction.atomic():
        with watched() as portal.written[path, role]:
            answer = browser.get(path)
        if answer.status_code == 405:
            answer = browser.post(path)
        letter = _letter(answer)
        if answer.streaming:
            # Read to its end, the file behind it is closed.
            b"".join(answer)
        transaction.set_rollback(True)
    return letter


def _letter(answer: Any) -> str:
    if answer.status_code == 302:
        return "s" if answer["Location"].startswith("/account/sign-in/") else ">"
    return {200: ".", 403: "x", 404: "-"}[answer.status_code]
