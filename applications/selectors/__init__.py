"""Reads about applications."""

from applications.selectors.applying import (
    CohortForm,
    applicants_known_to,
    applications_administered_by,
    applications_of,
    cohort_at,
    documents_of,
    documents_open_to,
    offers_to,
    whole_application,
)
from applications.selectors.deciding import last_pending_rank, pending_of

__all__ = [
    "CohortForm",
    "applicants_known_to",
    "applications_administered_by",
    "applications_of",
    "cohort_at",
    "documents_of",
    "documents_open_to",
    "last_pending_rank",
    "offers_to",
    "pending_of",
    "whole_application",
]
