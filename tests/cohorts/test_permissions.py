"""Who may administer what, and what each person's lists start from."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from cohorts import permissions, selectors
from cohorts.enums import PlaceState, Role
from nextstep.accounts.people import people_visible_to
from nextstep.accounts.roles import roles_of
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.cohorts import NOW, CohortFactory, PlaceFactory, TeamRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def people(cohort):
    """One person of each sort around `cohort`, by name."""
    other = CohortFactory()
    administrator = TeamRoleFactory(administrator=True, programme=cohort.programme).person
    former = TeamRoleFactory(administrator=True, programme=cohort.programme, ended_at=NOW).person
    inactive = TeamRoleFactory(
        administrator=True, programme=cohort.programme, person=UserFactory(is_active=False)
    ).person
    return {
        "owner": OwnerFactory(),
        "inactive owner": OwnerFactory(is_active=False),
        "administrator": administrator,
        "former administrator": former,
        "inactive administrator": inactive,
        "administrator elsewhere": TeamRoleFactory(administrator=True, programme=other.programme).person,
        "local lead": TeamRoleFactory(role=Role.LOCAL_LEAD, cohort=cohort).person,
        "local lead of a sister cohort": TeamRoleFactory(
            role=Role.LOCAL_LEAD, cohort=CohortFactory(programme=cohort.programme)
        ).person,
        "reviewer": TeamRoleFactory(role=Role.REVIEWER, cohort=cohort).person,
        "judge": TeamRoleFactory(role=Role.JUDGE, cohort=cohort).person,
        "fellow": PlaceFactory(cohort=cohort).fellow,
        "anybody": UserFactory(),
        "anonymous": AnonymousUser(),
    }


def names_for_whom(people, holds):
    return {name for name, person in people.items() if holds(person)}


def test_owner_programme_administrator_and_local_lead_administer_a_cohort(people, cohort):
    may = names_for_whom(people, lambda person: permissions.may_administer(person, cohort))
    assert may == {"owner", "administrator", "local lead"}


def test_a_local_lead_does_not_administer_the_programme(people, cohort):
    may = names_for_whom(people, lambda person: permissions.may_administer_programme(person, cohort.programme))
    assert may == {"owner", "administrator"}


def test_only_those_who_administer_something_have_business_in_the_admin(people):
    assert names_for_whom(people, permissions.administers_anything) == {
        "owner",
        "administrator",
        "administrator elsewhere",
        "local lead",
        "local lead of a sister cohort",
    }


@pytest.mark.parametrize(
    ("role", "holders"),
    [
        (Role.ADMINISTRATOR, {"administrator"}),
        (Role.LOCAL_LEAD, {"local lead"}),
        (Role.REVIEWER, {"reviewer"}),
        (Role.JUDGE, {"judge"}),
        (Role.COACH, set()),
    ],
)
def test_a_role_is_held_by_those_to_whom_it_was_granted_and_not_ended(people, cohort, role, holders):
    assert names_for_whom(people, lambda person: permissions.holds_role(person, role, cohort)) == holders
    assert names_for_whom(people, lambda person: cohort in selectors.cohorts_where(person, role)) == holders
    expected = {people[name].pk for name in holders}
    assert set(selectors.people_with_role(cohort, role).values_list("pk", flat=True)) == expected


def test_check_may_administer_raises_for_those_who_may_not(people, cohort):
    permissions.check_may_administer(people["local lead"], cohort)
    with pytest.raises(PermissionDenied):
        permissions.check_may_administer(people["reviewer"], cohort)
    permissions.check_may_administer_programme(people["administrator"], cohort.programme)
    with pytest.raises(PermissionDenied):
        permissions.check_may_administer_programme(people["local lead"], cohort.programme)


def test_lists_of_cohorts_start_from_what_a_person_administers(people, cohort):
    may = names_for_whom(people, lambda person: cohort in selectors.cohorts_administered_by(person))
    assert may == {"owner", "administrator", "local lead"}
    may = names_for_whom(people, lambda person: cohort.programme in selectors.programmes_administered_by(person))
    assert may == {"owner", "administrator"}


def test_a_local_lead_knows_the_people_of_their_own_cohort_only(people, cohort):
    elsewhere = PlaceFactory(cohort=CohortFactory(programme=cohort.programme)).fellow
    known = set(selectors.people_known_to(people["local lead"]))
    assert {people["fellow"], people["reviewer"], people["judge"], people["local lead"]} == known
    assert elsewhere not in known


@pytest.mark.parametrize("cohorts", [1, 3])
def test_cohorts_administered_are_read_in_one_query(django_assert_num_queries, cohorts):
    lead = UserFactory()
    for _ in range(cohorts):
        TeamRoleFactory(person=lead, role=Role.LOCAL_LEAD, cohort=CohortFactory())
    with django_assert_num_queries(1):
        assert len(selectors.cohorts_administered_by(lead)) == cohorts


def test_seats_are_counted_in_one_query(django_assert_num_queries, cohort):
    PlaceFactory(cohort=cohort)
    with django_assert_num_queries(1):
        counts = selectors.seat_counts(cohort)
    assert (counts.total, counts.taken, counts.free) == (3, 1, 2)


def test_places_of_a_person_come_with_the_newest_cohort_first(django_assert_num_queries):
    fellow = UserFactory()
    older = PlaceFactory(fellow=fellow, cohort__commences_on="2024-10-08")
    newer = PlaceFactory(fellow=fellow)
    with django_assert_num_queries(1):
        assert [place.pk for place in selectors.places_of(fellow)] == [newer.pk, older.pk]


def test_a_person_holds_roles_by_name_wherever_they_hold_them(django_assert_num_queries, people, cohort):
    several = TeamRoleFactory(role=Role.JUDGE).person
    TeamRoleFactory(person=several, role=Role.COACH, ended_at=NOW)
    TeamRoleFactory(person=several, role=Role.REVIEWER)
    TeamRoleFactory(person=several, role=Role.REVIEWER)
    PlaceFactory(fellow=several, cohort=cohort)
    with django_assert_num_queries(1):
        assert selectors.role_names_of(several) == {"judge", "reviewer", "fellow"}
    assert roles_of(people["former administrator"]) == frozenset()
    assert roles_of(people["owner"]) == {"owner"}


def test_a_fellow_who_withdrew_is_no_fellow():
    place = PlaceFactory(state=PlaceState.WITHDRAWN)
    assert roles_of(place.fellow) == frozenset()


def test_accounts_show_an_administrator_the_people_of_their_cohorts(django_assert_num_queries, people):
    with django_assert_num_queries(1):
        visible = set(people_visible_to(people["local lead"]))
    assert people["fellow"] in visible
    assert people["anybody"] not in visible
