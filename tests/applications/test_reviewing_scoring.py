"""Reviews become final, are taken out of the count, or unblinded; two tabs never change a final review unseen."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.urls import reverse

from applications.models import Review, ReviewRound, ReviewScore
from applications.services.reviewing import (
    Mark,
    NotComplete,
    declare_conflict,
    finalise,
    recuse_reviewer,
    save_scores,
    unblind,
)
from nextstep import clock
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.notifications.services import queue_due_reminders
from nextstep.refusals import Refused
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.cohorts import TeamRoleFactory
from tests.factories.reviewing import (
    DUE,
    READING,
    ReviewFactory,
    RoundFactory,
    give_final_scores,
    give_scores,
    reviewer_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with clock.at(READING):
        yield


@pytest.fixture
def review():
    return ReviewFactory()


@pytest.fixture
def owner():
    return OwnerFactory()


def text(response):
    return " ".join(response.content.decode().split())


def test_a_review_is_final_once_every_criterion_is_scored(review):
    give_scores(review, leading=3)
    with pytest.raises(NotComplete) as refusal:
        finalise(review=review, conflict="", by=review.reviewer)
    assert refusal.value.missing[0] == "Motivation: a score"

    give_scores(review, all=3)
    for _ in range(2):
        final = finalise(review=review, conflict="", by=review.reviewer)
    assert (final.state, final.finalised_at) == ("final", READING)
    assert Event.objects.filter(verb="applications.review_finalised").count() == 1


def test_a_comment_that_is_required_is_asked_for(review):
    review.round.criteria.filter(code="leading").update(comment_required=True)
    give_scores(review, all=3)
    with pytest.raises(NotComplete, match="Leading so far: a comment"):
        finalise(review=review, conflict="", by=review.reviewer)


@pytest.mark.parametrize("why", ["conflict", "closed", "recused"])
def test_nothing_is_scored_where_it_may_not_be(review, why):
    give_scores(review, all=3)
    if why == "recused":
        review.refresh_from_db()
        declare_conflict(review=review, reason="I know her.", by=review.reviewer)
    if why == "closed":
        review.round.state = "preparing"
    conflict = "The reviewer supervises the applicant." if why == "conflict" else ""
    marks = [Mark("leading", 5, "", 1)]
    with pytest.raises(Refused):
        save_scores(review=review, marks=marks, conflict=conflict, by=review.reviewer)
    with pytest.raises(Refused):
        finalise(review=review, conflict=conflict, by=review.reviewer)
    assert ReviewScore.objects.get(criterion__code="leading").value == 3


def test_a_later_conflict_keeps_the_scores_with_the_reason(review, owner):
    give_final_scores(review, all=4)
    recuse_reviewer(review=review, reason="They share an office.", by=owner)

    assert (review.state, review.reason, ReviewScore.objects.count()) == ("recused", "They share an office.", 6)
    event = Event.objects.get(verb="applications.conflict_recorded")
    assert (event.before, event.after, event.reason) == (
        {"state": "final"}, {"state": "recused"}, "They share an office.",
    )  # fmt: skip


@pytest.mark.parametrize("deed", [recuse_reviewer, unblind])
def test_an_administrator_gives_a_reason(review, owner, deed):
    with pytest.raises(Refused, match=r"^Say why"):
        deed(review=review, reason=" ", by=owner)


def test_nobody_is_unblinded_twice(review, owner):
    unblind(review=review, reason="R", by=owner)
    with pytest.raises(Refused, match="already"):
        unblind(review=review, reason="R", by=owner)


@pytest.mark.parametrize(
    "who", ["stranger", "another_reviewer", "reviewer", "administrator", "administrator_elsewhere"]
)
def test_everybody_does_what_is_theirs_alone(review, who):
    person = {
        "stranger": UserFactory,
        "another_reviewer": lambda: reviewer_of(review.round),
        "reviewer": lambda: review.reviewer,
        "administrator": lambda: TeamRoleFactory(administrator=True, programme=review.round.cohort.programme).person,
        "administrator_elsewhere": lambda: TeamRoleFactory(administrator=True).person,
    }[who]()
    own = [
        lambda: save_scores(review=review, marks=[], conflict="", by=person),
        lambda: finalise(review=review, conflict="", by=person),
        lambda: declare_conflict(review=review, reason="R", by=person),
    ]
    the_teams = [lambda: recuse_reviewer(review=review, reason="R", by=person)]
    the_teams += [lambda: unblind(review=review, reason="R", by=person)]
    forbidden = (own if who != "reviewer" else []) + (the_teams if who != "administrator" else [])
    for write in forbidden:
        with pytest.raises(PermissionDenied):
            write()


# --- in the administration ------------------------------------------------------------------------------------------


@pytest.fixture
def page(client, review):
    client.force_login(TeamRoleFactory(administrator=True, programme=review.round.cohort.programme).person)
    return reverse("admin:applications_review_change", args=[review.pk])


def review_form(review, **more):
    return {"version_seen": review.version, "scores-TOTAL_FORMS": 0, "scores-INITIAL_FORMS": 0, "why": "", **more}


def test_the_team_looks_at_a_review_and_takes_it_out_with_a_reason(client, review, page):
    give_final_scores(review, all=4)
    assert review.application.reference in text(client.get(page))
    assert "Say why this review does not count." in text(client.post(page, review_form(review, recuse_now="on")))
    client.post(page, review_form(review, recuse_now="on", why="They share an office."))
    review.refresh_from_db()
    assert review.state == "recused"


def test_the_team_unblinds_with_a_reason(client, review, page):
    client.post(page, review_form(review, unblind_now="on", why="Adjustments."))
    review.refresh_from_db()
    assert review.unblinded_at == READING


@pytest.mark.parametrize("owns", [False, True])
def test_an_administrator_who_reviews_sees_nobody_elses_scores_there(client, review, owns):
    person = OwnerFactory() if owns else UserFactory()
    TeamRoleFactory(administrator=True, programme=review.round.cohort.programme, person=person)
    TeamRoleFactory(cohort=review.round.cohort, person=person)
    client.force_login(person)
    listed = client.get(reverse("admin:applications_review_changelist"))
    page = client.get(reverse("admin:applications_review_change", args=[review.pk]))

    assert (list(listed.context["cl"].queryset), page.status_code) == ([], 302)


@pytest.mark.parametrize("number", [3, 40])
def test_the_list_takes_the_same_queries_at_any_length(django_assert_max_num_queries, client, review, page, number):
    for _ in range(number):
        ReviewFactory(round=review.round)
    with django_assert_max_num_queries(10):
        client.get(reverse("admin:applications_review_changelist"))


# --- reminders -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "codes"),
    [
        (timedelta(days=4), []),
        (timedelta(days=3), ["applications.reviews_due_in_3_days"]),
        (timedelta(days=1), ["applications.reviews_due_in_1_day"]),
        (timedelta(0), []),
    ],
)
def test_reviewers_with_something_left_are_reminded(review, before, codes):
    give_final_scores(ReviewFactory(round=review.round), all=3)
    for _ in range(2):
        queue_due_reminders(DUE - before)

    told = Message.objects.filter(code__startswith="applications.reviews_due")
    assert list(told.values_list("code", "person")) == [(code, review.reviewer_id) for code in codes]
    assert ["1 application" in message.subject for message in told] == [True] * len(codes)


# --- two at once ---------------------------------------------------------------------------------------------------


def at_once(*actions):
    """Run each action in a thread of its own, all from one starting line; answer what each returned or raised."""
    start = threading.Barrier(len(actions))
    outcomes = [None] * len(actions)

    def run(number, action):
        try:
            with clock.at(READING):
                start.wait(timeout=10)
                outcomes[number] = action()
        except Refused as refusal:
            outcomes[number] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("begun", [False, True])
def test_two_tabs_score_the_same_criterion_and_one_is_told(review, begun):
    if begun:
        give_scores(review, leading=1)

    def put(value):
        marks = [Mark("leading", value, "", int(begun))]
        return lambda: save_scores(review=review, marks=marks, conflict="", by=review.reviewer)

    first, second = at_once(put(2), put(5))
    stored = ReviewScore.objects.get()
    assert sorted([len(first.conflicts), len(second.conflicts)]) == [0, 1]
    assert (stored.value, stored.version) == (2 if not first.conflicts else 5, int(begun) + 1)


@pytest.mark.django_db(transaction=True)
def test_a_score_and_finalising_at_once_never_change_a_final_review_unseen(review):
    give_scores(review, all=3)
    review = Review.objects.select_related("round").get()
    _, saved = at_once(
        lambda: finalise(review=review, conflict="", by=review.reviewer),
        lambda: save_scores(review=review, marks=[Mark("leading", 5, "", 1)], conflict="", by=review.reviewer),
    )
    value = ReviewScore.objects.get(criterion__code="leading").value
    state = Review.objects.get().state
    scored = not isinstance(saved, Refused)
    # Either the score came first, and finalising was told or finished over it; or the review was final and refused it.
    assert value == (5 if scored else 3)
    assert scored or state == "final"
    if scored and state == "final":
        events = list(Event.objects.order_by("pk").values_list("verb", flat=True))
        assert events[-2:] == ["applications.review_scored", "applications.review_finalised"]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_share_out_at_once_and_one_is_told(owner):
    from applications.models import ProposedReview
    from applications.services.reviewing import propose_assignment
    from tests.factories.applications import ApplicationFactory

    opened = RoundFactory()
    reviewer_of(opened)
    ApplicationFactory(cohort=opened.cohort, submitted=True)
    rounds = [ReviewRound.objects.select_related("cohort").get() for _ in range(2)]
    outcomes = at_once(*(lambda r=r: propose_assignment(review_round=r, version=1, by=owner) for r in rounds))

    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]
    assert ProposedReview.objects.count() == 1
