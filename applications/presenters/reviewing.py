"""A reviewer's pages in words: their list, and one application beside its score sheet."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from applications.enums import Confidence, DocumentType, ReviewRoundState, ReviewState
from applications.models import Document, Review, ReviewCriterion, ReviewRound
from applications.selectors.reviewing import OtherReview, ReviewSheet
from applications.services.reviewing import OVERALL, Mark
from cohorts.rules.weighing import decimals
from nextstep.clock import LONDON
from nextstep.design.dates import time_words
from nextstep.design.furniture import link, tag

SCALE = [(str(value), str(value)) for value in range(1, 6)]


def task_rows(review_round: ReviewRound, tasks: Iterable[Mapping[str, Any]], criteria: int) -> list[list[SafeString]]:
    """The application with a link to its review, and the reviewer's own progress."""
    return [
        [
            link(
                task["application__reference"],
                reverse("applications:review", args=[review_round.public_id, task["public_id"]]),
            ),
            _status(task, criteria),
        ]
        for task in tasks
    ]


def _status(task: Mapping[str, Any], criteria: int) -> SafeString:
    if task["state"] == ReviewState.RECUSED:
        return tag("Conflict of interest", "grey")
    if task["state"] == ReviewState.FINAL:
        return tag("Final", "green")
    if task["scored"] >= criteria:
        return tag("Not final yet", "yellow")
    return tag(f"{task['scored']} of {criteria} scored", "blue") if task["scored"] else tag("Not started", "white")


@dataclass(frozen=True)
class Block:
    """One part of the score sheet: what is chosen, what is stored, and whether the two came apart."""

    code: str
    name: str
    value: int | None
    comment: str
    version: int
    stored_value: int | None
    stored_comment: str
    saved_at: Any
    criterion: ReviewCriterion | None = None
    conflict: bool = False
    missing: bool = False

    @property
    def saved_words(self) -> str:
        return f"Saved at {self.saved_time}" if self.version else ""

    @property
    def saved_time(self) -> str:
        return time_words(self.saved_at.astimezone(LONDON).time()) if self.saved_at else ""

    @property
    def stored_words(self) -> str:
        """What another device saved."""
        value = Confidence(self.stored_value).label if self.stored_value and not self.criterion else self.stored_value
        comment = f", “{self.stored_comment}”" if self.stored_comment else ""
        return f"{value or 'nothing chosen'}{comment}, at {self.saved_time}"

    @property
    def radios(self) -> dict[str, Any]:
        words = f"Score for {self.name.lower()}" if self.criterion else "How sure are you? (optional)"
        options = SCALE if self.criterion else [(str(value), label) for value, label in Confidence.choices]
        params: dict[str, Any] = {
            "idPrefix": f"score-{self.code}",
            "name": f"score-{self.code}",
            "fieldset": {"legend": {"text": words, "size": "s"}},
            "items": [{"value": value, "text": text, "checked": value == str(self.value)} for value, text in options],
        }
        if self.criterion:
            params["classes"] = "app-scale"
        else:
            params["hint"] = {"text": "The team sees it beside your scores. It never changes a score."}
        if self.missing and self.criterion and self.value is None:
            params["errorMessage"] = {"text": "Choose a score"}
        return params

    @property
    def textarea(self) -> dict[str, Any]:
        required = self.criterion is not None and self.criterion.comment_required
        words = f"Comment on {self.name.lower()}" if self.criterion else "Anything to say about the whole?"
        params: dict[str, Any] = {
            "id": f"comment-{self.code}",
            "name": f"comment-{self.code}",
            "rows": "2",
            "label": {"text": words if required else f"{words} (optional)"},
            "value": self.comment or None,
        }
        if self.missing and required and not self.comment:
            params["errorMessage"] = {"text": "Write a comment"}
        return params


@dataclass(frozen=True)
class Attempt:
    """What a reviewer sent that was not taken, or not in whole. `refusal` says why nothing was."""

    typed: Mapping[str, Mark] = field(default_factory=dict)
    conflicts: Collection[str] = ()
    show_missing: bool = False
    refusal: str = ""


def blocks_of(sheet: ReviewSheet, attempt: Attempt | None = None) -> list[Block]:
    """The criteria, then the whole, with what was typed or, without that, what is stored.

    The version is the stored one's: after a conflict, saving again replaces it knowingly.
    """
    tried = attempt or Attempt()
    return [*(_block(criterion, sheet, tried) for criterion in sheet.criteria), _overall(sheet.review, tried)]


def _block(criterion: ReviewCriterion, sheet: ReviewSheet, attempt: Attempt) -> Block:
    stored = sheet.scores.get(criterion.code)
    shown = attempt.typed.get(criterion.code) or stored
    return Block(
        code=criterion.code,
        name=criterion.name,
        criterion=criterion,
        value=shown.value if shown else None,
        comment=shown.comment if shown else "",
        version=stored.version if stored else 0,
        stored_value=stored.value if stored else None,
        stored_comment=stored.comment if stored else "",
        saved_at=stored.saved_at if stored else None,
        conflict=criterion.code in attempt.conflicts,
        missing=attempt.show_missing,
    )


def _overall(review: Review, attempt: Attempt) -> Block:
    typed = attempt.typed.get(OVERALL)
    return Block(
        code=OVERALL,
        name="Overall",
        value=typed.value if typed else review.confidence,
        comment=typed.comment if typed else review.comment,
        version=review.overall_version,
        stored_value=review.confidence,
        stored_comment=review.comment,
        saved_at=review.overall_saved_at,
        conflict=OVERALL in attempt.conflicts,
    )


@dataclass(frozen=True)
class ReadDocument:
    """A document by what it is, never by the name of its file."""

    label: str
    facts: str
    # Where it is read: the PDF itself, or the words of another kind of file.
    url: str

    @property
    def summary(self) -> str:
        return f"Read: {self.label} ({self.facts})"


def read_documents(review: Review, documents: Iterable[Document]) -> list[ReadDocument]:
    """In the order asked for."""
    place = [review.round.public_id, review.public_id]
    return [
        ReadDocument(
            document.required.label + (f" {document.number}" if document.required.number > 1 else ""),
            _facts(document),
            reverse(
                "applications:review_document"
                if document.kind == DocumentType.PDF
                else "applications:review_document_text",
                args=[*place, document.public_id],
            ),
        )
        for document in documents
    ]


def _facts(document: Document) -> str:
    if document.kind != DocumentType.PDF:
        return "text"
    return f"PDF, {document.pages} page{'' if document.pages == 1 else 's'}" if document.pages else "PDF"


@dataclass(frozen=True)
class ReviewPage:
    sheet: ReviewSheet
    attempt: Attempt = field(default_factory=Attempt)
    others: tuple[OtherReview, ...] = ()

    @property
    def state(self) -> str:
        return ReviewState.RECUSED if self.sheet.conflict else self.sheet.review.state

    @property
    def may_read(self) -> bool:
        return self.state != ReviewState.RECUSED

    @property
    def may_score(self) -> bool:
        return self.state == ReviewState.OPEN and self.sheet.review.round.state == ReviewRoundState.OPEN

    @cached_property
    def blocks(self) -> list[Block]:
        return blocks_of(self.sheet, self.attempt)

    @property
    def scores(self) -> list[dict[str, str]]:
        """The reviewer's own scores once they can no longer change."""
        return [{"key": block.name, "value": _score_words(block)} for block in self.blocks]

    @property
    def other_rows(self) -> list[list[str]]:
        """A row for each criterion with what each other reviewer gave; then the weighted means."""
        rows = [
            [criterion.name, *(str(other.values.get(criterion.pk, "None")) for other in self.others)]
            for criterion in self.sheet.criteria
        ]
        return [*rows, ["Weighted mean", *(decimals(other.mean, 2) for other in self.others)]]

    @property
    def other_head(self) -> list[str]:
        return ["Criterion", *(f"Reviewer {number}" for number in range(2, len(self.others) + 2))]

    @property
    def errors(self) -> list[dict[str, str]]:
        """For the error summary: a refusal, scores that another device changed, what is missing."""
        errors = [{"text": self.attempt.refusal}] if self.attempt.refusal else []
        errors += [
            {"text": f"{block.name}: changed on another device", "href": f"#criterion-{block.code}"}
            for block in self.blocks
            if block.conflict
        ]
        return errors + (self._missing_links() if self.attempt.show_missing else [])

    def _missing_links(self) -> list[dict[str, str]]:
        links = []
        for block in self.blocks:
            if block.criterion is None:
                continue
            if block.value is None:
                links.append({"text": f"{block.name}: choose a score", "href": f"#score-{block.code}"})
            if block.criterion.comment_required and not block.comment:
                links.append({"text": f"{block.name}: write a comment", "href": f"#comment-{block.code}"})
        return links

    @property
    def not_saved(self) -> list[dict[str, str]]:
        """After a refusal, what the reviewer sent, so that no word of it is lost."""
        if not self.attempt.refusal:
            return []
        return [
            {"key": block.name, "value": _score_words(block)}
            for block in self.blocks
            if block.code in self.attempt.typed and (block.value or block.comment)
        ]


def _score_words(block: Block) -> str:
    if block.criterion:
        words = str(block.value) if block.value else "No score"
    else:
        words = Confidence(block.value).label if block.value in Confidence.values else ""
    return ". ".join(part for part in (words, block.comment) if part) or "Nothing said"
