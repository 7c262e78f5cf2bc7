"""Sessions in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nextstep.design.dates import span_words
from sessions_app.enums import SessionKind, SessionState
from sessions_app.messages import session_path
from sessions_app.models import TeachingSession


@dataclass(frozen=True)
class SessionView:
    """One session as somebody on the cohort sees it; the link only where `may_join`."""

    session: TeachingSession
    now: datetime
    may_join: bool = False

    @property
    def kind(self) -> str:
        """ "Masterclass 2"."""
        label = SessionKind(self.session.kind).label
        return f"{label} {self.session.number}" if self.session.number else label

    @property
    def when(self) -> str:
        return span_words(self.session.starts_at, self.session.ends_at)

    @property
    def cancelled(self) -> bool:
        return self.session.state == SessionState.CANCELLED

    @property
    def over(self) -> bool:
        return self.session.ends_at <= self.now

    @property
    def joining_link(self) -> str:
        """Only for those who may join, and only while there is something to join."""
        return self.session.joining_link if self.may_join and not self.cancelled and not self.over else ""

    @property
    def address(self) -> str:
        return session_path(self.session)

    @property
    def rows(self) -> list[Mapping[str, Any]]:
        """For a summary list: what is known, and nothing empty."""
        known = (
            ("When", self.when),
            ("Where", self.session.venue),
            ("Delivered by", self.session.delivered_by),
            ("Programme", str(self.session.cohort)),
        )
        return [{"key": key, "value": value} for key, value in known if value]
