"""A panel, its judges and its rubric."""

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.enums import Role
from cohorts.models import TeamRole
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.refusals import Refused
from qip.models import Criterion, Judge, Panel, Rubric
from qip.rules.default_rubric import DEFAULT_RUBRIC
from qip.services import add_judge, create_panel, make_default_rubric, remove_criterion, save_criterion
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CohortFactory, TeamRoleFactory
from tests.factories.qip import JudgeFactory, PresentationDayFactory, opened_results

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_evening")]

ADDED = {"email": "ada@kings.example", "full_name": "Ada Bell", "organisation": "King’s"}


def test_a_panel_comes_with_the_default_rubric(owner):
    panel = create_panel(cohort=CohortFactory(), by=owner)
    criteria = list(panel.cohort.qip_rubric.criteria.values_list("name", "weight", "breaks_ties"))
    assert criteria == [
        ("Problem and aim", 15, False),
        ("Measurement", 20, False),
        ("Change and testing", 20, True),
        ("Engagement and leadership", 15, False),
        ("Impact and learning", 15, False),
        ("Sustainability and spread", 10, False),
        ("Presentation", 5, False),
    ]
    assert panel.cohort.qip_rubric.frozen_at is None


def test_the_default_rubric_adds_up_and_describes_every_level():
    assert sum(criterion.weight for criterion in DEFAULT_RUBRIC) == 100
    assert all(all((c.guidance, c.level_1, c.level_3, c.level_5)) for c in DEFAULT_RUBRIC)


def test_a_cohort_has_one_panel(owner, panel):
    with pytest.raises(Refused, match="has a panel already"):
        create_panel(cohort=panel.cohort, by=owner, name="Another")
    assert Panel.objects.count() == 1


def test_making_the_rubric_again_changes_nothing(panel):
    panel.cohort.qip_rubric.criteria.filter(code="change").update(weight=1)
    make_default_rubric(cohort=panel.cohort, by=None)
    assert (Rubric.objects.count(), Criterion.objects.get(code="change").weight) == (1, 1)


def test_a_new_judge_gets_an_account_the_role_and_one_letter_from_the_panel(owner, panel):
    PresentationDayFactory(cohort=panel.cohort)
    judge = add_judge(panel=panel, by=owner, is_chair=True, **ADDED)
    assert (judge.person.email, judge.person.full_name, judge.is_chair) == ("ada@kings.example", "Ada Bell", True)
    role = TeamRole.objects.get()
    assert (role.role, role.person, role.cohort, role.organisation) == (
        Role.JUDGE,
        judge.person,
        panel.cohort,
        "King’s",
    )
    letter = Message.objects.exclude(code="accounts.invitation").get()
    assert letter.code == "qip.judge_invited"
    assert "has asked you to chair the panel" in letter.text
    assert "Fellows present on 2 July 2026." in letter.text
    assert f"/judging/{panel.public_id}/" in letter.text


def test_somebody_who_has_an_account_keeps_it(owner, panel):
    person = UserFactory(email="ada@kings.example", full_name="Professor Bell")
    judge = add_judge(panel=panel, by=owner, **{**ADDED, "email": "ADA@kings.example"})
    assert (judge.person, judge.person.full_name, User.objects.count()) == (person, "Professor Bell", 2)
    assert Message.objects.filter(code="accounts.invitation").count() == 0


def test_nobody_sits_twice_and_there_is_one_chair(owner, panel):
    add_judge(panel=panel, by=owner, is_chair=True, **ADDED)
    with pytest.raises(Refused, match="Ada Bell is on this panel already"):
        add_judge(panel=panel, by=owner, **ADDED)
    with pytest.raises(Refused, match="has a chair already"):
        add_judge(panel=panel, by=owner, is_chair=True, **{**ADDED, "email": "other@kings.example"})
    assert (Judge.objects.count(), TeamRole.objects.count()) == (1, 1)


def test_once_results_are_open_nobody_joins(owner, panel):
    opened_results(panel, owner, 3)
    with pytest.raises(Refused, match="Results are open"):
        add_judge(panel=panel, by=owner, **ADDED)


def test_others_make_no_panel_and_add_no_judge(panel):
    person = TeamRoleFactory(administrator=True).person
    with pytest.raises(PermissionDenied):
        create_panel(cohort=CohortFactory(), by=person)
    with pytest.raises(PermissionDenied):
        add_judge(panel=panel, by=JudgeFactory(panel=panel).person, **ADDED)


# --- the rubric ----------------------------------------------------------------------------------------------------


def test_a_criterion_is_changed_and_the_audit_says_how(owner, panel):
    rubric = panel.cohort.qip_rubric
    criterion = rubric.criteria.get(code="impact")
    save_criterion(rubric=rubric, by=owner, criterion=criterion, weight=30, comment_required=True)
    assert (rubric.version, Criterion.objects.get(code="impact").weight) == (2, 30)
    event = Event.objects.about(rubric).first()
    assert (event.before, event.after) == (
        {"weight": 15, "comment_required": False},
        {"criterion": "impact", "weight": 30, "comment_required": True},
    )


def test_another_criterion_can_decide_ties_and_then_the_old_one_can_go(owner, panel):
    rubric = panel.cohort.qip_rubric
    change, impact = (rubric.criteria.get(code=code) for code in ("change", "impact"))
    with pytest.raises(Refused, match="decides ties"):
        remove_criterion(criterion=change, by=owner)
    save_criterion(rubric=rubric, by=owner, criterion=impact, breaks_ties=True)
    assert list(rubric.criteria.filter(breaks_ties=True).values_list("code", flat=True)) == ["impact"]
    remove_criterion(criterion=rubric.criteria.get(code="change"), by=owner)
    assert rubric.criteria.count() == 6


def test_a_criterion_is_added_at_the_end(owner, panel):
    words = {"guidance": "G", "level_1": "1", "level_3": "3", "level_5": "5"}
    added = save_criterion(rubric=panel.cohort.qip_rubric, by=owner, code="equity", name="Equity", weight=5, **words)
    assert (added.position, panel.cohort.qip_rubric.criteria.count()) == (8, 8)


def test_a_frozen_rubric_does_not_change(owner, panel, london):
    rubric = panel.cohort.qip_rubric
    Rubric.objects.update(frozen_at=london(2026, 7, 2, 10))
    with pytest.raises(Refused, match="Scoring has begun"):
        save_criterion(rubric=rubric, by=owner, criterion=rubric.criteria.get(code="impact"), weight=30)
    with pytest.raises(Refused, match="Scoring has begun"):
        remove_criterion(criterion=rubric.criteria.get(code="impact"), by=owner)
    assert Criterion.objects.get(code="impact").weight == 15


def test_others_change_no_rubric(panel):
    rubric = panel.cohort.qip_rubric
    judge = JudgeFactory(panel=panel).person
    with pytest.raises(PermissionDenied):
        save_criterion(rubric=rubric, by=judge, criterion=rubric.criteria.get(code="impact"), weight=30)
    with pytest.raises(PermissionDenied):
        remove_criterion(criterion=rubric.criteria.get(code="impact"), by=judge)
