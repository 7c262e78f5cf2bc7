"""A copy of what was sent, as it was sent: made from the snapshot alone, so that no later change rewrites it."""

from typing import Any

from applications.models import Application, Submission
from applications.rules.facts import TOPICS
from cohorts.rules.verdicts import Outcome
from nextstep.design.dates import moment_words
from nextstep.typeset import pdf

_NOT_GIVEN = "Not given"
_OUTCOMES = {
    Outcome.MET: "Met",
    Outcome.NOT_MET: "Not met",
    Outcome.NEEDS_PERSON: "Needs a person to check",
}


def pdf_of_submission(application: Application, submission: Submission) -> bytes:
    """A PDF that screen readers can read; the same bytes for the same submission."""
    data = {
        "title": f"Application to {application.cohort.programme.name}",
        "cohort": application.cohort.name,
        "reference": f"Reference {application.reference}",
        "about": _about(submission),
        "sections": _sections(submission),
        "documents": [_document(document) for document in submission.documents],
        "verdicts": _verdicts(submission),
        "declaration": submission.declaration,
    }
    return pdf("applications/copy.typ", data, made_at=submission.submitted_at)


def _about(submission: Submission) -> list[str]:
    about = [f"Sent on {moment_words(submission.submitted_at)}, UK time."]
    if submission.acknowledged_not_met:
        about.append("Sent knowing that the answers do not meet every rule.")
    return about


def _sections(submission: Submission) -> list[dict[str, Any]]:
    sections: dict[str, list[dict[str, str]]] = {}
    for answer in submission.answers:
        row = {"question": answer["question"], "answer": answer["words"] or _NOT_GIVEN}
        sections.setdefault(TOPICS.get(answer["topic"], answer["topic"]), []).append(row)
    return [{"title": title, "rows": rows} for title, rows in sections.items()]


def _document(document: dict[str, Any]) -> dict[str, str]:
    number = f" {document['number']}" if document["number"] > 1 else ""
    return {"label": f"{document['label']}{number}", "name": document["name"]}


def _verdicts(submission: Submission) -> list[dict[str, Any]]:
    descriptions = {rule["rule"]: rule["description"] for rule in submission.rules}
    return [
        {
            "rule": descriptions[verdict["rule"]],
            "words": [
                f"{_OUTCOMES[Outcome(verdict['outcome'])]}. {verdict['reason']}",
                *([f"What would change this: {verdict['remedy']}"] if verdict["remedy"] else []),
            ],
        }
        for verdict in submission.verdicts
    ]
