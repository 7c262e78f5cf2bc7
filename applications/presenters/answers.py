"""Answers in words: to check before sending, to read after, and side by side where two pages disagree."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from applications.models import Submission
from applications.rules.answers import day_of, text_of
from applications.rules.eligibility.base import training_number
from applications.rules.facts import TOPICS, Fact, Kind, answer_words, is_asked
from applications.rules.ntn import Form, region_words
from applications.selectors import CohortForm
from nextstep.design.dates import date_words

NOT_GIVEN = "Not given"


@dataclass(frozen=True)
class AnswerSection:
    """One topic: `rows` are for the summary list."""

    title: str
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Conflict:
    """One question that was answered differently in two places."""

    question: str
    saved: str
    typed: str


def kept_words(fact: Fact, answers: Mapping[str, Any]) -> str:
    """A kept answer as a person reads it; empty where there is none."""
    if fact.kind is Kind.DATE:
        day = day_of(answers, fact.name)
        return date_words(day) if day else ""
    return answer_words(fact, text_of(answers, fact.name))


def answer_sections(
    form: CohortForm, answers: Mapping[str, Any], change_links: Mapping[str, str]
) -> list[AnswerSection]:
    """What will be sent, topic by topic, with a Change link for each topic in `change_links`."""
    return [
        AnswerSection(
            TOPICS[topic],
            [
                {
                    "key": fact.short.format(**form.words),
                    "value": _lines(kept_words(fact, answers)),
                    "change_href": change_links.get(topic, ""),
                    "change_hidden": fact.short.format(**form.words).lower(),
                }
                for fact in form.facts_of(topic)
                if is_asked(fact, answers)
            ],
        )
        for topic in form.topics
    ]


def submitted_sections(submission: Submission) -> list[AnswerSection]:
    """What was sent, in the words in which it was asked then."""
    sections: dict[str, list[dict[str, Any]]] = {}
    for answer in submission.answers:
        row = {"key": answer["question"].removesuffix(" (optional)"), "value": _lines(answer["words"])}
        sections.setdefault(TOPICS.get(answer["topic"], answer["topic"]), []).append(row)
    return [AnswerSection(title, rows) for title, rows in sections.items()]


@dataclass(frozen=True)
class PageText:
    """A page as somebody left it: the answers, and by question what does not read, as it was typed."""

    answers: Mapping[str, Any]
    unread: Mapping[str, str]

    def held(self, fact: Fact) -> str:
        return self.unread.get(fact.name) or text_of(self.answers, fact.name)

    def words(self, fact: Fact) -> str:
        return self.unread.get(fact.name) or kept_words(fact, self.answers) or NOT_GIVEN


def conflicts(form: CohortForm, topic: str, saved: PageText, typed: PageText) -> list[Conflict]:
    """The questions of a page whose saved text differs from what was typed."""
    return [
        Conflict(fact.question.format(**form.words), saved.words(fact), typed.words(fact))
        for fact in form.facts_of(topic)
        if saved.held(fact) != typed.held(fact)
    ]


def ntn_as_read(answers: Mapping[str, Any]) -> str:
    """How a training number was read, as a sentence; empty where there is none, or none that reads."""
    number = training_number(answers)
    if number is None or number.form is Form.UNREADABLE:
        return ""
    held_in = f", held in {region_words(number.office)}" if number.office else ""
    return f"We read your NTN as {number.shown}{held_in}."


def _lines(words: str) -> SafeString | str:
    """Keep the line breaks of long answers."""
    if "\n" not in words:
        return words
    return mark_safe(escape(words).replace("\n", "<br>"))  # noqa: S308 - escaped just before
