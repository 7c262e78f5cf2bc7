"""The score page in words: the criteria, what is chosen and stored, and what was not taken."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nextstep.clock import LONDON
from nextstep.design.dates import time_words
from qip.enums import AssessmentState
from qip.models import Criterion, Score
from qip.selectors import JudgeSheet
from qip.services import Mark

SCALE = range(1, 6)


@dataclass(frozen=True)
class CriterionBlock:
    """One criterion of the score page: what is chosen, what is stored, and whether the two came apart."""

    criterion: Criterion
    value: int | None
    comment: str
    version: int
    stored: Score | None
    conflict: bool = False
    missing: bool = False

    @property
    def code(self) -> str:
        return self.criterion.code

    @property
    def saved_words(self) -> str:
        if self.stored is None:
            return ""
        return f"Saved at {time_words(self.stored.saved_at.astimezone(LONDON).time())}"

    @property
    def radios(self) -> dict[str, Any]:
        params: dict[str, Any] = {
            "idPrefix": f"score-{self.code}",
            "name": f"score-{self.code}",
            "classes": "app-scale",
            "fieldset": {"legend": {"text": f"Score for {self.criterion.name.lower()}", "size": "s"}},
            "items": [{"value": str(value), "text": str(value), "checked": value == self.value} for value in SCALE],
        }
        if self.missing and self.value is None:
            params["errorMessage"] = {"text": "Choose a score"}
        return params

    @property
    def textarea(self) -> dict[str, Any]:
        params: dict[str, Any] = {
            "id": f"comment-{self.code}",
            "name": f"comment-{self.code}",
            "rows": "2",
            "label": {"text": self._comment_label},
            "value": self.comment or None,
        }
        if self.missing and self.criterion.comment_required and not self.comment:
            params["errorMessage"] = {"text": "Write a comment"}
        return params

    @property
    def _comment_label(self) -> str:
        return f"Comment on {self.criterion.name.lower()}{'' if self.criterion.comment_required else ' (optional)'}"


@dataclass(frozen=True)
class Attempt:
    """What a judge sent that was not taken, or not in whole. `refusal` says why nothing was."""

    typed: Mapping[str, Mark] = field(default_factory=dict)
    conflicts: Collection[str] = ()
    show_missing: bool = False
    refusal: str = ""


def blocks_of(sheet: JudgeSheet, attempt: Attempt | None = None) -> list[CriterionBlock]:
    """The criteria with what was typed or, without that, what is stored.

    The version is the stored one's: after a conflict, saving again replaces it knowingly.
    """
    return [_block(criterion, sheet, attempt or Attempt()) for criterion in sheet.criteria]


def _block(criterion: Criterion, sheet: JudgeSheet, attempt: Attempt) -> CriterionBlock:
    stored = sheet.scores.get(criterion.code)
    shown = attempt.typed.get(criterion.code) or stored
    return CriterionBlock(
        criterion=criterion,
        value=shown.value if shown else None,
        comment=shown.comment if shown else "",
        version=stored.version if stored else 0,
        stored=stored,
        conflict=criterion.code in attempt.conflicts,
        missing=attempt.show_missing,
    )


def missing_links(blocks: Iterable[CriterionBlock]) -> list[dict[str, str]]:
    """What stands between the sheet and final, each leading to its place on the page."""
    links: list[dict[str, str]] = []
    for block in blocks:
        name = block.criterion.name
        if block.value is None:
            links.append({"text": f"{name}: choose a score", "href": f"#score-{block.code}"})
        if block.criterion.comment_required and not block.comment:
            links.append({"text": f"{name}: write a comment", "href": f"#comment-{block.code}"})
    return links


def score_rows(sheet: JudgeSheet) -> list[dict[str, str]]:
    """The judge's own scores once they can no longer change."""
    rows = []
    for criterion in sheet.criteria:
        score = sheet.scores.get(criterion.code)
        words = str(score.value) if score and score.value else "No score"
        rows.append({"key": criterion.name, "value": f"{words}. {score.comment}" if score and score.comment else words})
    return rows


@dataclass(frozen=True)
class ScorePage:
    sheet: JudgeSheet
    attempt: Attempt = field(default_factory=Attempt)

    @property
    def state(self) -> str:
        return self.sheet.assessment.state if self.sheet.assessment else AssessmentState.OPEN

    @property
    def may_score(self) -> bool:
        closed = self.sheet.conflict or hasattr(self.sheet.judge.panel, "results")
        return self.state == AssessmentState.OPEN and not closed

    @property
    def may_step_back(self) -> bool:
        return self.state != AssessmentState.RECUSED and not hasattr(self.sheet.judge.panel, "results")

    @property
    def reason(self) -> str:
        """Why the judge does not score: as they said it, or as the portal found it."""
        declared = self.sheet.assessment.reason if self.sheet.assessment else ""
        return declared or self.sheet.conflict

    @cached_property
    def blocks(self) -> list[CriterionBlock]:
        return blocks_of(self.sheet, self.attempt)

    @property
    def scores(self) -> list[dict[str, str]]:
        return score_rows(self.sheet)

    @property
    def errors(self) -> list[dict[str, str]]:
        """For the error summary: a refusal, scores that another device changed, what is missing."""
        errors = [{"text": self.attempt.refusal}] if self.attempt.refusal else []
        for block in self.blocks:
            if block.conflict:
                name = block.criterion.name
                errors.append({"text": f"{name}: changed on another device", "href": f"#criterion-{block.code}"})
        return errors + (missing_links(self.blocks) if self.attempt.show_missing else [])

    @property
    def not_saved(self) -> list[dict[str, str]]:
        """After a refusal, what the judge sent, so that no word of it is lost."""
        if not self.attempt.refusal:
            return []
        names = {criterion.code: criterion.name for criterion in self.sheet.criteria}
        return [
            {"key": names[mark.criterion], "value": f"{mark.value or 'No score'}. {mark.comment}".strip()}
            for mark in self.attempt.typed.values()
            if mark.criterion in names and (mark.value or mark.comment)
        ]
