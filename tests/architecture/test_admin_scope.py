"""Whatever is registered in the administration, a local lead sees their own cohort's rows in it and no others."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from cohorts.enums import Role
from cohorts.models import Seat
from nextstep import clock
from nextstep.accounts.models import User
from tests.architecture.people_of_the_portal import Portal, made_portal
from tests.factories.accounts import UserFactory
from tests.factories.attendance import ExcusalFactory, MarkFactory
from tests.factories.cohorts import NOW, CohortFactory, PlaceFactory, TeamRoleFactory
from tests.factories.qip import AssessmentFactory
from tests.factories.sessions_app import ActionLearningTermsFactory, ActionLearningTopicFactory

pytestmark = pytest.mark.django_db

# The machine's own rows, which owners alone look at.
NOT_MADE_HERE = ["notifications.Message", "jobs.PeriodicRun"]


@pytest.fixture
def portal() -> Portal:
    """Everything that the administration knows, in one cohort."""
    made = made_portal()
    things = made.arguments
    MarkFactory(session=things["session"], place=things["place"])
    ExcusalFactory(session=things["session"], place=things["place"])
    AssessmentFactory(project=things["project"], judge=things["panel"].judges.get())
    ActionLearningTermsFactory(cohort=things["place"].cohort)
    ActionLearningTopicFactory(cohort=things["place"].cohort)
    return made


@pytest.fixture
def neighbour(portal: Portal) -> User:
    """The lead of another cohort of the same programme, who reviews in the first and is a fellow of a third."""
    first = portal.arguments["place"].cohort
    person = UserFactory()
    TeamRoleFactory(person=person, role=Role.LOCAL_LEAD, cohort=CohortFactory(programme=first.programme, places=2))
    TeamRoleFactory(person=person, role=Role.REVIEWER, cohort=first)
    PlaceFactory(fellow=person, cohort=CohortFactory(programme=first.programme))
    return person


def lists_open_to(person: User) -> dict[str, set[Any]]:
    """The keys of the rows of each list that the person may open."""
    request = RequestFactory().get("/admin/")
    request.user = person
    return {
        model._meta.label: set(of.get_queryset(request).values_list("pk", flat=True))
        for model, of in admin.site._registry.items()
        if of.has_module_permission(request)
    }


def test_a_lead_of_another_cohort_sees_in_every_list_their_own_alone(portal: Portal, neighbour: User) -> None:
    with clock.at(NOW):
        everything = lists_open_to(portal.people["owner"])
        seen = lists_open_to(neighbour)

    role = neighbour.team_roles.get(role=Role.LOCAL_LEAD)
    assert [label for label, rows in everything.items() if not rows] == NOT_MADE_HERE
    assert {label: rows for label, rows in seen.items() if rows} == {
        "accounts.User": {neighbour.pk},
        "cohorts.Cohort": {role.cohort_id},
        "cohorts.TeamRole": {role.pk},
        "cohorts.Seat": set(Seat.objects.filter(cohort=role.cohort_id).values_list("pk", flat=True)),
    }


def test_nor_do_they_open_a_page_of_it_by_its_address(portal: Portal, neighbour: User, client: Client) -> None:
    client.force_login(neighbour)
    with clock.at(NOW):
        others = {
            (label, pk)
            for label, rows in lists_open_to(portal.people["owner"]).items()
            for pk in list(rows - lists_open_to(neighbour).get(label, set()))[:1]
        }
        opened = {label for label, pk in others if client.get(page_of(label, pk)).status_code == 200}

    assert len(others) > 15
    assert opened == set()


def page_of(label: str, pk: Any) -> str:
    return reverse(f"admin:{label.lower().replace('.', '_')}_change", args=[pk])
