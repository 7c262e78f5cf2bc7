"""What may be read of equality monitoring: never an answer of few."""

from collections.abc import Mapping
from dataclasses import dataclass

from applications.rules.monitoring import NO_ANSWER, QUESTIONS, Question, published

HIDDEN = "Hidden"


@dataclass(frozen=True)
class MonitoringTable:
    """`rows` are empty where too few have answered to say anything."""

    question: str
    rows: list[list[str]]


def monitoring_tables(counts: Mapping[tuple[str, str], int]) -> list[MonitoringTable]:
    """A table a question, from the counts by question and answer."""
    return [MonitoringTable(question.words, _rows(question, counts)) for question in QUESTIONS]


def _rows(question: Question, counts: Mapping[tuple[str, str], int]) -> list[list[str]]:
    options = {**dict(question.options), NO_ANSWER: "No answer"}
    told = published({name: counts.get((question.name, name), 0) for name in options})
    if told is None:
        return []
    return [[words, HIDDEN if told[name] is None else str(told[name])] for name, words in options.items()]
