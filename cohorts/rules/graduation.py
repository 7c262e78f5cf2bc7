"""What a fellow needs to complete a programme, over plain values that the roof gathers from the rooms."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Completion:
    """How far one fellow is. `project_presented` is None where the programme asks for no project."""

    is_over: bool
    attendance_reached: bool
    attendance_failed: bool
    project_presented: bool | None


def missing_for_graduation(completion: Completion) -> list[str]:
    """What still stands between the fellow and graduation, each as a few words; empty where nothing does."""
    missing = [] if completion.is_over else ["the programme is not over"]
    if completion.attendance_failed:
        missing.append("attendance can no longer be met")
    elif not completion.attendance_reached:
        missing.append("attendance is not met yet")
    if completion.project_presented is False:
        missing.append("no project was handed in")
    return missing
