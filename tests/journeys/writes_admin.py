"""Pages of the administration that write: forms, and actions with their question."""

from django.contrib import admin
from django.test import RequestFactory

from nextstep.accounts.checks import patterns
from nextstep.accounts.models import User
from tests.journeys.office import WORDS
from tests.journeys.scenes import Made
from tests.journeys.writes_admin_deciding import DECIDING
from tests.journeys.writes_admin_judging import (
    adding_a_criterion,
    adding_a_judge,
    changing_a_criterion,
    changing_a_person,
    changing_words,
    deed,
    inviting_a_person,
    making_a_panel,
    mending_a_project,
    removing_a_criterion,
    sending_again,
)
from tests.journeys.writes_admin_reviewing import REVIEWING_IN_THE_OFFICE
from tests.journeys.writes_admin_team import (
    cancelling_a_session,
    changing_a_cohort,
    changing_a_place,
    changing_a_programme,
    changing_a_session,
    ending_a_role,
    inviting_into_a_role,
    making_a_session,
    publishing_a_session,
)
from tests.journeys.writes_admin_time import extending_the_window, giving_a_late_link

ADMINISTRATION: dict[str, Made] = {
    "cohorts.Programme change": changing_a_programme,
    "cohorts.Cohort change": changing_a_cohort,
    "cohorts.Place change": changing_a_place,
    "cohorts.TeamRole add": inviting_into_a_role,
    "cohorts.TeamRole change": ending_a_role,
    **DECIDING,
    **REVIEWING_IN_THE_OFFICE,
    "applications.WindowExtension add": extending_the_window,
    "applications.LateLink add": giving_a_late_link,
    "sessions_app.TeachingSession add": making_a_session,
    "sessions_app.TeachingSession change": changing_a_session,
    "sessions_app.TeachingSession publish_sessions": publishing_a_session,
    "sessions_app.TeachingSession cancel_sessions": cancelling_a_session,
    "qip.Panel add": making_a_panel,
    "qip.Judge add": adding_a_judge,
    "qip.Project change": mending_a_project,
    "qip.Criterion add": adding_a_criterion,
    "qip.Criterion change": changing_a_criterion,
    "qip.Criterion remove": removing_a_criterion,
    "accounts.User add": inviting_a_person,
    "accounts.User change": changing_a_person,
    "accounts_user_recover": deed(
        "recover", {"email": "new@example.org", "reason": WORDS}, "Enter a new email address"
    ),
    "accounts_user_make_owner": deed("make_owner", {}, "Make owner: done for"),
    "accounts_user_end_ownership": deed("end_ownership", {}, "End ownership: done for", on={"is_superuser": True}),
    "accounts_user_close": deed("close", {"reason": WORDS}, "Close account: done for"),
    "accounts_user_reopen": deed("reopen", {"reason": WORDS}, "Reopen account: done for", on={"is_active": False}),
    "accounts.ContentPage change": changing_words,
    "notifications.Message send_given_up_again": sending_again,
}
READ_ONLY_ADDRESSES = {"accounts_user_duplicates"}
STOCK = ("changelist", "add", "change", "delete", "history")


def pages_of_the_administration(owner: User) -> set[str]:
    """What an owner can add, change and do in the lists, and the addresses that admins have of their own."""
    request = RequestFactory().get("/admin/")
    request.user = owner
    found = set()
    for model, its_admin in admin.site._registry.items():
        label = model._meta.label
        found |= {f"{label} add"} if its_admin.has_add_permission(request) else set()
        found |= {f"{label} change"} if its_admin.has_change_permission(request) else set()
        found |= {f"{label} {action}" for action in its_admin.get_actions(request) if action != "delete_selected"}
    return found | _own_addresses()


def _own_addresses() -> set[str]:
    names = {part.name for _, namespaces, part in patterns() if namespaces == ["admin"] and part.name}
    of_models = {f"{model._meta.app_label}_{model._meta.model_name}_" for model in admin.site._registry}
    return {
        name
        for name in names
        for prefix in of_models
        if name.startswith(prefix) and name.removeprefix(prefix) not in STOCK
    } - READ_ONLY_ADDRESSES
