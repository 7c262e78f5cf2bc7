"""Display words for applications, over objects that are loaded already."""

from applications.presenters.answers import (
    AnswerSection,
    Conflict,
    PageText,
    answer_sections,
    conflicts,
    kept_words,
    ntn_as_read,
    submitted_sections,
)
from applications.presenters.commitment import Agreement, agreement_of, commitment_html
from applications.presenters.deadline import Deadline, deadline_of
from applications.presenters.documents import (
    NOT_CHECKED,
    DocumentSlot,
    SentDocument,
    document_slots,
    sent_documents,
    size_words,
    slot_label,
)
from applications.presenters.monitoring import monitoring_tables
from applications.presenters.outcomes import Standing, VerdictRow, standing_of, state_tag, topic_verdicts, verdict_rows
from applications.presenters.submitted import submitted_page, submitted_verdicts
from applications.presenters.tasks import Missing, missing_things, task_items

__all__ = [
    "NOT_CHECKED",
    "Agreement",
    "AnswerSection",
    "Conflict",
    "Deadline",
    "DocumentSlot",
    "Missing",
    "PageText",
    "SentDocument",
    "Standing",
    "VerdictRow",
    "agreement_of",
    "answer_sections",
    "commitment_html",
    "conflicts",
    "deadline_of",
    "document_slots",
    "kept_words",
    "missing_things",
    "monitoring_tables",
    "ntn_as_read",
    "sent_documents",
    "size_words",
    "slot_label",
    "standing_of",
    "state_tag",
    "submitted_page",
    "submitted_sections",
    "submitted_verdicts",
    "task_items",
    "topic_verdicts",
    "verdict_rows",
]
