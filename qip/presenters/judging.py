"""A judge's list of projects in words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from nextstep.design.furniture import link, tag
from qip.enums import AssessmentState
from qip.models import Panel
from qip.selectors import JudgeTask


@dataclass(frozen=True)
class Progress:
    """How many projects of a list are final, left, or not the judge's for a conflict."""

    final: int
    left: int
    conflicts: int

    @property
    def words(self) -> str:
        total = self.final + self.left
        return f"{self.final} of {total} final"


def progress_words(tasks: Collection[JudgeTask]) -> Progress:
    left = sum(task.is_left for task in tasks)
    conflicts = sum(bool(task.conflict) for task in tasks)
    final = sum(task.state == AssessmentState.FINAL and not task.conflict for task in tasks)
    return Progress(final=final, left=left, conflicts=conflicts)


def task_rows(panel: Panel, tasks: Iterable[JudgeTask], criteria: int) -> list[tuple[SafeString, str, SafeString]]:
    """Title with link, fellow and the judge's own progress."""
    return [
        (
            link(task.title, reverse("qip:score", args=[panel.public_id, task.public_id])),
            task.fellow,
            _status(task, criteria),
        )
        for task in tasks
    ]


def _status(task: JudgeTask, criteria: int) -> SafeString:
    if task.conflict:
        return tag("Conflict of interest", "grey")
    if task.state == AssessmentState.FINAL:
        return tag("Final", "green")
    if task.state == AssessmentState.LEFT_OUT:
        return tag("Left out", "grey")
    if task.scored >= criteria:
        return tag("Not final yet", "yellow")
    return tag(f"{task.scored} of {criteria} scored", "blue") if task.scored else tag("Not started", "white")


def next_task(tasks: list[JudgeTask], project_id: int) -> JudgeTask | None:
    """The next project with something left, after this one in the list and then from its start."""
    place = next((n for n, task in enumerate(tasks) if task.project_id == project_id), -1)
    return next((task for task in tasks[place + 1 :] + tasks[: max(place, 0)] if task.is_left), None)
