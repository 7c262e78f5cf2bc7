"""Pages of the administration that write: projects and their judging, people, words and mail."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from nextstep.accounts.models import ContentPage, User
from nextstep.accounts.services import edit_page, record_name
from qip.models import Criterion, Judge, Panel, Project
from qip.services import save_criterion, save_project
from tests.factories.accounts import UserFactory, first_words
from tests.factories.cohorts import PlaceFactory
from tests.factories.notifications import MessageFactory
from tests.factories.qip import PanelFactory, ProjectFactory
from tests.journeys.office import ACCOUNT_THERE, CHANGED, ELSE, SAVE, WORDS, Office, address
from tests.journeys.scenes import Scene

# --- projects and judging


def making_a_panel() -> Scene:
    office = Office()
    data = {"cohort": str(office.cohort.pk), "name": "Executive Panel"}
    return office.adds(Panel, data, twice="This cohort has a panel already.")


def adding_a_judge() -> Scene:
    office = Office()
    panel = PanelFactory(cohort=office.cohort)
    data = {"panel": str(panel.pk), "email": "judith@example.org", "organisation": "King’s"}
    return office.adds(Judge, data, typed="judith@example.org", twice="is on this panel already.")


def mending_a_project() -> Scene:
    office = Office()
    project = ProjectFactory(place=PlaceFactory(cohort=office.cohort))

    def elsewhere() -> None:
        save_project(project=Project.objects.get(), by=office.owner, version=1, aim="Less.")

    return office.changes(
        project, {"aim": WORDS}, typed=WORDS, twice="was changed successfully", meanwhile=elsewhere, stale=CHANGED
    )


def criterion_of(office: Office) -> Criterion:
    panel = PanelFactory(cohort=office.cohort)
    return Criterion.objects.filter(rubric__cohort=panel.cohort).order_by("position")[0]


def adding_a_criterion() -> Scene:
    office = Office()
    rubric = criterion_of(office).rubric
    levels = {f"level_{level}": f"Level {level}" for level in (1, 3, 5)}
    data = {"rubric": str(rubric.pk), "name": "Kindness", "code": "kindness", "position": "9", "weight": "5"}
    return office.adds(
        Criterion,
        {**data, **levels, "guidance": WORDS},
        typed=WORDS,
        twice="This rubric has a criterion with the code “kindness” already.",
    )


def changing_a_criterion() -> Scene:
    office = Office()
    criterion = criterion_of(office)

    def elsewhere() -> None:
        save_criterion(rubric=criterion.rubric, criterion=criterion, guidance="Look.", by=office.owner)

    return office.changes(
        criterion, {"guidance": WORDS}, typed=WORDS, twice="was changed successfully", meanwhile=elsewhere, stale=ELSE
    )


def removing_a_criterion() -> Scene:
    office = Office()
    return office.acts(criterion_of(office), "remove", stored=Criterion.objects.count, twice="6 criteria")


# --- people, words and mail


def inviting_a_person() -> Scene:
    office = Office()
    data = {"email": "rita@example.org", "full_name": "Rita"}
    return office.adds(User, data, typed="rita@example.org", twice=ACCOUNT_THERE, others=office.others[1:])


def changing_a_person() -> Scene:
    office = Office()
    fellow = PlaceFactory(cohort=office.cohort).fellow
    return office.changes(
        fellow,
        {"full_name": "After"},
        typed="After",
        twice="was changed successfully",
        meanwhile=lambda: record_name(user=fellow, full_name="Meanwhile", by=office.owner),
        stale=ELSE,
    )


def deed(name: str, data: dict[str, str], twice: str, *, on: dict[str, Any] | None = None) -> Callable[[], Scene]:
    """One of the questions about an account, which only an owner is asked."""

    def scene() -> Scene:
        office = Office()
        person = UserFactory(**(on or {}))
        return Scene(
            by=office.owner,
            path=reverse(f"admin:accounts_user_{name}", args=[person.pk]),
            data=data,
            stored=lambda: User.objects.filter(pk=person.pk).values_list("is_active", "is_superuser", "email").get(),
            twice=twice,
            others=[office.ada, *office.others],
        )

    return scene


def changing_words() -> Scene:
    first_words()
    office = Office()
    page = ContentPage.objects.get(slug="help")
    return Scene(
        by=office.owner,
        path=address(page, "change", page.pk),
        data={"body": WORDS, **SAVE},
        typed=WORDS,
        twice="was changed successfully",
        stale=ELSE,
        stored=lambda: ContentPage.objects.get(slug="help").body,
        meanwhile=lambda: edit_page(page=page, title="Help", body="Ask.", by=office.owner),
        others=[office.ada, *office.others],
    )


def sending_again() -> Scene:
    office = Office()
    message = MessageFactory(state="given_up")
    return office.acts(
        message,
        "send_given_up_again",
        by=office.owner,
        others=[office.ada, *office.others],
        twice="Only a message that was given up can be sent again.",
    )
