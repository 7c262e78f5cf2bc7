"""The sections of a programme file about sessions, action learning sets and coaching."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, ProtectedError
from django.db.models.deletion import Collector

from cohorts.models import Cohort
from cohorts.registries import sections
from cohorts.registries.sections import Problem
from nextstep.accounts.models import User
from nextstep.audit.services import record
from sessions_app.enums import SessionKind, SessionState
from sessions_app.models import (
    ActionLearningTerms,
    ActionLearningTopic,
    CoachingTerms,
    TeachingSession,
    TopicWindow,
)
from sessions_app.rules import definition
from sessions_app.services.sessions import change_session, create_session, remove_session

DEFAULT_COACHING_SESSIONS = 1


def register_sections() -> None:
    """Called when the portal starts."""
    for section in (SessionsSection(), ActionLearningSection(), CoachingSection()):
        sections.register(section)


class SessionsSection:
    """Sessions match by kind and number. Those that the team added in the portal stay."""

    key = "sessions"

    def validate(self, data: Any, cohort_data: Mapping[str, Any]) -> list[Problem]:
        return definition.session_problems(data)

    def orphans(self, cohort: Cohort, data: Any) -> list[str]:
        return [
            f"{_name(session)} cannot be taken out of the file, because {hanging}. Cancel it in the portal instead."
            for session in _sessions_to_remove(cohort, data)
            if (hanging := _what_hangs_on(session))
        ]

    def apply(self, cohort: Cohort, data: Any, by: User | None) -> list[str]:
        changes = []
        for session in _sessions_to_remove(cohort, data):
            changes.append(f"{_name(session)}: removed")
            remove_session(session=session, by=by)
        for entry in data or []:
            changes += _apply_session(cohort, definition.session_fields(entry), by)
        return changes


def _sessions_to_remove(cohort: Cohort, data: Any) -> list[TeachingSession]:
    named = {(entry["kind"], entry["number"]) for entry in data or []}
    there = TeachingSession.objects.filter(cohort=cohort, from_file=True)
    return [session for session in there if (session.kind, session.number) not in named]


def _what_hangs_on(session: TeachingSession) -> str:
    """What rooms above protect with a key to `session`, in words; this room does not know them."""
    try:
        Collector(using="default").collect([session])
    except ProtectedError as error:
        kinds: set[type[Model]] = {type(obj) for obj in error.protected_objects}
        names = sorted(str(kind._meta.verbose_name_plural) for kind in kinds)
        return f"{' and '.join(names)} depend on it"
    return ""


def _apply_session(cohort: Cohort, fields: Mapping[str, Any], by: User | None) -> list[str]:
    """What the file does not state stays. A session that was cancelled stays cancelled, whatever the file says."""
    session = TeachingSession.objects.filter(cohort=cohort, kind=fields["kind"], number=fields["number"]).first()
    fields = {**fields, "from_file": True}
    if session is None:
        session = create_session(cohort=cohort, fields=fields, by=by, state=SessionState.PUBLISHED)
        return [f"{_name(session)}: made"]
    if session.state == SessionState.CANCELLED:
        return []
    changed = change_session(session=session, fields=fields, by=by)
    return [f"{_name(session)}: {name} is now {getattr(session, name)}" for name in changed if name != "from_file"]


def _name(session: TeachingSession) -> str:
    return f"{SessionKind(session.kind).counted(1)} {session.number}"


class ActionLearningSection:
    key = "action_learning_sets"

    def validate(self, data: Any, cohort_data: Mapping[str, Any]) -> list[Problem]:
        return definition.action_learning_problems(data)

    def orphans(self, cohort: Cohort, data: Any) -> list[str]:
        """Nothing hangs on topics and windows yet."""
        return []

    def apply(self, cohort: Cohort, data: Any, by: User | None) -> list[str]:
        before, after = _action_learning_of(cohort), _action_learning_in(data)
        if before == after:
            return []
        ActionLearningTerms.objects.filter(cohort=cohort).delete()
        ActionLearningTopic.objects.filter(cohort=cohort).delete()
        if after is not None:
            _make_action_learning(cohort, after)
        record("sessions_app.action_learning_set", cohort, by=by, before=before, after=after)
        return ["action learning sets removed" if after is None else "action learning sets set"]


Terms = dict[str, Any]


def _action_learning_of(cohort: Cohort) -> Terms | None:
    terms = ActionLearningTerms.objects.filter(cohort=cohort).first()
    if terms is None:
        return None
    topics = ActionLearningTopic.objects.filter(cohort=cohort).prefetch_related("windows")
    return {
        "slot_minutes": terms.slot_minutes,
        "group_size": terms.group_size,
        "largest_group": terms.largest_group,
        "venue": terms.venue,
        "topics": [
            (topic.number, topic.title, [(window.starts_at, window.ends_at) for window in topic.windows.all()])
            for topic in topics
        ],
    }


def _action_learning_in(data: Mapping[str, Any] | None) -> Terms | None:
    if data is None:
        return None
    spans = [(topic, sorted(definition.window_span(window) for window in topic["windows"])) for topic in data["topics"]]
    return {
        "slot_minutes": data["slot_minutes"],
        "group_size": data["group_size"],
        "largest_group": data.get("largest_group", data["group_size"]),
        "venue": data.get("venue", ""),
        "topics": sorted(
            (topic["number"], topic["title"], [(span.starts_at, span.ends_at) for span in windows])
            for topic, windows in spans
        ),
    }


def _make_action_learning(cohort: Cohort, terms: Terms) -> None:
    ActionLearningTerms.objects.create(
        cohort=cohort, **{name: value for name, value in terms.items() if name != "topics"}
    )
    for number, title, windows in terms["topics"]:
        topic = ActionLearningTopic.objects.create(cohort=cohort, number=number, title=title)
        TopicWindow.objects.bulk_create(
            TopicWindow(topic=topic, starts_at=starts_at, ends_at=ends_at) for starts_at, ends_at in windows
        )


class CoachingSection:
    key = "coaching"

    def validate(self, data: Any, cohort_data: Mapping[str, Any]) -> list[Problem]:
        return definition.coaching_problems(data)

    def orphans(self, cohort: Cohort, data: Any) -> list[str]:
        """Nothing hangs on the terms."""
        return []

    def apply(self, cohort: Cohort, data: Any, by: User | None) -> list[str]:
        before = CoachingTerms.objects.filter(cohort=cohort).values("title", "sessions_per_fellow").first()
        after = None if data is None else {"sessions_per_fellow": DEFAULT_COACHING_SESSIONS, **data}
        if before == after:
            return []
        if after is None:
            CoachingTerms.objects.filter(cohort=cohort).delete()
        else:
            CoachingTerms.objects.update_or_create(cohort=cohort, defaults=after)
        record("sessions_app.coaching_set", cohort, by=by, before=before, after=after)
        return ["coaching removed" if after is None else "coaching set"]
