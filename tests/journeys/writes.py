"""Every address of the portal that takes a POST, and the scene that tries it; the administration has its own table."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse

from cohorts.models import Place
from nextstep.accounts.checks import patterns
from nextstep.accounts.models import User
from sessions_app.models import CalendarFeed
from sessions_app.services.feeds import make_feed, revoke_feed
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CohortFactory, PlaceFactory, TeamRoleFactory
from tests.journeys.scenes import Made, Scene, browser_of
from tests.journeys.writes_applicants import APPLICANTS
from tests.journeys.writes_projects import PROJECTS
from tests.journeys.writes_registers import REGISTERS
from tests.journeys.writes_reviewing import REVIEWING


def feeds() -> list[Any]:
    return list(CalendarFeed.objects.current().values_list("token", flat=True))


def making_a_feed() -> Scene:
    person = PlaceFactory().fellow
    return Scene(
        by=person,
        path=reverse("portal:make_feed"),
        page=reverse("portal:dashboard"),
        stored=CalendarFeed.objects.current().count,
        twice="Your calendar address is ready.",
        meanwhile=lambda: make_feed(person=person, by=person),
        stale="Your calendar address is ready.",
        others=[],
    )


def replacing_a_feed() -> Scene:
    person = PlaceFactory().fellow
    feed = make_feed(person=person, by=person)
    return Scene(
        by=person,
        path=reverse("portal:replace_feed"),
        page=reverse("portal:dashboard"),
        stored=lambda: [token == feed.token for token in feeds()],
        twice="You have a new calendar address.",
        may_be_repeated=True,
        others=[],
    )


def stopping_a_feed() -> Scene:
    person = PlaceFactory().fellow
    make_feed(person=person, by=person)
    return Scene(
        by=person,
        path=reverse("portal:revoke_feed"),
        page=reverse("portal:dashboard"),
        stored=CalendarFeed.objects.current().count,
        twice="Your calendar address no longer works.",
        meanwhile=lambda: revoke_feed(person=person, by=person),
        stale="Your calendar address no longer works.",
        others=[],
    )


def graduating() -> Scene:
    """A cohort that is over, with a fellow who has met everything."""
    cohort = CohortFactory(
        applications_open_at=datetime(2024, 1, 8, tzinfo=UTC),
        applications_close_at=datetime(2024, 2, 5, tzinfo=UTC),
        commences_on=date(2024, 4, 2),
        ends_on=date(2025, 4, 1),
    )
    place = PlaceFactory(cohort=cohort)
    ada = TeamRoleFactory(administrator=True, programme=cohort.programme).person
    path = reverse("portal:graduation", args=[cohort.programme.slug, cohort.slug])
    return Scene(
        by=ada,
        path=path,
        stored=lambda: Place.objects.get().state,
        twice="Nobody is ready to graduate who has not graduated already.",
        meanwhile=lambda: browser_of(ada).post(path),
        stale="Nobody is ready to graduate who has not graduated already.",
        others=[place.fellow],
    )


def telling_who_one_is() -> Scene:
    person = UserFactory(full_name="Before")
    return Scene(
        by=person,
        path=reverse("account_details"),
        data={"full_name": "After", "registration_body": "GMC", "gmc_number": "1234567"},
        stored=lambda: User.objects.get(pk=person.pk).full_name,
        twice="We have saved your details.",
        held=False,
        others=[],
    )


WRITES: dict[str, Made] = {
    **APPLICANTS,
    **REGISTERS,
    **PROJECTS,
    **REVIEWING,
    "portal:graduation": graduating,
    "portal:make_feed": making_a_feed,
    "portal:replace_feed": replacing_a_feed,
    "portal:revoke_feed": stopping_a_feed,
    "account_details": telling_who_one_is,
}
SIGN_IN, SECOND_FACTOR = "tests/accounts/test_sign_in.py", "tests/accounts/test_second_factor.py"
EMAIL_CHANGE, HELD_POSTS = "tests/accounts/test_email_change.py", "tests/accounts/test_held_posts.py"
# What signs people in and out, or confirms who they are, has its own mishaps: tests of their own.
TRIED_ELSEWHERE = {
    "applications:check": "tests/applications/test_views_check.py",
    # Whoever has the link has no account: nothing can be held for them.
    "applications:statement": "tests/applications/test_views_statements.py",
    "applications:decline_request": "tests/applications/test_views_statements.py",
    "account_login": SIGN_IN,
    "account_request_login_code": SIGN_IN,
    "account_confirm_login_code": SIGN_IN,
    "account_logout": SIGN_IN,
    "account_sign_out_everywhere": SIGN_IN,
    "account_change_email": EMAIL_CHANGE,
    "account_change_email_codes": EMAIL_CHANGE,
    "unsent_send": HELD_POSTS,
    "unsent_delete": HELD_POSTS,
    "mfa_activate_totp": SECOND_FACTOR,
    "mfa_add_webauthn": SECOND_FACTOR,
    "mfa_authenticate": SECOND_FACTOR,
    "mfa_deactivate_totp": SECOND_FACTOR,
    "mfa_edit_webauthn": SECOND_FACTOR,
    "mfa_generate_recovery_codes": SECOND_FACTOR,
    "mfa_reauthenticate": SECOND_FACTOR,
    "mfa_reauthenticate_webauthn": SECOND_FACTOR,
    "mfa_remove_webauthn": SECOND_FACTOR,
}


def addresses_that_take_a_post() -> set[str]:
    """The names of addresses outside the administration whose view does not refuse a POST by its method."""
    return {
        ":".join([*namespaces, part.name])
        for _, namespaces, part in patterns()
        if part.name and "admin" not in namespaces and _takes_a_post(part.callback)
    }


def _takes_a_post(view: Callable[..., Any]) -> bool:
    methods = _methods_of(view)
    return methods is None or "POST" in methods


def _methods_of(view: Any) -> Any:
    """The methods that a decorator of the view lists; those of a class that it handles; None for all."""
    kind = getattr(view, "view_class", None)
    if kind is not None:
        return {method.upper() for method in kind.http_method_names if hasattr(kind, method)}
    while view is not None:
        cells = zip(view.__code__.co_freevars, view.__closure__ or (), strict=False)
        for name, cell in cells:
            if name == "request_method_list":
                return cell.cell_contents
        view = getattr(view, "__wrapped__", None)
    return None
