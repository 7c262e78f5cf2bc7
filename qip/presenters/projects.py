"""A fellow's project in words."""

from dataclasses import dataclass
from datetime import datetime

from nextstep.design.dates import last_moment_words, moment_words
from qip.enums import ProjectState
from qip.models import Project, QipTerms
from qip.rules.projects import why_locked

COLOURS = {ProjectState.DRAFT: "grey", ProjectState.SUBMITTED: "green", ProjectState.WITHDRAWN: "red"}
LABELS = {
    "title": "Title",
    "specialty": "Specialty",
    "site": "Hospital or practice",
    "supervisor_name": "Supervisor’s name",
    "supervisor_email": "Supervisor’s email address",
    "aim": "Aim",
    "summary": "Summary",
}


@dataclass(frozen=True)
class ProjectPage:
    """`scored`: whether a judge has begun on the project."""

    project: Project
    terms: QipTerms
    scored: bool
    now: datetime

    @property
    def locked(self) -> str:
        withdrawn = self.project.state == ProjectState.WITHDRAWN
        closes_at = self.terms.projects_close_at
        return why_locked(withdrawn=withdrawn, scored=self.scored, closes_at=closes_at, now=self.now)

    @property
    def state_words(self) -> str:
        return str(ProjectState(self.project.state).label)

    @property
    def colour(self) -> str:
        return COLOURS[ProjectState(self.project.state)]

    @property
    def what_next(self) -> str:
        """One sentence on what the state means for the fellow."""
        if self.project.submitted_at and self.project.state == ProjectState.SUBMITTED:
            handed_in = f"You handed this in on {moment_words(self.project.submitted_at)}."
            return f"{handed_in} You can still improve it{self._until}."
        return f"Save as often as you like. Hand it in when it is ready{self._until}."

    @property
    def _until(self) -> str:
        closes_at = self.terms.projects_close_at
        return f", until {last_moment_words(closes_at)}" if closes_at else ", until a judge begins to score it"

    @property
    def rows(self) -> list[dict[str, str]]:
        return [{"key": label, "value": getattr(self.project, name)} for name, label in LABELS.items()]


def differences(project: Project, typed: dict[str, str]) -> list[tuple[str, str]]:
    """What is stored where it differs from what somebody typed: label and stored text."""
    return [
        (LABELS[name], getattr(project, name) or "(empty)")
        for name, text in typed.items()
        if getattr(project, name) != text
    ]
