"""Who reads what: proposed, looked at and adjusted by the team, then saved and told to the reviewers."""

from collections import Counter
from collections.abc import Collection, Iterable

from django.db import transaction

from applications.enums import ReviewRoundState, ReviewState
from applications.messages import tell_reviewer
from applications.models import Application, ProposedReview, Review, ReviewRound
from applications.rules.reviewing.assigning import Pair, Sharing, share_out
from applications.selectors.reviewing import Desk, desk_of
from cohorts.permissions import check_may_administer
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused
from nextstep.transitions import change_fields


@transaction.atomic
def propose_assignment(*, review_round: ReviewRound, version: int, by: User) -> Sharing:
    """Share out what nobody reads yet, in place of what was proposed before. Nobody is told.

    Raises Refused before the review is open, and without reviewers or applications; Stale where somebody else changed
    the proposal meanwhile.
    """
    _hold(review_round, version, by)
    desk = desk_of(review_round)
    if not desk.reviewers:
        raise Refused("Nobody reviews in this cohort yet. Invite reviewers first.")
    if not desk.applicants:
        raise Refused("There is no submitted application to read.")
    sharing = share_out(desk.wanted)
    ProposedReview.objects.filter(round=review_round).delete()
    _propose(review_round, sharing.pairs)
    lacking = sum(short.lacking for short in sharing.short)
    after = {"readings": len(sharing.pairs), "lacking": lacking}
    record("applications.assignment_proposed", review_round, by=by, after=after)
    return sharing


@transaction.atomic
def change_proposal(
    *, review_round: ReviewRound, application: Application, reviewers: Collection[int], version: int, by: User
) -> None:
    """Propose exactly these reviewers for one application, beside those who read it already.

    Raises Refused for a conflict of interest, whoever does not review here, or reads it already; and Stale.
    """
    _hold(review_round, version, by)
    desk = desk_of(review_round)
    if application.pk not in desk.applicants:
        raise Refused("Only a submitted application of this cohort can be given to reviewers.")
    names = {reviewer.person.pk: reviewer.person for reviewer in desk.reviewers}
    wanted = {(application.pk, reviewer) for reviewer in reviewers}
    for pair in wanted:
        if pair[1] not in names or pair in desk.kept:
            raise Refused("That choice is not one of the reviewers who could be added.")
        if why := desk.conflicts.get(pair):
            raise Refused(f"{names[pair[1]]} cannot read this application. {why}")
    before = {pair for pair in desk.proposed if pair[0] == application.pk}
    ProposedReview.objects.filter(round=review_round, application=application).delete()
    _propose(review_round, wanted)
    changed = {"application": application.reference, "reviewers": _reviewers(wanted)}
    old = {"reviewers": _reviewers(before)}
    record("applications.proposal_changed", review_round, by=by, before=old, after=changed)


@transaction.atomic
def discard_proposal(*, review_round: ReviewRound, version: int, by: User) -> None:
    """Put away what was proposed; whoever reads already goes on. Raises Stale."""
    _hold(review_round, version, by)
    count, _ = ProposedReview.objects.filter(round=review_round).delete()
    record("applications.proposal_discarded", review_round, by=by, before={"readings": count})


@transaction.atomic
def save_assignment(*, review_round: ReviewRound, version: int, by: User) -> int:
    """Give the reviewers what was proposed, and write to each; answers how many readings that is.

    Raises Refused where nothing is proposed, or where a conflict or a withdrawal came between; and Stale.
    """
    _hold(review_round, version, by)
    desk = desk_of(review_round)
    if not desk.proposed:
        raise Refused("Nothing is proposed. Share out the applications first.")
    _refuse_overtaken(desk)
    now = clock.now()
    pairs = sorted(desk.proposed)
    Review.objects.bulk_create(
        Review(round=review_round, application_id=one, reviewer_id=who, state=ReviewState.OPEN, assigned_at=now)
        for one, who in pairs
    )
    ProposedReview.objects.filter(round=review_round).delete()
    given = Counter(who for _, who in pairs)
    shares = {f"reviewer {who}": count for who, count in sorted(given.items())}
    record("applications.reviewers_assigned", review_round, by=by, after={"readings": len(pairs), **shares})
    for reviewer in desk.reviewers:
        if count := given[reviewer.person.pk]:
            tell_reviewer(review_round, reviewer.person, count, assigned_by=by)
    return len(pairs)


def _hold(review_round: ReviewRound, version: int, by: User) -> None:
    """Make those who share out take turns: each change of the proposal raises the round's version."""
    check_may_administer(by, review_round.cohort)
    if review_round.state != ReviewRoundState.OPEN:
        raise Refused("Open the review before you share out its applications.")
    change_fields(review_round, version=version)


def _refuse_overtaken(desk: Desk) -> None:
    reviewers = {reviewer.person.pk for reviewer in desk.reviewers}
    gone = [
        pair
        for pair in desk.proposed
        if pair[0] not in desk.applicants or pair[1] not in reviewers or pair in desk.conflicts or pair in desk.kept
    ]
    if gone:
        raise Refused(
            f"{len(gone)} of the proposed readings can no longer be: a conflict of interest was declared, or an "
            "application or a reviewer has left. Share out the applications again."
        )


def _propose(review_round: ReviewRound, pairs: Iterable[Pair]) -> None:
    ProposedReview.objects.bulk_create(
        ProposedReview(round=review_round, application_id=one, reviewer_id=who) for one, who in sorted(pairs)
    )


def _reviewers(pairs: Iterable[Pair]) -> list[int]:
    return sorted(who for _, who in pairs)
