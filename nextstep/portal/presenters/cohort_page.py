"""A cohort's public page in words, from its rules and terms."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cohorts.enums import Selection
from cohorts.models import Cohort, GraduationTerms
from cohorts.registries import eligibility, requirements
from nextstep.clock import LONDON
from nextstep.design.dates import span_words, times_words, weekday_words
from nextstep.design.furniture import tag
from nextstep.portal.presenters.windows import WindowView
from sessions_app.enums import SessionKind, SessionState
from sessions_app.models import ActionLearningTopic, TeachingSession
from sessions_app.presenters import SessionView
from sessions_app.rules.timetable import Span, timetable_hours


@dataclass(frozen=True)
class KindView:
    """All sessions of a kind, under one heading."""

    heading: str
    sessions: list[SessionView]


@dataclass(frozen=True)
class TopicView:
    title: str
    choices: list[str]


@dataclass(frozen=True)
class CohortPage:
    """Everything on the page; `cohort` comes from `selectors.cohort_for_its_page`."""

    cohort: Cohort
    now: datetime

    @property
    def window(self) -> WindowView:
        return WindowView(self.cohort, self.cohort.programme, self.now)

    @property
    def introduction(self) -> str:
        return self.cohort.introduction or self.cohort.programme.introduction

    @property
    def rules(self) -> list[str]:
        return [rule.describe() for rule in eligibility.rules_of(self.cohort)]

    @property
    def documents(self) -> list[str]:
        return [_asked_for(one.label, one.number) for one in self.cohort.required_documents.all()]

    @property
    def first_come(self) -> bool:
        return self.cohort.selection == Selection.FIRST_COME_FIRST_SERVED

    # --- the timetable

    @cached_property
    def sessions(self) -> list[TeachingSession]:
        shown: list[TeachingSession] = self.cohort.shown_sessions  # type: ignore[attr-defined]
        return shown

    @property
    def going_ahead(self) -> list[TeachingSession]:
        return [session for session in self.sessions if session.state == SessionState.PUBLISHED]

    @property
    def kinds(self) -> list[KindView]:
        """Sessions by kind, in the order in which the kinds begin."""
        grouped: dict[str, list[SessionView]] = {}
        for session in self.going_ahead:
            grouped.setdefault(session.kind, []).append(SessionView(session, self.now))
        return [KindView(SessionKind(kind).counted(len(views)).capitalize(), views) for kind, views in grouped.items()]

    @property
    def dates(self) -> list[list[Any]]:
        """Every date with day, time, what and where, in order: rows of a table."""
        sessions = [(one.starts_at, _session_row(SessionView(one, self.now))) for one in self.sessions]
        windows = [
            (window.starts_at, _window_row(topic, window, self._als_venue))
            for topic in self.topics_with_windows
            for window in topic.windows.all()
        ]
        return [row for _, row in sorted(sessions + windows, key=lambda pair: pair[0])]

    @property
    def hours(self) -> int:
        """The whole hours that the timetable takes of one fellow, one slot of each topic included."""
        hours = timetable_hours(Span(one.starts_at, one.ends_at) for one in self.going_ahead)
        terms = self.action_learning
        slots = Fraction(len(self.topics_with_windows) * terms.slot_minutes, 60) if terms else Fraction(0)
        return round(hours + slots)

    @property
    def attendance(self) -> list[str]:
        counts = Counter(session.kind for session in self.going_ahead)
        return [
            requirements.requirement_of(row).describe(row.session_kind, counts[row.session_kind])
            for row in self.cohort.attendance_requirements.all()
        ]

    # --- action learning sets and coaching

    @property
    def action_learning(self) -> Any:
        return getattr(self.cohort, "action_learning_terms", None)

    @property
    def _als_venue(self) -> str:
        return self.action_learning.venue if self.action_learning else ""

    @property
    def topics_with_windows(self) -> list[ActionLearningTopic]:
        return list(self.cohort.action_learning_topics.all())

    @property
    def topics(self) -> list[TopicView]:
        return [
            TopicView(str(topic), [span_words(window.starts_at, window.ends_at) for window in topic.windows.all()])
            for topic in self.topics_with_windows
        ]

    @property
    def coaching(self) -> Any:
        return getattr(self.cohort, "coaching_terms", None)

    @property
    def qip(self) -> Any:
        return getattr(self.cohort, "qip_terms", None)

    @property
    def panel(self) -> str:
        return _joined(self.qip.panel_organisations)

    # --- what fellows get, and who stands behind it

    @property
    def benefits(self) -> list[str]:
        terms: GraduationTerms | None = getattr(self.cohort, "graduation_terms", None)
        found = [_coaching_words(self.coaching)] if self.coaching else []
        if terms is not None:
            found += _graduation_benefits(terms)
        if self.qip:
            found.append(f"A bursary for the {self.qip.bursaries} best projects: {_lower_first(self.qip.bursary)}.")
        return found

    @property
    def alumni(self) -> list[str]:
        terms: GraduationTerms | None = getattr(self.cohort, "graduation_terms", None)
        return terms.alumni if terms else []

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The headings of the page with their anchors; only of parts that have something to say."""
        parts = [
            ("who-can-join", "Who can join", self.rules or self.cohort.programme.audience),
            ("sessions", "What the programme covers", self.kinds),
            ("action-learning-sets", "Action learning sets", self.topics),
            ("project", "Your quality improvement project", self.qip),
            ("dates", "Dates and venues", self.dates),
            ("time", "How much time it takes", True),
            ("benefits", "What you get", self.benefits or self.alumni),
            ("study-leave", "Study leave", True),
            ("how-to-apply", "How to apply", True),
            ("partners", "Who runs the programme", self.partners),
            ("contact", "Contact", self.cohort.programme.contact_email),
        ]
        return [(anchor, heading) for anchor, heading, content in parts if content]

    @property
    def partners(self) -> list[tuple[str, str]]:
        programme = self.cohort.programme
        known = [
            ("Delivered by", _joined(programme.delivery_partners)),
            ("Training hub", self.cohort.training_hub),
            ("Funded by", programme.funded_by),
            ("Accredited by", programme.accredited_by),
        ]
        return [(label, names) for label, names in known if names]


def _session_row(view: SessionView) -> list[Any]:
    what: SafeString | str = f"{view.kind}: {view.session.title}"
    if view.cancelled:
        what = format_html("{} {}", what, tag("Cancelled", "red"))
    return _row(view.session, what, view.session.venue)


def _window_row(topic: ActionLearningTopic, window: Any, venue: str) -> list[Any]:
    either = " (one slot of these times)" if topic.windows.all()[0] == window else " (or one slot of these)"
    return _row(window, f"Action learning set, topic {topic.number}{either}", venue)


def _row(timed: Any, what: Any, venue: str) -> list[Any]:
    day = weekday_words(timed.starts_at.astimezone(LONDON).date())
    return [day, times_words(timed.starts_at, timed.ends_at), what, venue or "To be confirmed"]


def _graduation_benefits(terms: GraduationTerms) -> list[str]:
    found = []
    if terms.fmlm_membership_months:
        found.append(
            f"{terms.fmlm_membership_months} months of membership of the Faculty of Medical Leadership and Management "
            "(FMLM), with its library and its networking events."
        )
    if terms.associate_fellowship_fee_pounds is not None:
        years = terms.associate_fellowship_discount_years
        lasts = f" You have {years} years after the programme to use it." if years else ""
        found.append(
            f"A lower fee of £{terms.associate_fellowship_fee_pounds} for FMLM Associate Fellowship "
            f"when you graduate.{lasts}"
        )
    return found


def _coaching_words(terms: Any) -> str:
    each = "1 session" if terms.sessions_per_fellow == 1 else f"{terms.sessions_per_fellow} sessions"
    return f"{terms.title} ({each} for each fellow)."


def _asked_for(label: str, number: int) -> str:
    return label if number == 1 else f"{number} {_lower_first(label)}s"


def _lower_first(words: str) -> str:
    """A sentence's beginning in the middle of another; abbreviations and names of several capitals stay."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
