"""What a register says of a person, and what an administrator may decide about an absence."""

from django.db.models import TextChoices


class MarkState(TextChoices):
    PRESENT = "present", "Present"
    LATE = "late", "Late"
    ABSENT = "absent", "Absent"


class Effect(TextChoices):
    """What becomes of a session that an administrator excuses a fellow from (domain.md, Attendance)."""

    COUNTS_AS_MET = "counts_as_met", "Counts as attended, because they caught up"
    LEAVES_REQUIREMENT = "leaves_requirement", "Leaves the requirement, which then asks for the others only"
    STILL_A_MISS = "still_a_miss", "Still counts as missed"


class Outcome(TextChoices):
    """What one session comes to for one fellow."""

    MET = "met", "Met"
    MISSED = "missed", "Missed"
    OPEN = "open", "Not decided yet"
    LEFT_OUT = "left_out", "Not asked for"


class Risk(TextChoices):
    """How urgently somebody should look at a fellow's standing, the worst first."""

    FAILED = "failed", "Can no longer be met"
    NONE_LEFT = "none_left", "Cannot miss any more"
    TO_DECIDE = "to_decide", "Needs a decision"
    FINE = "fine", "On track"
