"""The ranking board: for administrators who have no score to be swayed by; moved, frozen, led on to decisions."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from applications.models import Application, RankingMove, Review, ReviewRound
from applications.services.reviewing import (
    Mark,
    freeze_ranking,
    move_application,
    recuse_reviewer,
    save_scores,
    unfreeze_ranking,
)
from nextstep import clock
from nextstep.audit.models import Event
from nextstep.refusals import Refused, Stale
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.cohorts import CohortFactory, TeamRoleFactory
from tests.factories.reviewing import READING, ReviewFactory, RoundFactory, give_final_scores, give_scores

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with clock.at(READING):
        yield


@pytest.fixture
def owner():
    return OwnerFactory()


@pytest.fixture
def opened():
    return RoundFactory(cohort=CohortFactory(places=2))


@pytest.fixture
def ranked(opened):
    """Four applications with final reviews: 5, 4, 3, and 3 from one reviewer and 1 from another."""
    made = [give_final_scores(ReviewFactory(round=opened), all=value).application for value in (5, 4, 3, 3)]
    give_final_scores(ReviewFactory(round=opened, application=made[3]), all=1)
    return made


@pytest.fixture
def ada(opened):
    return TeamRoleFactory(administrator=True, programme=opened.cohort.programme).person


@pytest.fixture
def team(client, ada):
    client.force_login(ada)
    return client


def page_of(opened, *more):
    return reverse(f"admin:applications_reviewround_{'move' if more else 'ranking'}", args=[opened.pk, *more])


def text(response):
    return " ".join(response.content.decode().split())


def fresh():
    return ReviewRound.objects.select_related("cohort__programme").get()


def lines(response):
    return [(line.reference, line.score, line.spread) for line in response.context["shown"].object_list]


def test_the_board_ranks_by_the_mean_of_final_reviews(team, opened, ranked):
    give_scores(ReviewFactory(round=opened, application=ranked[2]), all=5)
    gone = give_final_scores(ReviewFactory(round=opened, application=ranked[2]), all=5)
    recuse_reviewer(review=gone, reason="R", by=OwnerFactory())
    response = team.get(page_of(opened))

    scored = [("5.000", "0.00"), ("4.000", "0.00"), ("3.000", "0.00"), ("2.000", "2.00")]
    assert lines(response) == [(one.reference, *of) for one, of in zip(ranked, scored, strict=True)]
    assert [line.cut for line in response.context["shown"].object_list] == [False, True, False, False]
    assert "1 review not final yet: the order can still change." in text(response)


def test_weights_count_and_what_was_not_scored_does_not(team, opened):
    review = give_final_scores(ReviewFactory(round=opened), motivation=5, leading=1)
    # 20 of 45 parts of 5, and 25 of 1: (100 + 25) / 45.
    assert lines(team.get(page_of(opened))) == [(review.application.reference, "2.778", "0.00")]


def test_who_withdrew_is_not_ranked(team, opened, ranked):
    Application.objects.filter(pk=ranked[0].pk).update(state="withdrawn")
    assert [row[0] for row in lines(team.get(page_of(opened)))] == [one.reference for one in ranked[1:]]


def test_a_tie_at_the_cut_is_left_to_a_person(team, opened):
    for value in (5, 3, 3):
        give_final_scores(ReviewFactory(round=opened), all=value)
    assert text(team.get(page_of(opened))).count("Tied at the cut: a person decides.") == 2


def test_a_move_needs_a_reason_and_is_written_down(team, opened, ranked, ada):
    address = page_of(opened, ranked[3].pk)
    asked = team.post(address, {"version": fresh().version, "place": "1", "reason": ""})
    assert "Give a reason" in text(asked)
    shown = team.post(address, {"version": fresh().version, "place": "1", "reason": "Panel of 12 June."}, follow=True)

    assert [row[0] for row in lines(shown)] == [ranked[n].reference for n in (3, 0, 1, 2)]
    assert f"Moved to 1 by {ada}: Panel of 12 June." in text(shown)
    event = Event.objects.get(verb="applications.ranking_moved")
    assert (event.before, event.after, event.reason) == (
        {"place": 4}, {"application": ranked[3].reference, "place": 1}, "Panel of 12 June.",
    )  # fmt: skip


@pytest.mark.parametrize("place", [0, 5])
def test_nobody_is_moved_beyond_the_ranking(opened, ranked, owner, place):
    with pytest.raises(Refused, match="from 1 to 4"):
        move_application(
            review_round=opened, application=ranked[0], place=place, reason="R", version=opened.version, by=owner
        )


def test_freezing_keeps_the_board_whatever_comes_after(team, opened, ranked, owner):
    before = lines(team.get(page_of(opened)))
    freeze_ranking(review_round=fresh(), version=fresh().version, by=owner)
    Application.objects.filter(pk=ranked[0].pk).update(state="withdrawn")
    recuse_reviewer(review=Review.objects.filter(application=ranked[1])[0], reason="R", by=owner)
    response = team.get(page_of(opened))

    assert lines(response) == before
    assert "Frozen on 10 June 2025 at 9am." in text(response)
    with pytest.raises(Refused, match="frozen, so nobody can be moved"):
        move_application(
            review_round=fresh(), application=ranked[1], place=1, reason="R", version=fresh().version, by=owner
        )


def test_once_frozen_no_review_changes(opened, ranked, owner):
    left = ReviewFactory(round=opened)
    freeze_ranking(review_round=opened, version=opened.version, by=owner, reason="Time is up.")
    left = Review.objects.select_related("round").get(pk=left.pk)

    with pytest.raises(Refused, match="The review is closed"):
        save_scores(review=left, marks=[Mark("leading", 4, "", 0)], conflict="", by=left.reviewer)


def test_reviews_that_are_not_final_are_left_out_only_with_a_reason(team, opened, ranked):
    ReviewFactory(round=opened)
    asked = team.post(page_of(opened), {"version": fresh().version, "freeze": "1", "reason": ""})
    assert "Reviews that are not final: 1. Say why the ranking is frozen without them." in text(asked)
    team.post(page_of(opened), {"version": fresh().version, "freeze": "1", "reason": "Time is up."})
    assert fresh().state == "frozen"
    assert Event.objects.get(verb="applications.ranking_frozen").after == {"lines": 5, "places": 2, "left_out": 1}


def test_nothing_final_is_nothing_to_freeze(opened, owner):
    ReviewFactory(round=opened)
    with pytest.raises(Refused, match="No review is final yet"):
        freeze_ranking(review_round=opened, version=opened.version, by=owner, reason="R")


def test_a_frozen_ranking_is_opened_again_with_a_reason(opened, ranked, owner):
    freeze_ranking(review_round=opened, version=opened.version, by=owner)
    with pytest.raises(Refused, match="Say why the ranking is opened again"):
        unfreeze_ranking(review_round=opened, version=opened.version, by=owner, reason=" ")
    unfreeze_ranking(review_round=opened, version=opened.version, by=owner, reason="A conflict was found.")
    assert (fresh().state, fresh().frozen_at, fresh().frozen_board) == ("open", None, [])


def test_on_a_stale_page_nothing_is_frozen_nor_moved(opened, ranked, owner):
    seen = opened.version
    move_application(review_round=fresh(), application=ranked[0], place=2, reason="R", version=seen, by=owner)
    with pytest.raises(Stale):
        freeze_ranking(review_round=fresh(), version=seen, by=owner)
    with pytest.raises(Stale):
        move_application(review_round=fresh(), application=ranked[0], place=1, reason="R", version=seen, by=owner)
    assert (fresh().state, RankingMove.objects.count()) == ("open", 1)


def test_a_frozen_board_leads_on_to_the_question_before_offers(team, opened, ranked, owner):
    freeze_ranking(review_round=opened, version=opened.version, by=owner)
    shown = text(team.get(page_of(opened)))
    assert "Offer places to the 2 above the cut who wait" in shown
    chosen = {"action": "offer_place", "_selected_action": [str(one.pk) for one in ranked[:2]]}
    asked = text(team.post(reverse("admin:applications_application_changelist"), chosen))

    assert [one.reference in asked for one in ranked] == [True, True, False, False]
    assert Application.objects.filter(state="submitted").count() == 4


# --- who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "barred"),
    [("nothing", ""), ("open", "once all your own reviews are final"), ("final", ""), ("recused", "a conflict of")],
)  # fmt: skip
def test_an_administrator_who_reviews_sees_it_only_when_nothing_can_sway_them(team, opened, ranked, ada, own, barred):
    TeamRoleFactory(cohort=opened.cohort, person=ada)
    if own != "nothing":
        review = ReviewFactory(round=opened, reviewer=ada)
        finalised = READING - timedelta(days=1) if own == "final" else None
        Review.objects.filter(pk=review.pk).update(state=own, reason="R", finalised_at=finalised)
    response = team.get(page_of(opened))

    assert barred in text(response)
    assert response.status_code == (403 if barred else 200)
    assert [one.reference in text(response) for one in ranked] == [not barred] * 4
    if barred:
        with pytest.raises(PermissionDenied):
            freeze_ranking(review_round=fresh(), version=fresh().version, by=ada)


def test_a_conflict_that_the_portal_finds_closes_the_board_too(team, opened, ranked, ada):
    TeamRoleFactory(cohort=opened.cohort, person=ada, organisation="Elsewhere NHS Trust")
    response = team.get(page_of(opened))

    assert response.status_code == 403
    assert [one.reference in text(response) for one in ranked] == [False] * 4


@pytest.mark.parametrize("who", ["stranger", "reviewer", "administrator_elsewhere"])
def test_others_find_no_board(client, opened, ranked, who):
    person = {
        "stranger": UserFactory,
        "reviewer": lambda: Review.objects.all()[0].reviewer,
        "administrator_elsewhere": lambda: TeamRoleFactory(administrator=True).person,
    }[who]()
    client.force_login(person)
    found = {client.get(address).status_code for address in (page_of(opened), page_of(opened, ranked[0].pk))}
    assert found == ({404} if who == "administrator_elsewhere" else {403})
    given = {"review_round": opened, "version": opened.version, "by": person, "reason": "R"}
    for write in (freeze_ranking, unfreeze_ranking, lambda **x: move_application(application=ranked[0], place=1, **x)):
        with pytest.raises(PermissionDenied):
            write(**given)


@pytest.mark.parametrize("number", [3, 60])
def test_the_board_takes_the_same_queries_however_many_apply(django_assert_num_queries, team, opened, number):
    for value in range(number):
        give_final_scores(ReviewFactory(round=opened), all=value % 5 + 1)
    # Session, person, role, round, reviewer's role, applications, moves, scores, reviews.
    with django_assert_num_queries(9):
        shown = team.get(page_of(opened)).context["shown"]
    assert len(shown.object_list) == min(number, 50)
