"""Addresses of applicants' and reviewers' pages."""

from django.urls import path

from applications.views import apply, check, copies, documents, monitoring, offers, own, sending, statements
from applications.views.reviewing import documents as read_documents
from applications.views.reviewing import reading, rounds

app_name = "applications"

_REVIEW = "reviewing/<uuid:round_id>/<uuid:review_id>/"
_APPLY = "<slug:programme>/<slug:cohort>/apply/"

urlpatterns = [
    path("applications/<uuid:public_id>/", own.application, name="application"),
    path("applications/<uuid:public_id>/sent/", own.sent, name="sent"),
    path("applications/<uuid:public_id>/copy/", copies.copy, name="copy"),
    path("applications/<uuid:public_id>/copy.pdf", copies.copy_pdf, name="copy_pdf"),
    path("applications/<uuid:public_id>/monitoring/", monitoring.monitoring, name="monitoring"),
    path("<slug:programme>/<slug:cohort>/monitoring/", monitoring.monitoring_report, name="monitoring_report"),
    path("applications/<uuid:public_id>/withdraw/", own.withdraw, name="withdraw"),
    path("applications/<uuid:public_id>/undo/", own.undo, name="undo"),
    path("applications/<uuid:public_id>/reopen/", own.reopen, name="reopen"),
    path("applications/documents/<uuid:public_id>/", documents.document, name="document"),
    path("applications/documents/<uuid:public_id>/text/", documents.document_text, name="document_text"),
    path("applications/documents/<uuid:public_id>/remove/", documents.remove_document, name="remove_document"),
    path("statement/<slug:token>/", statements.statement, name="statement"),
    path("statement/<slug:token>/decline/", statements.decline_request, name="decline_request"),
    path("statements/<uuid:public_id>/withdraw/", statements.withdraw_request, name="withdraw_request"),
    path("offers/<uuid:public_id>/", offers.offer, name="offer"),
    path("offers/<uuid:public_id>/decline/", offers.decline, name="decline_offer"),
    path("offers/<uuid:public_id>/undo/", offers.undo_decline, name="undo_decline"),
    path("reviewing/", rounds.reviewing, name="reviewing"),
    path("reviewing/<uuid:round_id>/", rounds.review_round, name="review_round"),
    path("reviewing/<uuid:round_id>/interests/", rounds.interests, name="interests"),
    path("reviewing/<uuid:round_id>/next/", reading.next_one, name="next_review"),
    path(_REVIEW, reading.review, name="review"),
    path(f"{_REVIEW}conflict/", reading.conflict, name="review_conflict"),
    path(f"{_REVIEW}documents/<uuid:document_id>/", read_documents.document, name="review_document"),
    path(f"{_REVIEW}documents/<uuid:document_id>/text/", read_documents.document_text, name="review_document_text"),
    path("<slug:programme>/<slug:cohort>/check/", check.check, name="check"),
    path(_APPLY, apply.start, name="start"),
    path(f"{_APPLY}begin/", apply.begin, name="begin"),
    path(f"{_APPLY}tasks/", apply.tasks, name="tasks"),
    path(f"{_APPLY}documents/", documents.documents, name="documents"),
    path(f"{_APPLY}documents/<int:required>/<int:number>/", documents.upload, name="upload"),
    path(f"{_APPLY}documents/<int:required>/<int:number>/ask/", statements.ask, name="ask"),
    path(f"{_APPLY}answers/", sending.answers, name="answers"),
    path(f"{_APPLY}about/<slug:topic>/", apply.topic, name="topic"),
]
