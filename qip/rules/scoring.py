"""The official score: exact fractions, so that a tie is a tie (domain.md, QIP judging).

A project's score is the mean over judges, each counting once, of that judge's weighted mean over the criteria they
scored. Missing is not zero: what a judge did not score leaves their mean, and who scored nothing leaves the divisor.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cohorts.rules.ranking import Id
from cohorts.rules.weighing import Weights, mean_of, points_and_weight


@dataclass(frozen=True)
class Sheet:
    """What one judge gave one project: a value from 1 to 5 by criterion. Only final sheets count."""

    judge: Id
    project: Id
    values: Mapping[str, int]
    final: bool = True


@dataclass(frozen=True)
class ProjectScore:
    """The official score of a project with the number of judges in the divisor, and its mean by criterion."""

    score: Fraction
    judges: int
    criteria: Mapping[str, Fraction]


def counted(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The sheets that count: final, and with at least one criterion scored."""
    return [sheet for sheet in sheets if sheet.final and sheet.values]


def project_score(sheets: Iterable[Sheet], weights: Weights) -> ProjectScore | None:
    """The score of the one project that `sheets` are of; None where nobody's sheet counts."""
    final = counted(sheets)
    if not final:
        return None
    by_criterion: dict[str, list[int]] = defaultdict(list)
    for sheet in final:
        for criterion, value in sheet.values.items():
            by_criterion[criterion].append(value)
    criteria = {criterion: mean_of(values) for criterion, values in by_criterion.items()}
    return ProjectScore(_sum_of_judges(final, weights) / len(final), len(final), criteria)


def _sum_of_judges(sheets: Iterable[Sheet], weights: Weights) -> Fraction:
    """The sum of what each judge gave on average. Those whose scores weigh the same are added in whole numbers."""
    by_weight: dict[int, int] = defaultdict(int)
    for sheet in sheets:
        points, weight = points_and_weight(sheet.values, weights)
        by_weight[weight] += points
    return sum((Fraction(points, weight) for weight, points in by_weight.items()), Fraction())


def project_scores(
    projects: Collection[Id], sheets: Iterable[Sheet], weights: Weights
) -> dict[Id, ProjectScore | None]:
    """The score of each of `projects`; None for those that nobody scored."""
    of_project: dict[Id, list[Sheet]] = {project: [] for project in projects}
    for sheet in sheets:
        if sheet.project in of_project:
            of_project[sheet.project].append(sheet)
    return {project: project_score(own, weights) for project, own in of_project.items()}
