"""Answers in words: to check before sending, to read after, and side by side where two pages disagree."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from applications.models import Submission
from applications.rules.answers import day_of, text_of
from applications.rules.facts import TOPICS, Fact, Kind, answer_words, is_asked
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


def conflicts(form: CohortForm, topic: str, saved: Mapping[str, Any], typed: Mapping[str, Any]) -> list[Conflict]:
    """The questions of a page whose saved answers differ from those typed."""
    return [
        Conflict(
            fact.question.format(**form.words),
            kept_words(fact, saved) or NOT_GIVEN,
            kept_words(fact, typed) or NOT_GIVEN,
        )
        for fact in form.facts_of(topic)
        if fact.name in typed and text_of(saved, fact.name) != text_of(typed, fact.name)
    ]


def _lines(words: str) -> SafeString | str:
    """Keep the line breaks of long answers."""
    if "\n" not in words:
        return words
    return mark_safe(escape(words).replace("\n", "<br>"))  # noqa: S308 - escaped just before
