"""Projects, panels, judges, rubrics and assessments in the administration."""

import pytest
from django.urls import reverse

from qip.models import Criterion, Judge, Panel, Project, Rubric
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CohortFactory, TeamRoleFactory
from tests.factories.qip import (
    JudgeFactory,
    PanelFactory,
    ProjectFactory,
    give_final_scores,
    give_scores,
    panel_with,
    projects_for,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_evening")]

MODELS = ["project", "panel", "judge", "rubric", "criterion", "assessment"]


@pytest.fixture
def administrator(client, panel):
    person = TeamRoleFactory(administrator=True, programme=panel.cohort.programme).person
    client.force_login(person)
    return person


def listed(model):
    return reverse(f"admin:qip_{model}_changelist")


def change(obj):
    return reverse(f"admin:qip_{obj._meta.model_name}_change", args=[obj.pk])


def text(response):
    return " ".join(response.content.decode().split())


def project_form(project, **more):
    names = ("title", "specialty", "site", "supervisor_name", "supervisor_email", "aim", "summary")
    return {"version_seen": project.version, **{name: getattr(project, name) for name in names}, **more}


@pytest.mark.parametrize("model", MODELS)
def test_administrators_see_their_own_and_no_others(client, administrator, panel, model):
    own = panel_with(panel, 3)[0]
    other = panel_with(PanelFactory(), 3)[0]
    response = client.get(listed(model))
    assert response.status_code == 200
    rows = set(response.context["cl"].queryset)
    assert len(rows) == (7 if model == "criterion" else 1)
    assert str(own.place.cohort_id) != str(other.place.cohort_id)


@pytest.mark.parametrize("model", MODELS)
def test_judges_and_strangers_do_not_get_in(client, panel, model):
    for person in (JudgeFactory(panel=panel).person, UserFactory()):
        client.force_login(person)
        assert client.get(listed(model)).status_code in {302, 403}


@pytest.mark.parametrize("number", [3, 40])
def test_lists_take_the_same_queries_at_any_length(django_assert_max_num_queries, client, administrator, panel, number):
    judge = JudgeFactory(panel=panel)
    for project in projects_for(panel, number):
        give_final_scores(judge, project, all=3)
    for model in ("project", "assessment", "judge"):
        with django_assert_max_num_queries(10):
            client.get(listed(model))


def test_a_project_is_mended_through_the_service(client, administrator, panel):
    project = projects_for(panel, 1)[0]
    client.post(change(project), project_form(project, title="Mended"))
    mended = Project.objects.get(pk=project.pk)
    assert (mended.title, mended.version) == ("Mended", 2)
    assert "Project saved" in text(client.get(change(project)))


def test_a_stale_project_is_not_overwritten(client, administrator, panel):
    project = projects_for(panel, 1)[0]
    Project.objects.update(version=4)
    response = client.post(change(project), project_form(project, title="Mine"))
    assert "This has changed since you opened the page." in text(response)
    assert "Mine" in text(response)
    assert Project.objects.get().title == project.title


def test_a_project_is_withdrawn_with_a_reason(client, administrator, panel):
    project = projects_for(panel, 1)[0]
    response = client.post(change(project), project_form(project, withdraw_now="on"))
    assert "Say why the project is withdrawn." in text(response)
    client.post(change(project), project_form(project, withdraw_now="on", reason="Ill"))
    assert Project.objects.get().state == "withdrawn"


def test_a_project_is_handed_in_for_a_fellow(client, administrator, panel):
    project = ProjectFactory(place__cohort=panel.cohort, state="draft", submitted_at=None)
    client.post(change(project), project_form(project, title="Ready", hand_in_now="on"))
    handed_in = Project.objects.get()
    assert (handed_in.title, handed_in.state) == ("Ready", "submitted")


def test_a_panel_is_made_for_a_cohort_of_ones_own(client, administrator, panel):
    cohort = CohortFactory(programme=panel.cohort.programme)
    add = reverse("admin:qip_panel_add")
    client.post(add, {"cohort": cohort.pk, "name": "Executive Panel"})
    assert Panel.objects.filter(cohort=cohort).count() == 1
    assert cohort.qip_rubric.criteria.count() == 7
    refused = client.post(add, {"cohort": cohort.pk, "name": "Another"})
    assert "This cohort has a panel already." in text(refused)
    elsewhere = client.post(add, {"cohort": CohortFactory().pk, "name": "Executive Panel"})
    assert "cohort" in elsewhere.context["adminform"].form.errors
    assert Panel.objects.count() == 2


def test_a_judge_is_added_by_address(client, administrator, panel):
    add = reverse("admin:qip_judge_add")
    sent = {"panel": panel.pk, "email": "ada@kings.example", "full_name": "Ada Bell", "organisation": "King’s"}
    client.post(add, sent)
    judge = Judge.objects.get()
    assert (judge.person.email, judge.organisation, judge.is_chair) == ("ada@kings.example", "King’s", False)
    refused = client.post(add, sent)
    assert "Ada Bell is on this panel already." in text(refused)
    assert "Ada Bell" in text(client.get(change(panel)))


def criterion_form(criterion, **more):
    names = ("name", "position", "weight", "guidance", "level_1", "level_3", "level_5")
    return {**{name: getattr(criterion, name) for name in names}, **more}


def test_a_criterion_is_changed_until_the_rubric_is_frozen(client, administrator, panel):
    criterion = Criterion.objects.get(code="impact")
    client.post(change(criterion), criterion_form(criterion, weight=25, breaks_ties="on"))
    assert list(Criterion.objects.filter(breaks_ties=True).values_list("code", "weight")) == [("impact", 25)]
    assert Rubric.objects.get().version == 2
    judge = JudgeFactory(panel=panel)
    give_scores(judge, projects_for(panel, 1)[0], change=3)
    client.post(change(criterion), criterion_form(criterion, weight=50))
    assert Criterion.objects.get(code="impact").weight == 25


def test_a_criterion_is_added_and_taken_out(client, administrator, panel):
    rubric = panel.cohort.qip_rubric
    words = {"guidance": "G", "level_1": "1", "level_3": "3", "level_5": "5"}
    sent = {"rubric": rubric.pk, "name": "Equity", "code": "equity", "position": 8, "weight": 5, **words}
    client.post(reverse("admin:qip_criterion_add"), sent)
    added = Criterion.objects.get(code="equity")
    ties = Criterion.objects.get(code="change")
    response = client.post(
        listed("criterion"), {"action": "remove", "_selected_action": [added.pk, ties.pk]}, follow=True
    )
    assert "Equity is removed." in text(response)
    assert "Change and testing: This criterion decides ties. Let another one decide them first." in text(response)
    assert rubric.criteria.count() == 7


def test_assessments_are_looked_at_and_not_changed(client, administrator, panel):
    judge = JudgeFactory(panel=panel)
    assessment = give_final_scores(judge, projects_for(panel, 1)[0], all=3)
    shown = client.get(change(assessment))
    assert "Change and testing" in text(shown)
    assert client.post(change(assessment), {"state": "open"}).status_code == 403


def test_an_administrator_who_judges_sees_no_scores_of_their_panel(client, administrator, panel):
    JudgeFactory(panel=panel, person=administrator)
    assessment = give_final_scores(JudgeFactory(panel=panel), projects_for(panel, 1)[0], all=3)
    assert list(client.get(listed("assessment")).context["cl"].queryset) == []
    assert client.get(change(assessment)).status_code == 302
