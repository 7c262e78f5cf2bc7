"""Invented people: plainly so, the same for the same seed, and as varied as those who really apply."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random
from typing import TypeVar

from nextstep.demo import names

T = TypeVar("T")

DOMAIN = "demo.example"


class Circumstance(StrEnum):
    """What is particular about an applicant: the commonest has nothing particular."""

    ORDINARY = "ordinary"
    LESS_THAN_FULL_TIME = "less_than_full_time"
    BACK_FROM_OOP_IN_TIME = "back_from_oop_in_time"
    BACK_FROM_OOP_TOO_LATE = "back_from_oop_too_late"
    OLD_NUMBER = "old_number"
    NO_NUMBER = "no_number"
    OTHER_REGION = "other_region"
    CCT_TOO_FAR = "cct_too_far"
    CCT_TOO_SOON = "cct_too_soon"
    MILITARY = "military"


class Ending(StrEnum):
    """How far the applicant got by themselves."""

    SUBMITTED = "submitted"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
    # Left as a draft, and tried again after the window had closed.
    TOO_LATE = "too_late"


CIRCUMSTANCES = {
    Circumstance.ORDINARY: 62,
    Circumstance.LESS_THAN_FULL_TIME: 12,
    Circumstance.BACK_FROM_OOP_IN_TIME: 4,
    Circumstance.BACK_FROM_OOP_TOO_LATE: 2,
    Circumstance.OLD_NUMBER: 5,
    Circumstance.NO_NUMBER: 3,
    Circumstance.OTHER_REGION: 4,
    Circumstance.CCT_TOO_FAR: 4,
    Circumstance.CCT_TOO_SOON: 2,
    Circumstance.MILITARY: 2,
}
ENDINGS = {Ending.SUBMITTED: 84, Ending.DRAFT: 8, Ending.WITHDRAWN: 4, Ending.TOO_LATE: 4}


@dataclass(frozen=True)
class Applicant:
    full_name: str
    email: str
    phone: str
    discipline: str
    specialty: str
    trust: str
    body: str
    registration: str
    # As typed: a few leave out slashes or write in lower case.
    training_number: str
    cct_on: date
    circumstance: Circumstance
    ending: Ending
    # How far through the window they applied, from 0 to 1; most come late.
    haste: float


def applicants(
    count: int, *, seed: int, commences_on: date, ends_on: date, numbers_from: int = 0, taken: set[str] | None = None
) -> list[Applicant]:
    """`count` applicants to a cohort with these dates; the same for the same arguments.

    Registration numbers start at `numbers_from`; names in `taken` are left out, and those given are added to it.
    """
    random = Random(seed)
    taken = set() if taken is None else taken
    return [_applicant(random, taken, numbers_from + index, commences_on, ends_on) for index in range(count)]


def invented_name(random: Random, taken: set[str]) -> str:
    """A name nobody in `taken` has; it is added there."""
    while True:
        surname = random.choice(names.SURNAME_BEGINNINGS) + random.choice(names.SURNAME_ENDINGS)
        name = f"{random.choice(names.FIRST_NAMES)} {surname}"
        if name not in taken:
            taken.add(name)
            return name


def address_of(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@{DOMAIN}"


def _applicant(random: Random, taken: set[str], index: int, commences_on: date, ends_on: date) -> Applicant:
    name = invented_name(random, taken)
    discipline, specialty, code = random.choice(names.SPECIALTIES)
    body = "GDC" if discipline == "Dentistry" else "GMC"
    # Numbers that begin with 99 are not given out.
    registration = f"99{index:05d}" if body == "GMC" else f"99{index:04d}"
    circumstance = _drawn(random, CIRCUMSTANCES)
    return Applicant(
        full_name=name,
        email=address_of(name),
        phone=f"07700 900{random.randrange(1000):03d}",
        discipline=discipline,
        specialty=specialty,
        trust=random.choice(names.TRUSTS),
        body=body,
        registration=registration,
        training_number=_training_number(random, circumstance, code, registration),
        cct_on=_cct_date(random, circumstance, commences_on, ends_on),
        circumstance=circumstance,
        ending=_drawn(random, ENDINGS),
        haste=random.random() ** 0.4,
    )


def _drawn(random: Random, weights: dict[T, int]) -> T:
    return random.choices(list(weights), weights=list(weights.values()))[0]


def _training_number(random: Random, circumstance: Circumstance, code: str, registration: str) -> str:
    if circumstance is Circumstance.NO_NUMBER:
        return ""
    if circumstance is Circumstance.OLD_NUMBER:
        return f"EAN/{random.randrange(10, 99):03d}/{random.randrange(100, 999)}/N"
    office = {Circumstance.OTHER_REGION: "LDN", Circumstance.MILITARY: "TSD"}.get(circumstance, "EAN")
    number = f"{office}/{code}/{registration}/C"
    return random.choice([number] * 8 + [number.lower(), number.replace("/", " ")])


def _cct_date(random: Random, circumstance: Circumstance, commences_on: date, ends_on: date) -> date:
    if circumstance is Circumstance.CCT_TOO_FAR:
        return commences_on + timedelta(days=random.randrange(800, 1200))
    if circumstance is Circumstance.CCT_TOO_SOON:
        return ends_on - timedelta(days=random.randrange(20, 120))
    return ends_on + timedelta(days=random.randrange(30, 430))
