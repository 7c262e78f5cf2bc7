"""Who reviews, and what they have said of themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.fields.json import KeyTextTransform

from applications.models import Application, Review, ReviewerInterests, ReviewRound
from applications.rules.reviewing.conflicts import ApplicantFacts, ReviewerFacts, found_conflict
from cohorts.enums import Role
from cohorts.models import TeamRole
from nextstep.accounts.models import User


@dataclass(frozen=True)
class Reviewer:
    """Somebody who reviews in a cohort, with what conflicts are found from."""

    person: User
    facts: ReviewerFacts
    has_declared: bool


def rounds_of_reviewer(user: User) -> QuerySet[ReviewRound]:
    """The rounds of the cohorts in which the person now holds the role of reviewer, the newest first."""
    role = "cohort__team_roles__"
    held = {f"{role}person": user, f"{role}role": Role.REVIEWER, f"{role}ended_at__isnull": True}
    return ReviewRound.objects.filter(**held).select_related("cohort__programme").order_by("-cohort__commences_on")


def interests_of(review_round: ReviewRound, reviewer: User) -> ReviewerInterests | None:
    """What a reviewer has declared for a round; None where they have not said yet."""
    return ReviewerInterests.objects.filter(round=review_round, reviewer=reviewer).first()


def reviewers_of(review_round: ReviewRound) -> list[Reviewer]:
    """Everybody who now reviews in the cohort, by name: two queries."""
    roles = TeamRole.objects.current().filter(cohort=review_round.cohort_id, role=Role.REVIEWER, person__is_active=True)
    declared = {kept.reviewer_id: kept for kept in ReviewerInterests.objects.filter(round=review_round).order_by()}
    return [
        Reviewer(
            role.person,
            facts_of_reviewer(role.person, role.organisation, declared.get(role.person_id)),
            role.person_id in declared,
        )
        for role in roles.select_related("person").order_by("person__full_name", "person_id")
    ]


def facts_of_reviewer(person: User, organisation: str, interests: ReviewerInterests | None) -> ReviewerFacts:
    """What is known of a reviewer: their account, the organisation they were invited for, and what they declared."""
    said = interests or ReviewerInterests()
    return ReviewerFacts(
        email=person.email,
        registration=person.registration_number,
        employers=(organisation, *said.employers),
        supervisor_email=said.supervisor_email,
        people=tuple(said.people),
    )


def applicant_facts(path: str = "") -> dict[str, Any]:
    """What conflicts are found from, in a query that reaches an application over `path`.

    None of it leaves this room but as a conflict.
    """
    return {
        "own_email": F(f"{path}applicant__email"),
        "own_name": F(f"{path}applicant__full_name"),
        "own_registration": F(f"{path}applicant__registration_number"),
        "own_employer": F(f"{path}employer"),
        "supervisor": KeyTextTransform("supervisor_email", f"{path}answers"),
    }


def with_applicant_facts(applications: QuerySet[Application]) -> QuerySet[Application, Any]:
    """Narrow rows from which `facts_of_applicant` is made."""
    return applications.order_by().values("pk", "reference", **applicant_facts())


def facts_of_applicant(row: Mapping[str, Any]) -> ApplicantFacts:
    return ApplicantFacts(
        email=row["own_email"],
        name=row["own_name"],
        registration=row["own_registration"],
        employer=row["own_employer"],
        supervisor_email=row["supervisor"] or "",
    )


def conflicts_found(reviewer: User, reviews: QuerySet[Review]) -> dict[int, str]:
    """Which of a reviewer's reviews in one round the portal finds a conflict for, by key, with why: four queries."""
    rows = list(reviews.values_list("pk", "application_id", "round_id"))
    if not rows:
        return {}
    facts = _own_facts(reviewer, rows[0][2])
    applications = Application.objects.filter(pk__in=[application for _, application, _ in rows])
    about = {row["pk"]: facts_of_applicant(row) for row in with_applicant_facts(applications)}
    found = {pk: found_conflict(facts, about[application]) for pk, application, _ in rows}
    return {pk: why for pk, why in found.items() if why}


def _own_facts(reviewer: User, round_id: int) -> ReviewerFacts:
    interests = ReviewerInterests.objects.filter(round=round_id, reviewer=reviewer).first()
    roles = TeamRole.objects.current().filter(cohort__review_round=round_id, role=Role.REVIEWER, person=reviewer)
    organisation = roles.order_by().values_list("organisation", flat=True).first()
    return facts_of_reviewer(reviewer, organisation or "", interests)
