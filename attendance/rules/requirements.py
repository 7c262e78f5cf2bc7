"""What a cohort may ask its fellows to attend, and what an absence from that may be excused as.

A new way of asking is one class here: how many of the sessions that count it needs, and which effects it allows.
"""

from collections.abc import Mapping
from typing import ClassVar

from attendance.enums import Effect
from sessions_app.enums import SessionKind

EVERY_EFFECT = (Effect.COUNTS_AS_MET, Effect.LEAVES_REQUIREMENT, Effect.STILL_A_MISS)


class MinimumRule:
    """How many of the sessions of a kind must be met."""

    code: ClassVar[str]
    effects: ClassVar[tuple[Effect, ...]] = EVERY_EFFECT

    def __init__(self, amount: int | None = None) -> None:
        self.amount = amount or 0

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.amount or ''})"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((self.code, self.amount))

    @classmethod
    def problems(cls, amount: int | None, sessions: int) -> list[str]:  # noqa: ARG003 - for the rules that have amounts
        """What is wrong with `amount` where the cohort has so many `sessions` of the kind, as sentences."""
        return []

    def needed_of(self, base: int) -> int:
        """How many of the `base` sessions that count must be met."""
        raise NotImplementedError

    def describe(self, session_kind: str, sessions: int) -> str:
        """The requirement as a sentence to the fellow."""
        raise NotImplementedError


class AllOf(MinimumRule):
    """All of those that remain once an administrator has let some leave."""

    code = "all"

    def needed_of(self, base: int) -> int:
        return base

    def describe(self, session_kind: str, sessions: int) -> str:
        what = SessionKind(session_kind).counted(sessions)
        return f"You must attend all {sessions} {what}." if sessions != 1 else f"You must attend the {what}."


class AtLeast(MinimumRule):
    """A number of them. The spare ones are the allowance, so none leaves (domain.md, Attendance)."""

    code = "at_least"
    effects = (Effect.COUNTS_AS_MET, Effect.STILL_A_MISS)

    @classmethod
    def problems(cls, amount: int | None, sessions: int) -> list[str]:
        if not amount or amount < 1:
            return ["The number of sessions to attend must be 1 or more."]
        if amount > sessions:
            return [f"This asks for {amount} sessions, and the cohort has {sessions} of this kind."]
        return []

    def needed_of(self, base: int) -> int:
        """A cohort cannot ask for more than it holds."""
        return min(self.amount, base)

    def describe(self, session_kind: str, sessions: int) -> str:
        what = SessionKind(session_kind).counted(sessions)
        return f"You must attend at least {self.needed_of(sessions)} of the {sessions} {what}."


class ShareOf(MinimumRule):
    """A share of those that remain, in percent; of nothing, it is met."""

    code = "share"

    @classmethod
    def problems(cls, amount: int | None, sessions: int) -> list[str]:  # noqa: ARG003 - a share suits any number
        return [] if amount and 1 <= amount <= 100 else ["The share must be from 1 to 100 percent."]

    def needed_of(self, base: int) -> int:
        return -(-base * self.amount // 100)

    def describe(self, session_kind: str, sessions: int) -> str:
        what = SessionKind(session_kind).counted(sessions)
        return f"You must attend at least {self.amount}% of the {what}: {self.needed_of(sessions)} of {sessions}."


MINIMUM_RULES: Mapping[str, type[MinimumRule]] = {rule.code: rule for rule in (AllOf, AtLeast, ShareOf)}
