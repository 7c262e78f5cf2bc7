"""Every write about applications, their documents and offers."""

from applications.services.answering import accept_offer, decline_offer, lapse_offers, undo_decline
from applications.services.cascade import change_reserve_list, fill_places, offer_next
from applications.services.deciding import decline_application, offer_place, put_on_reserve_list
from applications.services.documents import record_copy_opened, record_document_opened, remove_document, upload_document
from applications.services.drafting import AnswersChanged, Attempt, WindowClosed, save_answers, start_application
from applications.services.extending import extend_window, give_late_link
from applications.services.first_come import FullySubscribed
from applications.services.locking import draft_refusal, window_refusal
from applications.services.monitoring import count_monitoring
from applications.services.pending import set_decision, take_back_decision
from applications.services.releasing import Batch, batch_of, cancel_release, plan_release, release_due
from applications.services.scanning import scan_waiting_documents, settle_scan
from applications.services.statements import (
    ask_for_statement,
    decline_statement,
    send_statement,
    withdraw_statement_request,
)
from applications.services.submitting import Incomplete, reopen_application, submit_application, withdraw_application
from applications.services.undoing import undo_withdrawal

__all__ = [
    "AnswersChanged",
    "Attempt",
    "Batch",
    "FullySubscribed",
    "Incomplete",
    "WindowClosed",
    "accept_offer",
    "ask_for_statement",
    "batch_of",
    "cancel_release",
    "change_reserve_list",
    "count_monitoring",
    "decline_application",
    "decline_offer",
    "decline_statement",
    "draft_refusal",
    "extend_window",
    "fill_places",
    "give_late_link",
    "lapse_offers",
    "offer_next",
    "offer_place",
    "plan_release",
    "put_on_reserve_list",
    "record_copy_opened",
    "record_document_opened",
    "release_due",
    "remove_document",
    "reopen_application",
    "save_answers",
    "scan_waiting_documents",
    "send_statement",
    "set_decision",
    "settle_scan",
    "start_application",
    "submit_application",
    "take_back_decision",
    "undo_decline",
    "undo_withdrawal",
    "upload_document",
    "window_refusal",
    "withdraw_application",
    "withdraw_statement_request",
]
