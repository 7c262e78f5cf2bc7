"""The facts that applications can ask for. The eligibility check and the application form are both made from these."""

from collections.abc import Iterable, Mapping

from applications.rules.answers import text_of
from applications.rules.facts.fact import Fact, Kind
from applications.rules.facts.person import COMMITMENT, DETAILS, IDENTITY, ROLE, WORK
from applications.rules.facts.training import OUT_OF_PROGRAMME, REGISTRATION, TRAINING

__all__ = [
    "FACTS",
    "TOPICS",
    "Fact",
    "Kind",
    "answer_words",
    "check_facts",
    "facts_of_topic",
    "form_facts",
    "is_asked",
    "missing_facts",
    "topics_of",
]

FACTS: Mapping[str, Fact] = {
    fact.name: fact
    for fact in (*DETAILS, *REGISTRATION, *TRAINING, *OUT_OF_PROGRAMME, *ROLE, *IDENTITY, *WORK, *COMMITMENT)
}
# In the order in which an application asks.
TOPICS: Mapping[str, str] = {
    "details": "Your details",
    "registration": "Registration and training number",
    "training": "Training and CCT",
    "out-of-programme": "Out of programme",
    "role": "Your role",
    "identity": "How you identify",
    "work": "Your work",
    "commitment": "Commitment to the dates",
}


def check_facts(asked_by_rules: Iterable[str]) -> list[Fact]:
    """The facts of the eligibility check: those the cohort's rules need and no others, in the order of the form."""
    wanted = set(asked_by_rules)
    return [fact for fact in FACTS.values() if fact.name in wanted]


def form_facts(asked_by_rules: Iterable[str], *, has_disciplines: bool, asks_commitment: bool) -> list[Fact]:
    """The facts of the application form: the rules' own, what goes with them, and what every application asks."""
    wanted = {fact.name for fact in DETAILS} | {"employer", "supervisor_name", "supervisor_email"}
    for name in asked_by_rules:
        wanted |= {name, *FACTS[name].with_it}
    if "ntn" in wanted:
        wanted |= {"less_than_full_time"}
    if has_disciplines:
        wanted |= {"discipline", "specialty"}
    if asks_commitment:
        wanted |= {"commitment"}
    return [fact for fact in FACTS.values() if fact.name in wanted]


def is_asked(fact: Fact, answers: Mapping[str, object]) -> bool:
    """Whether the answers so far leave this fact to be asked."""
    return fact.only_if is None or text_of(answers, fact.only_if[0]) == fact.only_if[1]


def missing_facts(facts: Iterable[Fact], answers: Mapping[str, object]) -> list[Fact]:
    """What must still be answered before this can be sent."""
    return [fact for fact in facts if not fact.optional and is_asked(fact, answers) and not text_of(answers, fact.name)]


def topics_of(facts: Iterable[Fact]) -> list[str]:
    """The topics that these facts make, in the order in which an application asks."""
    asked = {fact.topic for fact in facts}
    return [topic for topic in TOPICS if topic in asked]


def facts_of_topic(facts: Iterable[Fact], topic: str) -> list[Fact]:
    return [fact for fact in facts if fact.topic == topic]


def answer_words(fact: Fact, answer: str) -> str:
    """What a kept answer says on screen; days are left to the presenter."""
    if fact.kind is Kind.TICK:
        return "Confirmed" if answer == "yes" else ""
    return dict(fact.options).get(answer, answer)
