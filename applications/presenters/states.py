"""The state machines as a page of the documents: a diagram and a table each, from the tables of the rules."""

from collections.abc import Iterator, Mapping

from django.db.models import TextChoices

from applications.enums import ApplicationState, OfferState, ReleaseState
from applications.rules.states import APPLICATION, OFFER, RELEASE
from nextstep.transitions import Transition

_MACHINES: tuple[tuple[str, type[TextChoices], Mapping[str, Transition]], ...] = (
    ("An application", ApplicationState, APPLICATION),
    ("An offer", OfferState, OFFER),
    ("A release of decisions", ReleaseState, RELEASE),
)
_OPENING = """# States

Made from the tables in `applications/rules/states.py` by `python manage.py draw_states`; a test holds the two together.
Each transition is carried out by exactly one service, as compare-and-swap on (state, version), with its audit event.
"""


def states_page() -> str:
    """The whole page, as Markdown with Mermaid diagrams."""
    return _OPENING + "".join(_machine(*machine) for machine in _MACHINES)


def _machine(title: str, states: type[TextChoices], table: Mapping[str, Transition]) -> str:
    diagram = "\n".join(_diagram(states, table))
    rows = "\n".join(_rows(states, table))
    return f"\n## {title}\n\n```mermaid\n{diagram}\n```\n\n| Transition | From | To |\n| --- | --- | --- |\n{rows}\n"


def _diagram(states: type[TextChoices], table: Mapping[str, Transition]) -> Iterator[str]:
    yield "stateDiagram-v2"
    yield from (f'    state "{label}" as {value}' for value, label in states.choices)
    yield f"    [*] --> {states.values[0]}"
    for verb, transition in table.items():
        yield from (f"    {before} --> {transition.after}: {_words(verb)}" for before in _sorted(states, transition))
    left = {before for transition in table.values() for before in transition.before}
    yield from (f"    {value} --> [*]" for value in states.values if value not in left)


def _rows(states: type[TextChoices], table: Mapping[str, Transition]) -> Iterator[str]:
    labels = dict(states.choices)
    for verb, transition in table.items():
        before = ", ".join(str(labels[value]) for value in _sorted(states, transition))
        yield f"| {_words(verb)} | {before} | {labels[transition.after]} |"


def _sorted(states: type[TextChoices], transition: Transition) -> list[str]:
    return [value for value in states.values if value in transition.before]


def _words(verb: str) -> str:
    return verb.replace("_", " ")
