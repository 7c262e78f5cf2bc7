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
    monitoring_counts_of,
    offers_to,
    own_documents,
    statement_request_at,
    statement_requests_of,
    statements_asked,
    submitted_open_to,
    whole_application,
)
from applications.selectors.deciding import last_pending_rank, number_on_reserve_list, pending_of, reserve_list_of
from applications.selectors.undoing import undo_refusal

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
    "monitoring_counts_of",
    "number_on_reserve_list",
    "offers_to",
    "own_documents",
    "pending_of",
    "reserve_list_of",
    "statement_request_at",
    "statement_requests_of",
    "statements_asked",
    "submitted_open_to",
    "undo_refusal",
    "whole_application",
]
