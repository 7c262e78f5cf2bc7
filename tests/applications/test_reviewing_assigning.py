"""Applications are shared out among reviewers: proposed, adjusted, saved, told."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from applications.models import ProposedReview, Review, ReviewRound
from applications.services.reviewing import (
    change_proposal,
    declare_interests,
    discard_proposal,
    propose_assignment,
    save_assignment,
)
from nextstep import clock
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.refusals import Refused, Stale
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.applications import ELIGIBLE, ApplicationFactory
from tests.factories.cohorts import TeamRoleFactory
from tests.factories.reviewing import READING, PreparedRoundFactory, RoundFactory, reviewer_of

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
    return RoundFactory()


@pytest.fixture
def bench(opened):
    """Three reviewers and six applications."""
    people = [reviewer_of(opened, full_name=name) for name in ("Rita", "Rory", "Ruth")]
    return people, waiting(opened, 6)


@pytest.fixture
def team(client, opened):
    client.force_login(TeamRoleFactory(administrator=True, programme=opened.cohort.programme).person)
    return client


def waiting(opened, number, **fields):
    return ApplicationFactory.create_batch(number, cohort=opened.cohort, submitted=True, **fields)


def fresh():
    return ReviewRound.objects.select_related("cohort__programme").get()


def proposed(opened, by):
    return propose_assignment(review_round=opened, version=opened.version, by=by)


def saved(opened, by):
    proposed(opened, by)
    return save_assignment(review_round=opened, version=opened.version, by=by)


def shares(model):
    counted = {}
    for reviewer in model.objects.values_list("reviewer__full_name", flat=True):
        counted[reviewer] = counted.get(reviewer, 0) + 1
    return counted


def text(response):
    return " ".join(response.content.decode().split())


def page_of(opened, *more):
    name = "readers" if more else "sharing"
    return reverse(f"admin:applications_reviewround_{name}", args=[opened.pk, *more])


def test_a_proposal_is_even_and_nobody_learns_of_it(opened, bench, owner):
    sharing = proposed(opened, owner)

    assert shares(ProposedReview) == {"Rita": 4, "Rory": 4, "Ruth": 4}
    assert (sharing.short, Review.objects.count(), Message.objects.count()) == ((), 0, 0)


def test_saving_gives_the_readings_and_writes_to_each_once(opened, bench, owner):
    assert saved(opened, owner) == 12
    assert shares(Review) == {"Rita": 4, "Rory": 4, "Ruth": 4}
    assert ProposedReview.objects.count() == 0
    assert sorted(Message.objects.values_list("code", "person__full_name")) == [
        ("applications.to_review", name) for name in ("Rita", "Rory", "Ruth")
    ]
    assert Event.objects.order_by("-pk")[0].after["readings"] == 12


def test_what_comes_later_is_added_and_what_was_given_stays(opened, bench, owner):
    saved(opened, owner)
    before = set(Review.objects.values_list("pk", flat=True))
    waiting(opened, 3)

    assert saved(opened, owner) == 6
    assert before < set(Review.objects.values_list("pk", flat=True))
    assert shares(Review) == {"Rita": 6, "Rory": 6, "Ruth": 6}


def test_drafts_withdrawn_and_other_cohorts_applications_are_not_read(opened, bench, owner):
    ApplicationFactory(cohort=opened.cohort)
    ApplicationFactory(cohort=opened.cohort, submitted=True, state="withdrawn")
    ApplicationFactory(submitted=True)
    proposed(opened, owner)

    assert ProposedReview.objects.count() == 12


@pytest.mark.parametrize(
    "conflict",
    [
        {"applicant__email": "rita@example.nhs.uk.applicant"},
        {"applicant__full_name": "Bea Lund"},
        {"employer": "Royal Papworth Hospital"},
        {"answers": {**ELIGIBLE, "supervisor_email": "Rita@example.nhs.uk"}},
        {"applicant__registration_number": "7654321"},
    ],
)
def test_a_conflict_is_never_proposed_nor_chosen(opened, owner, conflict):
    rita = reviewer_of(opened, full_name="Rita", email="rita@example.nhs.uk", registration_number="7654321")
    rory, ruth = reviewer_of(opened, full_name="Rory"), reviewer_of(opened, full_name="Ruth")
    people = ["Bea Lund", "rita@example.nhs.uk.applicant"]
    declare_interests(
        review_round=opened, employers=["Royal Papworth"], supervisor_email="", people=people, version=0, by=rita
    )
    [application] = waiting(opened, 1, **{"employer": "Elsewhere", **conflict})
    proposed(opened, owner)

    assert set(ProposedReview.objects.values_list("reviewer", flat=True)) == {rory.pk, ruth.pk}
    with pytest.raises(Refused, match="Rita cannot read this application"):
        change_proposal(
            review_round=fresh(), application=application, reviewers=[rita.pk], version=opened.version, by=owner
        )


def test_a_conflict_declared_later_takes_back_what_was_given(opened, bench, owner):
    saved(opened, owner)
    rita = bench[0][0]
    mine = Review.objects.filter(reviewer=rita).order_by("pk")[0]
    name = mine.application.applicant.full_name
    declare_interests(review_round=opened, employers=[], supervisor_email="", people=[name], version=0, by=rita)
    mine.refresh_from_db()

    assert (mine.state, mine.reason) == ("recused", "The reviewer has named the applicant as somebody they know.")
    assert Review.objects.filter(state="recused").count() == 1
    # Somebody else takes it over, and it does not come back to her.
    assert saved(fresh(), owner) == 1
    assert Review.objects.filter(application=mine.application, state="open", reviewer=rita).count() == 0


def test_a_conflict_declared_before_saving_stops_it(opened, bench, owner):
    proposed(opened, owner)
    rita = bench[0][0]
    person = ProposedReview.objects.filter(reviewer=rita)[0].application.applicant
    declare_interests(review_round=opened, employers=[], supervisor_email="", people=[person.email], version=0, by=rita)

    with pytest.raises(Refused, match="1 of the proposed readings can no longer be"):
        save_assignment(review_round=opened, version=opened.version, by=owner)
    assert Review.objects.count() == 0


def test_a_withdrawal_before_saving_stops_it(opened, bench, owner):
    proposed(opened, owner)
    bench[1][0].__class__.objects.filter(pk=bench[1][0].pk).update(state="withdrawn")
    with pytest.raises(Refused, match="2 of the proposed readings can no longer be"):
        save_assignment(review_round=opened, version=opened.version, by=owner)


def test_a_proposal_is_changed_by_hand(opened, bench, owner):
    (rita, _rory, _ruth), applications = bench
    proposed(opened, owner)
    change_proposal(
        review_round=opened, application=applications[0], reviewers=[rita.pk], version=opened.version, by=owner
    )
    readers = ProposedReview.objects.filter(application=applications[0]).values_list("reviewer", flat=True)

    assert list(readers) == [rita.pk]
    assert Event.objects.order_by("-pk")[0].after == {
        "application": applications[0].reference, "reviewers": [rita.pk]
    }  # fmt: skip


def test_whoever_reads_it_already_is_not_proposed_again(opened, bench, owner):
    saved(opened, owner)
    review = Review.objects.all()[0]
    with pytest.raises(Refused, match="not one of the reviewers who could be added"):
        change_proposal(
            review_round=opened, application=review.application, reviewers=[review.reviewer_id],
            version=opened.version, by=owner,
        )  # fmt: skip


@pytest.mark.parametrize("write", [propose_assignment, discard_proposal, save_assignment])
def test_on_a_stale_page_nothing_is_shared_out(opened, bench, owner, write):
    seen = opened.version
    proposed(opened, owner)
    with pytest.raises(Stale):
        write(review_round=fresh(), version=seen, by=owner)
    assert (ProposedReview.objects.count(), Review.objects.count()) == (12, 0)


def test_nothing_is_shared_out_before_it_can_be(owner):
    prepared = PreparedRoundFactory()
    with pytest.raises(Refused, match="Open the review before you share out"):
        propose_assignment(review_round=prepared, version=1, by=owner)
    opened = RoundFactory()
    with pytest.raises(Refused, match="Nobody reviews in this cohort yet"):
        propose_assignment(review_round=opened, version=1, by=owner)
    reviewer_of(opened)
    with pytest.raises(Refused, match="no submitted application"):
        propose_assignment(review_round=RoundFactory._meta.model.objects.get(pk=opened.pk), version=1, by=owner)


@pytest.mark.parametrize("who", ["stranger", "reviewer", "administrator_elsewhere"])
def test_others_share_nothing_out(opened, bench, who):
    person = {
        "stranger": UserFactory,
        "reviewer": lambda: bench[0][0],
        "administrator_elsewhere": lambda: TeamRoleFactory(administrator=True).person,
    }[who]()
    for write in (propose_assignment, discard_proposal, save_assignment):
        with pytest.raises(PermissionDenied):
            write(review_round=opened, version=1, by=person)


# --- in the administration ------------------------------------------------------------------------------------------


def test_the_team_proposes_looks_and_saves(team, opened, bench):
    response = team.post(page_of(opened), {"version": fresh().version, "propose": "1"}, follow=True)
    assert "12 readings are proposed. Nobody is told until you save." in text(response)
    assert [(share.proposed, share.total) for share in response.context["page"].shares] == [(4, 4)] * 3

    response = team.post(page_of(opened), {"version": fresh().version, "save": "1"}, follow=True)
    assert "12 readings are given. The reviewers are told by email." in text(response)
    assert "Every application has its readers." in text(response)


def test_the_team_discards(team, opened, bench, owner):
    proposed(opened, owner)
    response = team.post(page_of(opened), {"version": fresh().version, "discard": "1"}, follow=True)

    assert "The proposal is discarded. Nobody was told of it." in text(response)
    assert ProposedReview.objects.count() == 0


def test_what_cannot_be_reached_is_said_with_what_would_help(team, opened, bench):
    ReviewRound.objects.update(most_each=3)
    response = team.post(page_of(opened), {"version": fresh().version, "propose": "1"}, follow=True)
    assert "3 applications cannot have 2 readers: reviewers are at the most that was set, 3. With 4 each" in text(
        response
    )
    assert "<strong>3 lack a reader.</strong>" in text(response)


def test_too_few_without_a_conflict_is_said(team, opened, bench):
    ReviewRound.objects.update(reviews_each=4)
    response = team.post(page_of(opened), {"version": fresh().version, "propose": "1"}, follow=True)
    words = "6 applications cannot have 4 readers: too few reviewers are free of a conflict of interest."

    assert words in text(response)


def test_readers_of_one_application_are_chosen_and_conflicts_told(team, opened, bench):
    (rita, _rory, ruth), applications = bench
    application = applications[0]
    declare_interests(
        review_round=opened, employers=[], supervisor_email="", version=0, by=rita,
        people=[application.applicant.email],
    )  # fmt: skip
    shown = team.get(page_of(opened, application.pk))
    assert [label for _, label in shown.context["form"].fields["reviewers"].choices] == ["Rory", "Ruth"]
    assert "Rita: The reviewer has named the applicant as somebody they know." in text(shown)

    version = fresh().version
    refused = team.post(page_of(opened, application.pk), {"version": version, "reviewers": [rita.pk]})
    assert "Select a valid choice" in text(refused)
    team.post(page_of(opened, application.pk), {"version": version, "reviewers": [ruth.pk]})
    assert list(ProposedReview.objects.values_list("reviewer", flat=True)) == [ruth.pk]


def test_who_has_not_declared_is_named(team, opened, bench):
    assert "Not declared their interests yet: Rita, Rory, Ruth." in text(team.get(page_of(opened)))


def test_a_review_that_is_not_open_says_what_to_do(team, opened):
    ReviewRound.objects.update(state="preparing", opened_at=None)
    assert "The review is not open yet." in text(team.get(page_of(opened)))


@pytest.mark.parametrize("number", [3, 60])
def test_the_page_takes_the_same_queries_however_many_apply(django_assert_num_queries, team, opened, number, owner):
    for name in ("Rita", "Rory"):
        reviewer_of(opened, full_name=name)
    waiting(opened, number)
    proposed(opened, owner)
    # Session, person, role, round, roles, interests, applications, reviews, proposals.
    with django_assert_num_queries(9):
        shown = team.get(page_of(opened)).context["shown"]
    assert len(shown.object_list) == min(number, 50)


def test_others_find_no_page(client, opened, bench):
    client.force_login(TeamRoleFactory(administrator=True).person)
    application = bench[1][0]
    found = [client.get(page_of(opened)), client.post(page_of(opened)), client.get(page_of(opened, application.pk))]

    assert [response.status_code for response in found] == [404, 404, 404]
    assert ProposedReview.objects.count() == 0
