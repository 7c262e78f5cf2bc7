"""Sections of a cohort in a programme file, by key: each is checked, compared and applied by the room that knows it.

The loader first calls `validate` where the file has the key, then `orphans`, and, where nothing in the whole file is
wrong, `apply`. `orphans` and `apply` are also called where the file lacks the key, with `data` None: what the cohort
had of it is to go. Sections do not rely on one another's rows.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from cohorts.models import Cohort
from cohorts.rules.problems import Problem
from nextstep.accounts.models import User

__all__ = ["Problem", "Section", "keys", "register", "registered"]


class Section(Protocol):
    # The key under [[cohorts]] in the file, for instance "sessions".
    key: str

    def validate(self, data: Any, cohort_data: Mapping[str, Any]) -> list[Problem]:
        """What is wrong with `data`; keys are relative to the section, for instance "[1].minimum".

        `cohort_data` is the whole cohort of the file, which may itself be wrong elsewhere: read it with care.
        """

    def orphans(self, cohort: Cohort, data: Any) -> list[str]:
        """Why `data` may not replace what `cohort` has: sentences that name what would be orphaned."""

    def apply(self, cohort: Cohort, data: Any, by: User | None) -> list[str]:
        """Bring the rows of `cohort` in line with `data`. Answers what changed, one short line each; nothing twice."""


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Make `section` known under its key. Registering one of the same class again changes nothing."""
    if type(_sections.setdefault(section.key, section)) is not type(section):
        raise ValueError(f"Two rooms want the section {section.key} of a programme file.")


def registered() -> list[Section]:
    """All sections, in the order of their keys, so that a file is always applied in the same order."""
    return [_sections[key] for key in keys()]


def keys() -> list[str]:
    return sorted(_sections)
