"""What a signed-in person sees first: what is theirs to do, what comes next, and where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from applications.enums import ApplicationState
from applications.presenters.outcomes import standing_of as application_standing
from attendance.presenters import OwnSessionView, StandingView
from attendance.selectors import OwnAttendance, OwnSession, own_attendance
from cohorts.models import Place
from nextstep.design.dates import last_moment_words
from nextstep.design.furniture import link
from nextstep.portal.selectors.own import OwnApplication
from qip.enums import ProjectState
from qip.models import Project
from sessions_app.presenters import SessionView

PROJECT_WORDS = {
    ProjectState.DRAFT: ("In progress", "blue"),
    ProjectState.SUBMITTED: ("Handed in", "green"),
    ProjectState.WITHDRAWN: ("Withdrawn", "grey"),
}


@dataclass(frozen=True)
class FellowView:
    """One place of a fellow: the next session, the dates, the standing and the project."""

    place: Place
    own: OwnAttendance
    now: datetime
    holds_bursary: bool = False

    @property
    def standing(self) -> StandingView:
        return StandingView(self.own.standing, self.place.cohort.expected_hours)

    @property
    def next_session(self) -> SessionView | None:
        """The first that goes ahead and is not over."""
        shown = (SessionView(each.session, self.now, may_join=True) for each in self.own.sessions)
        return next((one for one in shown if not one.over and not one.cancelled), None)

    @property
    def dates_head(self) -> list[str]:
        return ["When", "What", "Where", "Attendance"]

    @property
    def dates(self) -> list[list[Any]]:
        """Cells for one table of every session; of those to come there is nothing to say yet."""
        return [self._row(each) for each in self.own.sessions]

    def _row(self, own: OwnSession) -> list[Any]:
        shown = SessionView(own.session, self.now)
        begun = shown.cancelled or own.session.starts_at <= self.now
        what = link(f"{shown.kind}: {own.session.title}", shown.address)
        return [shown.when, what, own.session.venue, OwnSessionView(own).attendance if begun else "To come"]

    @property
    def has_project(self) -> bool:
        return hasattr(self.place.cohort, "qip_terms")

    @property
    def project(self) -> Project | None:
        return getattr(self.place, "project", None)

    @property
    def project_tag(self) -> tuple[str, str]:
        if self.holds_bursary:
            return "Won a bursary", "green"
        return PROJECT_WORDS[ProjectState(self.project.state)] if self.project else ("Not started", "grey")

    @property
    def project_address(self) -> str:
        return reverse("qip:project", args=[self.project.public_id]) if self.project else reverse("qip:projects")


def fellow_view(place: Place, now: datetime) -> FellowView:
    """`place` comes from `own_places`, which looked whether it holds a bursary."""
    return FellowView(place, own_attendance(place, now), now, place.holds_bursary)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class ApplicationView:
    """One application of the person, with the one thing to do about it."""

    own: OwnApplication

    @property
    def task(self) -> Mapping[str, Any]:
        """For a task list."""
        standing = application_standing(self.own.state)
        return {
            "title": self.cohort,
            "href": self.address,
            "hint": standing.next,
            "status": standing.words,
            "colour": standing.colour,
        }

    @property
    def cohort(self) -> str:
        return f"{self.own.programme}, {self.own.cohort}"

    @property
    def address(self) -> str:
        if self.own.state == ApplicationState.DRAFT:
            return reverse("applications:tasks", args=[self.own.programme_slug, self.own.cohort_slug])
        return reverse("applications:application", args=[self.own.public_id])

    @property
    def offer_address(self) -> str:
        return reverse("applications:offer", args=[self.own.offer])

    @property
    def answer_by(self) -> str:
        return last_moment_words(self.own.expires_at) if self.own.expires_at else ""
