"""The admin of teams: who invites whom into which role, and how a role ends."""

import pytest

from cohorts.models import TeamRole
from nextstep.audit.models import Event
from tests.cohorts.admin_pages import address, shown
from tests.factories.cohorts import TeamRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(set_clock):
    set_clock(2025, 4, 29, 12)


def test_a_local_lead_invites_a_judge_by_address(client, people, own):
    client.force_login(people["local lead"])
    data = {"email": "judge@example.nhs.uk", "full_name": "J", "role": "judge", "cohort": own.pk}
    response = client.post(address("teamrole", "add"), data)
    role = TeamRole.objects.get(person__email="judge@example.nhs.uk")
    assert (response.status_code, role.cohort, role.role) == (302, own, "judge")
    assert Event.objects.get(verb="cohorts.role_granted").actor == people["local lead"]


@pytest.mark.parametrize("role", ["judge", "local_lead"])
def test_nobody_is_invited_into_a_cohort_of_others(client, people, foreign, role):
    client.force_login(people["local lead"])
    response = client.post(
        address("teamrole", "add"), {"email": "judge@example.nhs.uk", "role": role, "cohort": foreign.pk}
    )
    assert list(response.context["adminform"].form.errors) == ["cohort"]
    assert not TeamRole.objects.filter(person__email="judge@example.nhs.uk").exists()


def test_a_local_lead_makes_nobody_administrator_of_the_programme(client, people, own):
    client.force_login(people["local lead"])
    data = {"email": "x@example.nhs.uk", "role": "administrator", "programme": own.programme.pk}
    response = client.post(address("teamrole", "add"), data)
    assert list(response.context["adminform"].form.errors) == ["programme"]


def test_a_role_without_its_cohort_is_refused_in_plain_english(client, people, own):
    client.force_login(people["administrator"])
    response = client.post(address("teamrole", "add"), {"email": "judge@example.nhs.uk", "role": "judge"})
    assert response.context["adminform"].form.non_field_errors() == [
        "Judge is a role in a cohort. Choose a cohort and nothing else."
    ]


def test_a_role_is_ended_with_a_reason_and_then_only_looked_at(client, people, own):
    role = TeamRoleFactory(cohort=own)
    client.force_login(people["local lead"])
    url = address("teamrole", "change", role)
    assert client.post(url, {"end_now": "on", "reason": "Left the trust."}).status_code == 302
    role.refresh_from_db()
    assert role.ended_at is not None
    event = Event.objects.get(verb="cohorts.role_ended")
    assert (event.actor, event.reason) == (people["local lead"], "Left the trust.")
    again = client.post(url, {"end_now": "on"}, follow=True)
    assert "This could not be saved: it was ended or closed after you opened the page." in again.content.decode()
    assert Event.objects.filter(verb="cohorts.role_ended").count() == 1
    assert role.pk not in shown(client.get(address("teamrole")))
    assert shown(client.get(address("teamrole"), {"current": "no"})) == {role.pk}


def test_saving_a_role_without_ending_it_changes_nothing(client, people, own):
    role = TeamRoleFactory(cohort=own)
    client.force_login(people["local lead"])
    client.post(address("teamrole", "change", role), {"reason": "No reason"})
    assert TeamRole.objects.get(pk=role.pk).ended_at is None
    assert not Event.objects.exists()


# --- how much a page asks of the database ----------------------------------------------------------------------------
