"""When a fellow may still change their project, and what a submitted one needs."""

from collections.abc import Mapping
from datetime import datetime

NEEDED_TO_SUBMIT = {
    "title": "a title",
    "aim": "an aim",
    "supervisor_name": "your supervisor’s name",
    "supervisor_email": "your supervisor’s email address",
    "summary": "a summary",
}


def missing_to_submit(fields: Mapping[str, str]) -> dict[str, str]:
    """What a submitted project still needs, by field, in the order of the form."""
    return {name: words for name, words in NEEDED_TO_SUBMIT.items() if not fields.get(name, "").strip()}


def why_locked(*, withdrawn: bool, scored: bool, closes_at: datetime | None, now: datetime) -> str:
    """Why a project can no longer be changed, as a sentence; empty while it can."""
    if withdrawn:
        return "This project has been withdrawn, so it can no longer be changed."
    if scored:
        return "Judges have begun to score this project, so it can no longer be changed."
    if closes_at is not None and now >= closes_at:
        return "The time for changing projects is over."
    return ""
