"""Conflicts of interest that the portal finds by itself, from employer and supervisor (domain.md, QIP judging)."""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class JudgeFacts:
    """What is known of a judge: the address they sign in with and the organisation they judge for."""

    email: str
    organisation: str

    # Kept, since each is compared with every project of a panel.
    @cached_property
    def plain_email(self) -> str:
        return _plain(self.email)

    @cached_property
    def plain_organisation(self) -> str:
        return _plain(self.organisation)


@dataclass(frozen=True)
class ProjectFacts:
    """What is known of a project's fellow: own address, employer, and supervisors of place and project."""

    fellow_email: str
    employer: str
    supervisor_emails: tuple[str, ...]

    # Kept, since each is compared with every judge of a panel.
    @cached_property
    def plain_fellow_email(self) -> str:
        return _plain(self.fellow_email)

    @cached_property
    def plain_employer(self) -> str:
        return _plain(self.employer)

    @cached_property
    def plain_supervisor_emails(self) -> frozenset[str]:
        return frozenset(map(_plain, self.supervisor_emails))


def found_conflict(judge: JudgeFacts, project: ProjectFacts) -> str:
    """Why this judge may not score this project, as a sentence; empty where nothing was found."""
    email, organisation = judge.plain_email, judge.plain_organisation
    if email and email == project.plain_fellow_email:
        return "This is the judge’s own project."
    if email and email in project.plain_supervisor_emails:
        return "The judge supervises this fellow."
    if organisation and organisation == project.plain_employer:
        return f"The judge and the fellow both work for {project.employer.strip()}."
    return ""


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
