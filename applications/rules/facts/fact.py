"""What a fact is: one thing that an application can ask for."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    TELEPHONE = "telephone"
    CHOICE = "choice"
    DATE = "date"
    TICK = "tick"


@dataclass(frozen=True)
class Fact:
    """`question` and `hint` may hold words of the cohort: {commences}, {ends}, {region}, {group}.

    `only_if`: asked only where that other fact has that answer. `missing`: what is said where it is left out.
    `with_it`: further facts that the application form, but not the check, asks together with this one.
    """

    name: str
    topic: str
    question: str
    kind: Kind
    short: str
    missing: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    only_if: tuple[str, str] | None = None
    optional: bool = False
    special_category: bool = False
    with_it: tuple[str, ...] = ()
    autocomplete: str = ""
    max_length: int = 200


YES_NO = (("yes", "Yes"), ("no", "No"))
YES_NO_UNSURE = (*YES_NO, ("unsure", "I am not sure"))
