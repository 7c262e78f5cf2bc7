"""Reads about applications."""

from applications.selectors.applying import (
    CohortForm,
    all_there,
    applicants_known_to,
    applications_administered_by,
    applications_of,
    cohort_at,
    documents_of,
    documents_open_to,
    offers_to,
    own_documents,
    statement_request_at,
    statement_requests_of,
    statements_asked,
    submitted_open_to,
    whole_application,
)
from applications.selectors.deciding import last_pending_rank, number_on_reserve_list, pending_of, reserve_list_of

__all__ = [
    "CohortForm",
    "all_there",
    "applicants_known_to",
    "applications_administered_by",
    "applications_of",
    "cohort_at",
    "documents_of",
    "documents_open_to",
    "last_pending_rank",
    "number_on_reserve_list",
    "offers_to",
    "own_documents",
    "pending_of",
    "reserve_list_of",
    "statement_request_at",
    "statement_requests_of",
    "statements_asked",
    "submitted_open_to",
    "whole_application",
]
