"""Reviewers declare, are given applications, and read some of them."""

from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from applications.models import Review, ReviewRound
from applications.services.reviewing import (
    OVERALL,
    Mark,
    declare_conflict,
    declare_interests,
    finalise,
    make_round,
    open_round,
    propose_assignment,
    save_assignment,
    save_scores,
)
from cohorts.models import Cohort
from nextstep import clock
from nextstep.accounts.models import User

CONFLICT = "I think I know who this is: we worked on the same ward."
# How many of their applications each reviewer has looked at by now; of these, how many are final or only begun.
READ = 24
FINAL, CONFLICTED = 0.7, 0.03
REMARKS = ("", "", "Clear about their own part in it.", "Thin on what changed for patients.", "Would talk to them.")


def review_some(cohort: Cohort, reviewers: list[User], by: User, *, now: datetime, random: Random) -> ReviewRound:
    """The review is under way: everything is shared out, some of it is read."""
    with clock.at(cohort.applications_close_at + timedelta(days=1, hours=10)):
        made = make_round(cohort=cohort, due_at=now + timedelta(days=4), by=by)
        open_round(review_round=made, by=by)
        for reviewer in reviewers:
            declare_interests(
                review_round=made, employers=["Next Step team"], supervisor_email="", people=[], version=0, by=reviewer
            )
        propose_assignment(review_round=made, version=made.version, by=by)
        save_assignment(review_round=made, version=made.version, by=by)
    for reviewer in reviewers:
        given = Review.objects.filter(round=made, reviewer=reviewer).select_related(
            "round__cohort", "application__applicant"
        )
        for number, review in enumerate(given.order_by("application_id")[:READ]):
            with clock.at(now - timedelta(days=3) + timedelta(minutes=20 * number)), transaction.atomic():
                _read(review, reviewer, random)
    return made


def _read(review: Review, reviewer: User, random: Random) -> None:
    luck = random.random()
    if luck < CONFLICTED:
        declare_conflict(review=review, reason=CONFLICT, by=reviewer)
        return
    worth = 2.2 + 2 * Random(review.application.applicant.email).random()
    codes = list(review.round.criteria.values_list("code", flat=True))
    read = codes if luck < FINAL else codes[: random.randint(1, len(codes))]
    marks = [Mark(code, min(5, max(1, round(random.gauss(worth, 0.7)))), "", 0) for code in read]
    marks.append(Mark(OVERALL, random.randint(1, 3), random.choice(REMARKS), 0))
    save_scores(review=review, marks=marks, conflict="", by=reviewer)
    if luck < FINAL:
        finalise(review=review, conflict="", by=reviewer)
