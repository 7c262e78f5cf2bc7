"""The words a fellow agrees to."""

from collections import Counter
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from applications.rules.declaration import commitment_words
from cohorts.models import Cohort
from cohorts.registries.requirements import requirement_of
from nextstep.design.dates import span_words
from sessions_app.enums import SessionState
from sessions_app.selectors import sessions_of


@dataclass(frozen=True)
class Agreement:
    """What a fellow agrees to, word for word, and its dates one by one, by the number of their session."""

    words: str
    dates: dict[str, str]


def agreement_of(cohort: Cohort) -> Agreement:
    """The dates of a cohort's published sessions, which of them must be attended, and any fee. Two queries."""
    sessions = [session for session in sessions_of(cohort) if session.state == SessionState.PUBLISHED]
    counts = Counter(session.kind for session in sessions)
    demands = [
        requirement_of(row).describe(row.session_kind, counts[row.session_kind])
        for row in cohort.attendance_requirements.all()
    ]
    dates = {
        str(session.pk): f"{session.title}: {span_words(session.starts_at, session.ends_at)}" for session in sessions
    }
    words = commitment_words(list(dates.values()), demands=demands, fee_pounds=cohort.withdrawal_fee_pounds)
    return Agreement(words, dates)


def commitment_html(words: str) -> SafeString:
    """The same words for a page: paragraphs, and the dates as a list."""
    return mark_safe("".join(_block(block) for block in words.split("\n\n")))  # noqa: S308 - each block is escaped


def _block(block: str) -> SafeString:
    lines = block.split("\n")
    if not all(line.startswith("* ") for line in lines):
        return format_html("<p>{}</p>", block)
    items = format_html_join("", "<li>{}</li>", ((line[2:],) for line in lines))
    return format_html('<ul class="nhsuk-list nhsuk-list--bullet">{}</ul>', items)
