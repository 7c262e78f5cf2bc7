"""A judge's scores, saved as each is touched.

Two devices of one judge never overwrite each other silently: each score has a version, and whoever has not seen the
last one is told what it is. Each save raises the version of the assessment, if nobody else did since it was read, so
that scoring, finalising and opening the results take their turns on any database.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F

from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused, Stale
from qip.enums import AssessmentState
from qip.models import Assessment, Judge, Project, Score
from qip.permissions import check_is_judge
from qip.selectors import conflict_between, criteria_of, missing_of, own_scores
from qip.services.rubrics import freeze

CLOSED = {
    AssessmentState.FINAL: "Your scores of this project are final, so they can no longer change.",
    AssessmentState.RECUSED: "You declared a conflict of interest with this project, so you cannot score it.",
    AssessmentState.LEFT_OUT: "Results are open, so scores can no longer change.",
}

# Collisions need two devices of one judge at the same moment: the second try wins.
TRIES = 3


@dataclass(frozen=True)
class Mark:
    """What a judge puts down for one criterion. `version` is that of the score they saw; 0 where there was none."""

    criterion: str
    value: int | None
    comment: str
    version: int


@dataclass(frozen=True)
class Saved:
    """The judge's scores by criterion as they now stand, and what is `missing` before they can be final.

    Of the criteria in `conflicts` the mark was not taken.
    """

    scores: Mapping[str, Score]
    conflicts: frozenset[str]
    missing: tuple[str, ...]


class StaleScore(Stale):
    """This score was changed on another device; `score` is what stands."""

    def __init__(self, score: Score) -> None:
        self.score = score
        super().__init__("You changed this score somewhere else since you opened the page.")


def save_scores(*, judge: Judge, project: Project, marks: Sequence[Mark], by: User) -> Saved:
    """Save each mark (values from 1 to 5, or None for a comment alone) whose version is the last one.

    A mark that says what is stored already is no change, whatever its version: sending it twice saves it once.
    Raises Refused where the scores are final, the judge has a conflict, or results are open.
    """
    check_is_judge(by, judge)
    refuse_where_closed(judge, project)
    for _ in range(TRIES):
        # A collision of two devices undoes this try alone: the next one sees what the other wrote.
        with suppress(IntegrityError, _Overtaken):
            return _save(judge, project, marks, by=by)
    raise Stale


def score_criterion(
    *, judge: Judge, project: Project, criterion: str, value: int | None, version: int, by: User, comment: str = ""
) -> Score:
    """Save one score: see `save_scores`. Raises StaleScore where another device was first."""
    mark = Mark(criterion, value, comment, version)
    saved = save_scores(judge=judge, project=project, marks=[mark], by=by)
    if saved.conflicts:
        raise StaleScore(saved.scores[criterion])
    return saved.scores[criterion]


def refuse_where_closed(judge: Judge, project: Project) -> None:
    """Raise Refused where results are open, or the portal found a conflict, from loaded objects."""
    if hasattr(judge.panel, "results"):
        raise Refused(CLOSED[AssessmentState.LEFT_OUT])
    if conflict := conflict_between(judge, project):
        raise Refused(f"You cannot score this project. {conflict}")


class _Overtaken(Exception):
    """The assessment changed between reading and locking it."""


@transaction.atomic
def _save(judge: Judge, project: Project, marks: Sequence[Mark], *, by: User) -> Saved:
    """One try, in five queries: read, criteria, lock, write, audit; without a change nothing is locked or written."""
    assessment, found = own_scores(judge, project)
    if assessment is not None and assessment.state != AssessmentState.OPEN:
        raise Refused(CLOSED[AssessmentState(assessment.state)])
    stored = _stored(found, judge)
    if unknown := {mark.criterion for mark in marks} - stored.keys():
        raise Refused(f"The rubric has no criterion {', '.join(sorted(unknown))}.")
    changes = [mark for mark in marks if _differs(mark, stored[mark.criterion])]
    taken = [mark for mark in changes if mark.version == stored[mark.criterion].version]
    if taken:
        assessment = _locked(assessment) if assessment else _begun(judge, project, by=by)
        _write(assessment, taken, stored, by=by)
    conflicts = frozenset(mark.criterion for mark in changes if mark not in taken)
    scores = {code: score for code, score in stored.items() if score.version}
    return Saved(scores, conflicts, missing_of([score.criterion for score in stored.values()], scores))


def _locked(assessment: Assessment) -> Assessment:
    """Keep others out until the transaction ends; what was read before still holds, or the try is given up."""
    same = Assessment.objects.filter(pk=assessment.pk, state=AssessmentState.OPEN, version=assessment.version)
    if not same.update(version=F("version") + 1):
        raise _Overtaken
    return assessment


def _begun(judge: Judge, project: Project, *, by: User) -> Assessment:
    """The first score of this judge for this project; the first of all freezes the rubric."""
    rubric = judge.panel.cohort.qip_rubric
    if rubric.frozen_at is None:
        freeze(rubric, by=by)
    assessment = Assessment(judge=judge, project=project)
    Assessment.objects.bulk_create([assessment])
    return assessment


def _stored(scores: Iterable[Score], judge: Judge) -> dict[str, Score]:
    """The judge's score of each criterion, or an unsaved one of version 0."""
    of_criterion = {score.criterion_id: score for score in scores}
    stored = {}
    for criterion in criteria_of(judge.panel.cohort):
        score = of_criterion.get(criterion.pk) or Score(value=None, comment="", version=0)
        score.criterion = criterion
        stored[criterion.code] = score
    return stored


def _differs(mark: Mark, score: Score) -> bool:
    return (mark.value, mark.comment) != (score.value, score.comment)


def _write(assessment: Assessment, marks: Sequence[Mark], stored: Mapping[str, Score], *, by: User) -> None:
    scores = [stored[mark.criterion] for mark in marks]
    before = {mark.criterion: score.value for mark, score in zip(marks, scores, strict=True)}
    now = clock.now()
    for mark, score in zip(marks, scores, strict=True):
        score.value, score.comment, score.saved_at, score.version = mark.value, mark.comment, now, score.version + 1
    Score.objects.bulk_create(
        [
            Score(
                assessment=assessment,
                criterion_id=score.criterion_id,
                value=score.value,
                comment=score.comment,
                saved_at=now,
                version=score.version,
            )
            for score in scores
        ],
        update_conflicts=True,
        unique_fields=["assessment", "criterion"],
        update_fields=["value", "comment", "saved_at", "version"],
    )
    after = {mark.criterion: mark.value for mark in marks}
    record("qip.scored", assessment, by=by, before=before, after=after)
