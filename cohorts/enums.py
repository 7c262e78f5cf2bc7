"""The words that programmes, cohorts and teams are described with."""

from django.db.models import TextChoices


class Selection(TextChoices):
    PANEL = "panel", "A team chooses"
    FIRST_COME_FIRST_SERVED = "first_come_first_served", "First come, first served"


class WindowState(TextChoices):
    UPCOMING = "upcoming", "Not open yet"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class Role(TextChoices):
    ADMINISTRATOR = "administrator", "Programme administrator"
    LOCAL_LEAD = "local_lead", "Local lead"
    REVIEWER = "reviewer", "Reviewer"
    JUDGE = "judge", "Judge"
    FACILITATOR = "facilitator", "Facilitator"
    COACH = "coach", "Coach"


class PlaceState(TextChoices):
    ACTIVE = "active", "On the programme"
    DEFERRED = "deferred", "Deferred to a later cohort"
    WITHDRAWN = "withdrawn", "Withdrawn"
    GRADUATED = "graduated", "Graduated"


class FeeState(TextChoices):
    OWED = "owed", "Owed by the organisation"
    WAIVED = "waived", "Waived: extenuating circumstances agreed"
