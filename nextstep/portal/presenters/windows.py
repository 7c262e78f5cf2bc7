"""A cohort's application window in words, and where it leads."""

from dataclasses import dataclass
from datetime import datetime, time

from django.urls import reverse

from cohorts.enums import WindowState
from cohorts.models import Cohort, Programme
from nextstep.clock import LONDON
from nextstep.design.dates import date_words, last_moment_words, moment_words


@dataclass(frozen=True)
class WindowView:
    """What anybody may know of a cohort at a moment."""

    cohort: Cohort
    programme: Programme
    now: datetime

    @property
    def state(self) -> WindowState:
        return self.cohort.window_state(self.now)

    @property
    def is_open(self) -> bool:
        return self.state == WindowState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == WindowState.CLOSED

    @property
    def is_over(self) -> bool:
        return self.cohort.ends_on < self.now.astimezone(LONDON).date()

    @property
    def tag(self) -> dict[str, str]:
        colours = {WindowState.OPEN: "green", WindowState.UPCOMING: "blue", WindowState.CLOSED: "grey"}
        words = {WindowState.OPEN: "Open", WindowState.UPCOMING: "Opens soon", WindowState.CLOSED: "Closed"}
        return {"text": words[self.state], "colour": colours[self.state]}

    @property
    def window(self) -> str:
        """When the window opens or closes, or that it has closed."""
        closes = last_moment_words(self.cohort.applications_close_at)
        if self.is_closed:
            return f"Applications closed at {closes}."
        if self.is_open:
            return f"Applications close at {closes}."
        return f"Applications open on {_opening(self.cohort.applications_open_at)} and close at {closes}."

    @property
    def run(self) -> str:
        """When the programme runs, ran or is running."""
        first, last = date_words(self.cohort.commences_on), date_words(self.cohort.ends_on)
        if self.is_over:
            return f"The programme ran from {first} to {last} and has ended."
        return f"The programme runs from {first} to {last}."

    @property
    def places(self) -> str:
        number = self.cohort.places
        if self.is_over:
            return f"There {'was 1 place' if number == 1 else f'were {number} places'}."
        return f"There {'is 1 place' if number == 1 else f'are {number} places'}."

    @property
    def slugs(self) -> list[str]:
        return [self.programme.slug, self.cohort.slug]

    @property
    def page_href(self) -> str:
        return reverse("cohort_page", args=self.slugs)

    @property
    def check_href(self) -> str:
        """The eligibility check: nothing to check once the window has closed."""
        return "" if self.is_closed else reverse("applications:check", args=self.slugs)

    @property
    def apply_href(self) -> str:
        return reverse("applications:start", args=self.slugs) if self.is_open else ""


@dataclass(frozen=True)
class ProgrammeView:
    """A programme on the home page: cohorts to apply to now or soon, and those that have closed."""

    programme: Programme
    now: datetime

    @property
    def windows(self) -> list[WindowView]:
        return [WindowView(cohort, self.programme, self.now) for cohort in self.programme.cohorts.all()]

    @property
    def current(self) -> list[WindowView]:
        """Open ones first, then those that open soonest."""
        waiting = [window for window in self.windows if not window.is_closed]
        return sorted(waiting, key=lambda window: (not window.is_open, window.cohort.applications_open_at))

    @property
    def past(self) -> list[WindowView]:
        return [window for window in self.windows if window.is_closed]


def programme_views(programmes: list[Programme], now: datetime) -> list[ProgrammeView]:
    """Programmes with something to apply to first, then by name."""
    views = [ProgrammeView(programme, now) for programme in programmes]
    return sorted(views, key=lambda view: (not view.current, view.programme.name))


def _opening(moment: datetime) -> str:
    """A window that opens with the day says only the day."""
    local = moment.astimezone(LONDON)
    return date_words(local) if local.time() == time.min else moment_words(moment)
