"""Programmes, their cohorts, the seats and places in them, who works on them, and their rules as data."""

from cohorts.models.cohort import Cohort, CohortQuerySet
from cohorts.models.fees import WithdrawalFee
from cohorts.models.places import Place, PlaceQuerySet, Seat
from cohorts.models.programme import Programme
from cohorts.models.rules_as_data import AttendanceRequirement, EligibilityCriterion, GraduationTerms, RequiredDocument
from cohorts.models.team import TeamRole, TeamRoleQuerySet

__all__ = [
    "AttendanceRequirement",
    "Cohort",
    "CohortQuerySet",
    "EligibilityCriterion",
    "GraduationTerms",
    "Place",
    "PlaceQuerySet",
    "Programme",
    "RequiredDocument",
    "Seat",
    "TeamRole",
    "TeamRoleQuerySet",
    "WithdrawalFee",
]
