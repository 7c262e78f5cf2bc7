"""What somebody signs when they accept a place: dates, clashes, leave, and their name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from applications.enums import StudyLeave
from applications.rules.dates import words as day_words


@dataclass(frozen=True)
class Signed:
    """`attends` and `clashing` are the cohort's dates, in words; `clash` says why, `trust` who was told of leave."""

    name: str
    attends: Sequence[str] = ()
    clashing: Sequence[str] = ()
    clash: str = ""
    study_leave: str = StudyLeave.APPLIED
    trust: str = ""
    told_on: date | None = None


def what_is_missing(signed: Signed) -> str:
    """Why this cannot be signed, as a sentence; empty where it can."""
    if not signed.name.strip():
        return "Type your full name to sign."
    if signed.clashing and not signed.clash.strip():
        return "Say why you cannot attend the dates that you did not tick."
    if signed.study_leave == StudyLeave.ROTATION_UNKNOWN and not (signed.trust.strip() and signed.told_on):
        return "Say which trust you tell of these dates, and when."
    return ""


def signed_words(agreement: str, signed: Signed) -> str:
    """The whole document: what was agreed to and what was said, in the shape of `commitment_words`."""
    blocks = [agreement]
    if signed.attends:
        blocks += ["I can attend:", _list(signed.attends)]
    if signed.clashing:
        blocks += ["I cannot attend:", _list(signed.clashing), f"Why: {' '.join(signed.clash.split())}"]
    return "\n\n".join([*blocks, f"Leave: {_leave(signed)}", f"Signed: {signed.name.strip()}"])


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"* {line}" for line in lines)


def _leave(signed: Signed) -> str:
    if signed.study_leave == StudyLeave.APPLIED or signed.told_on is None:
        return "I have applied for leave for these dates."
    told = day_words(signed.told_on)
    return f"I do not know yet where I will work. Told of these dates: {signed.trust.strip()}, on {told}."
