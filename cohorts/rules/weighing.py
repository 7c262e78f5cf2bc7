"""Scores by weighted criteria, in exact fractions, so that a tie is a tie (domain.md, QIP judging).

Missing is not zero: what was not scored leaves the mean.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Weights = Mapping[str, int]


def weighted_mean(values: Mapping[str, int], weights: Weights) -> Fraction:
    """The weighted mean over the criteria that were scored, of which there is at least one."""
    return Fraction(*points_and_weight(values, weights))


def points_and_weight(values: Mapping[str, int], weights: Weights) -> tuple[int, int]:
    """The weighted sum over the criteria that were scored, and their weight: their mean in two whole numbers."""
    points = weight = 0
    for criterion, value in values.items():
        points += weights[criterion] * value
        weight += weights[criterion]
    return points, weight


def mean_of(values: Collection[Fraction] | Collection[int]) -> Fraction:
    """The mean of at least one value."""
    return Fraction(sum(values), len(values))


def decimals(value: Fraction, places: int = 3) -> str:
    """The value to `places` decimals, half up, worked out in whole numbers."""
    scale = 10**places
    whole, part = divmod((2 * value.numerator * scale + value.denominator) // (2 * value.denominator), scale)
    return f"{whole}.{part:0{places}d}"


def fraction_text(value: Fraction) -> str:
    """ "7/2": exact, and the same for the same value."""
    return f"{value.numerator}/{value.denominator}"


@dataclass(frozen=True)
class Asked:
    """What a rubric asks of whoever scores, for one criterion."""

    code: str
    name: str
    comment_required: bool


@dataclass(frozen=True)
class Given:
    """What has been put down for one criterion so far; a comment may come before the score."""

    value: int | None = None
    comment: str = ""


def still_missing(asked: Iterable[Asked], given: Mapping[str, Given]) -> tuple[str, ...]:
    """What stands between a sheet and final, in the rubric's order: "Measurement: a score"."""
    missing: list[str] = []
    for criterion in asked:
        own = given.get(criterion.code, Given())
        if own.value is None:
            missing.append(f"{criterion.name}: a score")
        if criterion.comment_required and not own.comment.strip():
            missing.append(f"{criterion.name}: a comment")
    return tuple(missing)
