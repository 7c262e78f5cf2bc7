"""Where in a cohort's year *now* falls, and how many whole weeks its dates move for that."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil, floor


class Stage(StrEnum):
    APPLICATIONS = "applications"
    SELECTION = "selection"
    DELIVERY = "delivery"
    JUDGING = "judging"
    GRADUATED = "graduated"

    @property
    def position(self) -> int:
        return list(Stage).index(self)

    def has_reached(self, other: "Stage") -> bool:
        return self.position >= other.position


@dataclass(frozen=True)
class Landmarks:
    """The moments of a cohort that decide its stage; local London times, as in a programme file."""

    closes: datetime
    commences: date
    presentations: datetime


def weeks_to_move(stage: Stage, landmarks: Landmarks, now: datetime) -> int:
    """Whole weeks by which the cohort's dates move so that `now` (naive, London) falls in `stage`.

    Applications: the window closes in two to three weeks. Selection: it closed two to three weeks ago.
    Delivery: the programme commenced eleven to twelve weeks ago. Judging: the presentations were in the last
    seven days. Graduated: they were three to four weeks ago.
    """
    week = timedelta(weeks=1)
    if stage is Stage.APPLICATIONS:
        return ceil((now + 2 * week - landmarks.closes) / week)
    if stage is Stage.SELECTION:
        return floor((now - 2 * week - landmarks.closes) / week)
    if stage is Stage.DELIVERY:
        return floor((now - 11 * week - datetime.combine(landmarks.commences, datetime.min.time())) / week)
    if stage is Stage.JUDGING:
        return floor((now - landmarks.presentations) / week)
    return floor((now - 3 * week - landmarks.presentations) / week)
