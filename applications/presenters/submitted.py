"""What was sent, as it was judged then."""

from typing import Any

from applications.models import Application, Submission
from applications.presenters.answers import submitted_sections
from applications.presenters.documents import sent_documents
from applications.presenters.outcomes import VerdictRow, verdict_row
from cohorts.rules.verdicts import Outcome, Verdict


def submitted_page(application: Application, *, for_applicant: bool = False) -> dict[str, Any]:
    """The last submission of a whole application, for its pages; `submission` is None for a draft."""
    submission = next(iter(application.submissions.all()), None) if application.submitted_at else None
    if submission is None:
        return {"submission": None}
    return {
        "submission": submission,
        "sections": submitted_sections(submission),
        "verdicts": submitted_verdicts(submission),
        "documents": sent_documents(application, for_applicant=for_applicant),
    }


def submitted_verdicts(submission: Submission) -> list[VerdictRow]:
    """The verdicts given then, beside the rules as they were."""
    descriptions = {rule["rule"]: rule["description"] for rule in submission.rules}
    return [
        verdict_row(
            descriptions[held["rule"]],
            Verdict(held["rule"], Outcome(held["outcome"]), held["reason"], held["remedy"]),
        )
        for held in submission.verdicts
    ]
