"""Sessions with every fate that one can have, for the rules of attendance; no database."""

from datetime import UTC, datetime, timedelta

from attendance.rules.standing import AttendanceRecord, MarkFacts, SessionFacts

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
HELD_FROM = datetime(2025, 10, 8, 8, tzinfo=UTC)
COMES_FROM = datetime(2026, 2, 26, 9, tzinfo=UTC)
LENGTH = timedelta(hours=8)
KIND = "face_to_face"

# What can become of one session: the mark (state, minutes of 480), the excusal, whether it is cancelled or to come.
FATES: dict[str, tuple[MarkFacts | None, str | None, str]] = {
    "unmarked": (None, None, "held"),
    "present": (MarkFacts("present"), None, "held"),
    "late": (MarkFacts("late"), None, "held"),
    "late_at_share": (MarkFacts("late", 360), None, "held"),
    "late_below_share": (MarkFacts("late", 359), None, "held"),
    "present_below_share": (MarkFacts("present", 359), None, "held"),
    "absent": (MarkFacts("absent"), None, "held"),
    "absent_met": (MarkFacts("absent"), "counts_as_met", "held"),
    "absent_leaves": (MarkFacts("absent"), "leaves_requirement", "held"),
    "absent_miss": (MarkFacts("absent"), "still_a_miss", "held"),
    "excused_met": (None, "counts_as_met", "held"),
    "excused_leaves": (None, "leaves_requirement", "held"),
    "excused_miss": (None, "still_a_miss", "held"),
    "late_below_met": (MarkFacts("late", 10), "counts_as_met", "held"),
    "present_leaves": (MarkFacts("present"), "leaves_requirement", "held"),
    "present_miss": (MarkFacts("present"), "still_a_miss", "held"),
    "cancelled": (None, None, "cancelled"),
    "cancelled_after_absence": (MarkFacts("absent"), None, "cancelled"),
    "future": (None, None, "future"),
    "future_excused_met": (None, "counts_as_met", "future"),
    "future_excused_leaves": (None, "leaves_requirement", "future"),
    "future_excused_miss": (None, "still_a_miss", "future"),
    "future_marked_absent": (MarkFacts("absent"), None, "future"),
}


def made(fates: list[str] | tuple[str, ...]) -> tuple[list[SessionFacts], AttendanceRecord]:
    """Sessions a week apart with these fates, the future ones after now."""
    sessions, marks, excusals = [], {}, {}
    for key, fate in enumerate(fates):
        mark, effect, timing = FATES[fate]
        starts_at = (COMES_FROM if timing == "future" else HELD_FROM) + timedelta(weeks=key)
        sessions.append(SessionFacts(key, KIND, starts_at, starts_at + LENGTH, cancelled=timing == "cancelled"))
        if mark:
            marks[key] = mark
        if effect:
            excusals[key] = effect
    return sessions, AttendanceRecord(NOW, 75, marks, excusals)
