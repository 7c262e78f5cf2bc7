"""A review is prepared by an administrator: how many read, by when, and by which rubric; opening freezes the rubric."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from applications.models import ReviewCriterion, ReviewRound
from applications.rules.reviewing.default_rubric import DEFAULT_RUBRIC
from applications.services.reviewing import change_round, make_round, open_round, remove_criterion, save_criterion
from nextstep.audit.models import Event
from nextstep.refusals import Refused, Stale
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.cohorts import CohortFactory, FirstComeCohortFactory, TeamRoleFactory
from tests.factories.reviewing import CODES, DUE, PreparedRoundFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return OwnerFactory()


@pytest.fixture
def administered(client):
    """A round that is being prepared, with its administrator signed in."""
    made = PreparedRoundFactory()
    client.force_login(TeamRoleFactory(administrator=True, programme=made.cohort.programme).person)
    return made


def page_of(thing):
    return reverse(f"admin:applications_{thing._meta.model_name}_change", args=[thing.pk])


def text(response):
    return " ".join(response.content.decode().split())


def verbs():
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def test_the_default_rubric_is_weighed_and_described_in_full():
    assert sum(words.weight for words in DEFAULT_RUBRIC) == 100
    assert len(set(CODES)) == len(CODES) == 6
    assert [words.code for words in DEFAULT_RUBRIC if not (words.level_1 and words.level_3 and words.level_5)] == []


def test_a_round_comes_with_the_default_rubric(owner):
    made = make_round(cohort=CohortFactory(), due_at=DUE, by=owner)

    assert [criterion.code for criterion in made.criteria.all()] == list(CODES)
    assert (made.state, made.reviews_each, made.most_each, made.due_at) == ("preparing", 2, None, DUE)
    assert verbs() == ["applications.review_prepared"]


def test_a_cohort_has_one_review(owner):
    made = PreparedRoundFactory()
    with pytest.raises(Refused, match="This cohort has a review already"):
        make_round(cohort=made.cohort, due_at=DUE, by=owner)


def test_nobody_reviews_where_the_first_to_come_get_the_places(owner):
    with pytest.raises(Refused, match="first come, first served, so nobody reviews"):
        make_round(cohort=FirstComeCohortFactory(), due_at=DUE, by=owner)


def test_opening_freezes_the_rubric(owner):
    made = PreparedRoundFactory()
    criterion = made.criteria.all()[0]
    open_round(review_round=made, by=owner)

    for change in (
        lambda: save_criterion(review_round=made, criterion=criterion, by=owner, weight=90),
        lambda: save_criterion(review_round=made, by=owner, code="charm", name="Charm", weight=5),
        lambda: remove_criterion(criterion=criterion, by=owner),
    ):
        with pytest.raises(Refused, match="The review is open, so its rubric can no longer change"):
            change()
    assert made.criteria.count() == 6
    assert verbs() == ["applications.review_opened"]


def test_a_review_opens_once_and_not_without_criteria(owner):
    made = PreparedRoundFactory()
    ReviewCriterion.objects.all().delete()
    with pytest.raises(Refused, match="The rubric has no criterion"):
        open_round(review_round=made, by=owner)
    with pytest.raises(Refused, match="open already"):
        open_round(review_round=RoundFactory(), by=owner)


def test_a_criterion_that_changed_meanwhile_keeps_the_round_from_opening_unseen(owner):
    made = PreparedRoundFactory()
    seen = made.version
    save_criterion(review_round=ReviewRound.objects.get(), criterion=made.criteria.all()[0], by=owner, weight=90)
    with pytest.raises(Stale):
        open_round(review_round=made, by=owner, version=seen)


def test_the_audit_keeps_what_a_criterion_was(owner):
    made = PreparedRoundFactory()
    save_criterion(review_round=made, criterion=made.criteria.all()[0], by=owner, weight=90)

    event = Event.objects.get()
    assert (event.before, event.after) == ({"weight": 20}, {"criterion": "motivation", "weight": 90})


def test_two_criteria_cannot_share_a_code(owner):
    words = {"name": "Motivation again", "weight": 5, "guidance": "G", "level_1": "1", "level_3": "3", "level_5": "5"}
    with pytest.raises(Refused, match="“motivation” already"):
        save_criterion(review_round=PreparedRoundFactory(), by=owner, code="motivation", **words)


@pytest.mark.parametrize("who", ["stranger", "reviewer", "administrator_elsewhere"])
def test_others_may_not(who):
    made = PreparedRoundFactory()
    person = {
        "stranger": UserFactory,
        "reviewer": lambda: TeamRoleFactory(cohort=made.cohort).person,
        "administrator_elsewhere": lambda: TeamRoleFactory(administrator=True).person,
    }[who]()
    for write in (
        lambda: make_round(cohort=made.cohort, due_at=DUE, by=person),
        lambda: change_round(review_round=made, version=1, by=person, reviews_each=3),
        lambda: open_round(review_round=made, by=person),
        lambda: save_criterion(review_round=made, by=person, criterion=made.criteria.all()[0], weight=1),
        lambda: remove_criterion(criterion=made.criteria.all()[0], by=person),
    ):
        with pytest.raises(PermissionDenied):
            write()


# --- in the administration ------------------------------------------------------------------------------------------


def round_form(made, **more):
    due = {"due_at_0": "2025-06-24", "due_at_1": "17:00:00"}
    # The rubric stands below the form, to look at.
    looked_at = {"criteria-TOTAL_FORMS": 0, "criteria-INITIAL_FORMS": 0}
    own = {"version_seen": made.version, "reviews_each": made.reviews_each, "most_each": ""}
    return {**own, **due, **looked_at, **more}


def test_an_administrator_prepares_and_opens_a_review(client, administered):
    cohort = CohortFactory(programme=administered.cohort.programme)
    data = {"cohort": cohort.pk, "reviews_each": "3", "most_each": "", "due_at_0": "2025-06-24", "due_at_1": "17:00:00"}
    client.post(reverse("admin:applications_reviewround_add"), data)
    made = ReviewRound.objects.get(cohort=cohort)
    assert (made.reviews_each, made.due_at, made.state) == (3, DUE, "preparing")

    client.post(page_of(made), round_form(made, reviews_each="2", open_now="on"))
    made.refresh_from_db()
    assert (made.reviews_each, made.state) == (2, "open")
    assert "Review opened" in text(client.get(page_of(made)))


@pytest.mark.parametrize("fields", [{"reviews_each": "0"}, {"most_each": "0"}])
def test_nobody_reading_anything_is_refused(client, administered, fields):
    assert "Enter 1 or more." in text(client.post(page_of(administered), round_form(administered, **fields)))


def test_a_stale_round_is_not_overwritten(client, administered, owner):
    change_round(review_round=administered, version=1, by=owner, reviews_each=3)
    administered.version = 1
    response = client.post(page_of(administered), round_form(administered, reviews_each="1"))

    assert "This has changed since you opened the page." in text(response)
    assert ReviewRound.objects.get().reviews_each == 3


def test_an_open_review_shows_its_rubric_and_no_form_for_it(client, administered, owner):
    open_round(review_round=administered, by=owner)
    shown = text(client.get(page_of(administered.criteria.all()[0])))

    assert "Why this person wants to lead" in shown
    assert 'name="_save"' not in shown


def test_criteria_are_removed_from_the_list(client, administered):
    listed = reverse("admin:applications_reviewcriterion_changelist")
    chosen = [str(criterion.pk) for criterion in administered.criteria.all()[:2]]
    client.post(listed, {"action": "remove", "_selected_action": chosen})

    assert administered.criteria.count() == 4


def test_administrators_see_their_own_rounds_and_no_others(client, administered):
    RoundFactory()
    response = client.get(reverse("admin:applications_reviewround_changelist"))

    assert list(response.context["cl"].queryset) == [administered]
