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

__all__ = [
    "CohortForm",
    "applicants_known_to",
    "applications_administered_by",
    "applications_of",
    "cohort_at",
    "documents_of",
    "documents_open_to",
    "offers_to",
    "whole_application",
]
