"""A fellow writes, hands in and withdraws a project."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from nextstep.audit.models import Event
from nextstep.refusals import Refused, Stale
from qip.enums import ProjectState
from qip.models import Project
from qip.services import Incomplete, save_project, start_project, submit_project, withdraw_project
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.cohorts import PlaceFactory, TeamRoleFactory
from tests.factories.qip import DraftProjectFactory, JudgeFactory, ProjectFactory, QipTermsFactory, give_scores

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march(set_clock):
    set_clock(2026, 3, 2, 14, 2)


def verbs(obj):
    return [event.verb for event in Event.objects.about(obj).order_by("pk")]


def test_starting_twice_makes_one_project_with_the_supervisor_named_at_enrolment():
    place = PlaceFactory(supervisor_name="Dr Who", supervisor_email="who@nhs.example")
    first = start_project(place=place, by=place.fellow)
    assert start_project(place=place, by=place.fellow) == first
    assert (first.supervisor_name, first.supervisor_email, first.state) == ("Dr Who", "who@nhs.example", "draft")
    assert verbs(first) == ["qip.project_started"]


def test_nobody_starts_a_project_for_somebody_else():
    with pytest.raises(PermissionDenied):
        start_project(place=PlaceFactory(), by=UserFactory())


def test_a_fellow_who_left_starts_no_project():
    place = PlaceFactory(state="withdrawn", seat=None)
    with pytest.raises(PermissionDenied):
        start_project(place=place, by=place.fellow)


def test_a_draft_is_saved_with_anything_empty():
    project = DraftProjectFactory()
    save_project(project=project, version=1, by=project.place.fellow, title="", aim="Fewer falls", summary="")
    project.refresh_from_db()
    assert (project.aim, project.version, project.changed_at) == (
        "Fewer falls",
        2,
        datetime(2026, 3, 2, 14, 2, tzinfo=UTC),
    )


def test_the_audit_says_that_a_personal_field_changed_and_not_to_what():
    project = DraftProjectFactory()
    save_project(project=project, version=1, by=project.place.fellow, title="Falls", supervisor_name="Dr Who")
    event = Event.objects.about(project).get()
    assert (event.verb, event.before, event.after) == (
        "qip.project_saved",
        {"title": "", "supervisor_name": "changed"},
        {"title": "Falls", "supervisor_name": "changed"},
    )


def test_a_stale_page_overwrites_nothing():
    project = DraftProjectFactory(title="First", version=3)
    with pytest.raises(Stale):
        save_project(project=project, version=2, by=project.place.fellow, title="Second")
    assert Project.objects.get(pk=project.pk).title == "First"


def test_saving_the_same_again_from_an_old_page_changes_nothing():
    project = DraftProjectFactory(title="Same", version=3)
    save_project(project=project, version=2, by=project.place.fellow, title="Same")
    assert (Project.objects.get(pk=project.pk).version, verbs(project)) == (3, [])


@pytest.mark.parametrize("who", ["stranger", "judge", "fellow_who_left"])
def test_others_do_not_change_a_project(who):
    project = DraftProjectFactory()
    person = UserFactory()
    if who == "judge":
        person = JudgeFactory(panel__cohort=project.place.cohort).person
    if who == "fellow_who_left":
        person = project.place.fellow
        project.place.state = "withdrawn"
    with pytest.raises(PermissionDenied):
        save_project(project=project, version=1, by=person, title="Mine")


def test_an_administrator_can_mend_a_project():
    project = DraftProjectFactory()
    role = TeamRoleFactory(administrator=True, programme=project.place.cohort.programme)
    save_project(project=project, version=1, by=role.person, title="Mended")
    assert Project.objects.get(pk=project.pk).title == "Mended"


def test_a_project_is_handed_in_once_with_its_moment():
    project = ProjectFactory(state=ProjectState.DRAFT, submitted_at=None)
    submit_project(project=project, version=1, by=project.place.fellow)
    project.refresh_from_db()
    assert (project.state, project.submitted_at) == ("submitted", datetime(2026, 3, 2, 14, 2, tzinfo=UTC))
    with pytest.raises(Refused, match="submitted already"):
        submit_project(project=project, version=2, by=project.place.fellow)
    assert verbs(project) == ["qip.project_submitted"]


def test_an_incomplete_project_is_not_handed_in_and_what_is_missing_is_named():
    project = DraftProjectFactory(title="Falls", summary=" ")
    with pytest.raises(Incomplete) as refusal:
        submit_project(project=project, version=1, by=project.place.fellow)
    assert list(refusal.value.missing) == ["aim", "supervisor_name", "supervisor_email", "summary"]
    assert str(refusal.value) == (
        "A submitted project needs an aim, your supervisor’s name, your supervisor’s email address, a summary."
    )


def test_a_submitted_project_can_be_improved_but_not_emptied():
    project = ProjectFactory()
    save_project(project=project, version=1, by=project.place.fellow, aim="A better aim")
    with pytest.raises(Incomplete):
        save_project(project=project, version=2, by=project.place.fellow, aim="")
    assert Project.objects.get(pk=project.pk).aim == "A better aim"


def test_the_first_score_locks_a_project():
    project = ProjectFactory()
    give_scores(JudgeFactory(panel__cohort=project.place.cohort), project, change=3)
    with pytest.raises(Refused, match="Judges have begun to score this project"):
        save_project(project=project, version=1, by=project.place.fellow, aim="Too late")


@pytest.mark.parametrize(("minute", "refused"), [(1, False), (2, True), (3, True)])
def test_the_closing_moment_is_half_open(set_clock, london, minute, refused):
    project = ProjectFactory()
    QipTermsFactory(cohort=project.place.cohort, projects_close_at=london(2026, 6, 1, 0, 2))
    set_clock(2026, 6, 1, 0, minute)
    if refused:
        with pytest.raises(Refused, match="The time for changing projects is over"):
            save_project(project=project, version=1, by=project.place.fellow, aim="New")
    else:
        save_project(project=project, version=1, by=project.place.fellow, aim="New")
    assert Project.objects.filter(aim="New").exists() is not refused


def test_a_project_is_withdrawn_with_a_reason_and_stays_so():
    project = ProjectFactory()
    owner = OwnerFactory()
    with pytest.raises(Refused, match="Say why"):
        withdraw_project(project=project, reason=" ", by=owner)
    withdraw_project(project=project, reason="The fellow is ill.", by=owner)
    assert Project.objects.in_the_running().count() == 0
    with pytest.raises(Refused, match="has been withdrawn"):
        save_project(project=project, version=2, by=project.place.fellow, aim="Again")
    assert Event.objects.about(project).get().reason == "The fellow is ill."


@pytest.mark.parametrize(
    ("state", "place_state", "heard"),
    [("submitted", "active", 1), ("submitted", "withdrawn", 0), ("draft", "active", 0), ("withdrawn", "active", 0)],
)
def test_a_panel_hears_submitted_projects_of_fellows_on_the_programme(state, place_state, heard):
    place = PlaceFactory(state=place_state)
    ProjectFactory(place=place, state=state)
    assert Project.objects.in_the_running().count() == heard
