"""Verdicts, states and what each means for the applicant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from applications.enums import ApplicationState as State
from applications.models import Application
from applications.rules.answers import text_of
from applications.selectors import CohortForm
from cohorts.rules.verdicts import Outcome, Verdict

OUTCOME_WORDS = {
    Outcome.MET: ("Met", "green"),
    Outcome.NOT_MET: ("Not met", "red"),
    Outcome.NEEDS_PERSON: ("Needs a person to check", "yellow"),
}


@dataclass(frozen=True)
class VerdictRow:
    rule: str
    words: str
    colour: str
    reason: str
    remedy: str


@dataclass(frozen=True)
class Standing:
    """What an applicant is told of their application: never a decision that has not been told."""

    words: str
    colour: str
    next: str


_STANDINGS = {
    State.DRAFT: Standing("Not sent", "grey", "Finish your application and send it before applications close."),
    State.SUBMITTED: Standing("Sent", "blue", "We have your application. We will email you when there is a decision."),
    State.RESERVE: Standing(
        "Reserve list", "yellow", "We will email you if a place becomes free. You do not need to do anything."
    ),
    State.OFFERED: Standing("Place offered", "green", "Answer the offer before it ends."),
    State.NOT_SELECTED: Standing("Not selected", "grey", "We are sorry that we could not offer you a place this time."),
    State.ACCEPTED: Standing("Place accepted", "green", "You have a place. Apply for leave for all of the dates now."),
    State.OFFER_DECLINED: Standing("You declined the offer", "grey", "You do not need to do anything."),
    State.OFFER_LAPSED: Standing("The offer has ended", "grey", "We did not have an answer before the deadline."),
    State.WITHDRAWN: Standing("Withdrawn", "grey", "You have withdrawn this application."),
}
_STAFF_COLOURS = {
    State.SUBMITTED: "blue",
    State.OFFERED: "purple",
    State.RESERVE: "yellow",
    State.ACCEPTED: "green",
    State.NOT_SELECTED: "red",
}


def standing_of(state: str) -> Standing:
    """What the applicant is told of an application in this state."""
    return _STANDINGS[State(state)]


def state_tag(application: Application) -> tuple[str, str]:
    """What the team is told: words and colour."""
    state = State(application.state)
    return str(state.label), _STAFF_COLOURS.get(state, "grey")


def verdict_rows(form: CohortForm, verdicts: Iterable[Verdict]) -> list[VerdictRow]:
    """Every rule of a cohort with its verdict."""
    descriptions = {rule.code: rule.describe() for rule in form.rules}
    return [verdict_row(descriptions[verdict.rule], verdict) for verdict in verdicts]


def topic_verdicts(form: CohortForm, topic: str, answers: Mapping[str, Any], today: date) -> list[VerdictRow]:
    """The rules that ask for something on this page, once some of that is answered."""
    told = {fact.name for fact in form.facts_of(topic) if text_of(answers, fact.name)}
    return [
        verdict_row(rule.describe(), rule.verdict(answers, today))
        for rule in form.rules
        if told.intersection(rule.facts)
    ]


def verdict_row(description: str, verdict: Verdict) -> VerdictRow:
    words, colour = OUTCOME_WORDS[Outcome(verdict.outcome)]
    return VerdictRow(description, words, colour, verdict.reason, verdict.remedy)
