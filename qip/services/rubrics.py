"""The rubric of a cohort: made with its panel, edited until the first score, then frozen."""

from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from cohorts.models import Cohort
from cohorts.permissions import check_may_administer
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused
from qip.models import Criterion, Rubric
from qip.rules.default_rubric import DEFAULT_RUBRIC

WORDS = ("code", "position", "name", "weight", "guidance", "level_1", "level_3", "level_5", "comment_required")


@transaction.atomic
def make_default_rubric(*, cohort: Cohort, by: User | None) -> Rubric:
    """Give the cohort the default rubric, or answer the one it has. Called by the loader, where `by` may be None."""
    rubric, made = Rubric.objects.get_or_create(cohort=cohort)
    if made:
        Criterion.objects.bulk_create(
            Criterion(rubric=rubric, position=position, **asdict(words))
            for position, words in enumerate(DEFAULT_RUBRIC, start=1)
        )
        record("qip.rubric_made", rubric, by=by)
    return rubric


@transaction.atomic
def save_criterion(*, rubric: Rubric, by: User, criterion: Criterion | None = None, **words: Any) -> Criterion:
    """Add a criterion, or change one: any of WORDS, and `breaks_ties`, which only one criterion can have.

    Raises Refused once scoring has begun, and where the rubric has a criterion of that code already. Without anything
    to change nothing is written.
    """
    check_may_administer(by, rubric.cohort)
    if criterion is not None and not words:
        return criterion
    _next_version(rubric)
    breaks_ties = words.pop("breaks_ties", None)
    target = criterion or Criterion(rubric=rubric, position=rubric.criteria.count() + 1)
    before = _words(target)
    for name in WORDS:
        if name in words:
            setattr(target, name, words[name])
    try:
        with transaction.atomic():
            target.save()
    except IntegrityError:
        raise Refused(f"This rubric has a criterion with the code “{target.code}” already.") from None
    if breaks_ties:
        _let_it_break_ties(rubric, target)
    changed = {name: value for name, value in _words(target).items() if value != before[name]}
    old = {name: before[name] for name in changed} if criterion else {}
    record("qip.rubric_changed", rubric, by=by, before=old, after={"criterion": target.code, **changed})
    return target


@transaction.atomic
def remove_criterion(*, criterion: Criterion, by: User) -> None:
    """Take a criterion out. Raises Refused once scoring has begun, and for the one that decides ties."""
    rubric = criterion.rubric
    check_may_administer(by, rubric.cohort)
    if criterion.breaks_ties:
        raise Refused("This criterion decides ties. Let another one decide them first.")
    _next_version(rubric)
    before = _words(criterion)
    criterion.delete()
    record("qip.rubric_changed", rubric, by=by, before=before)


def freeze(rubric: Rubric, *, by: User) -> None:
    """Close the rubric to changes, once; in the transaction of the first score."""
    now = clock.now()
    if Rubric.objects.filter(pk=rubric.pk, frozen_at__isnull=True).update(frozen_at=now):
        record("qip.rubric_frozen", rubric, by=by, after={"version": rubric.version})
    rubric.frozen_at = now


def _next_version(rubric: Rubric) -> None:
    """Raise the edition, which also keeps a first score waiting until this change is in or refused."""
    if not Rubric.objects.filter(pk=rubric.pk, frozen_at__isnull=True).update(version=F("version") + 1):
        raise Refused("Scoring has begun, so the rubric can no longer change.")
    rubric.version += 1


def _let_it_break_ties(rubric: Rubric, criterion: Criterion) -> None:
    rubric.criteria.exclude(pk=criterion.pk).update(breaks_ties=False)
    rubric.criteria.filter(pk=criterion.pk).update(breaks_ties=True)
    criterion.breaks_ties = True


def _words(criterion: Criterion) -> dict[str, Any]:
    return {name: getattr(criterion, name) for name in (*WORDS, "breaks_ties")}
