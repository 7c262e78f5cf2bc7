"""Results as plain data, exact to the last digit, and the sentences that say how they came about."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from cohorts.rules.ranking import Id, NearTie, Tied
from cohorts.rules.weighing import decimals, fraction_text
from qip.rules.awarding import Ballot
from qip.rules.ladder import CRITERION, DECISION, HEAD_TO_HEAD, SCORE, Pair, Step
from qip.rules.scoring import ProjectScore, Sheet

Names = Mapping[Any, str]


def fraction_of(text: str) -> Fraction:
    return Fraction(text)


def ballot_data(ballot: Ballot) -> dict[str, Any]:
    """A ballot as JSON that is the same whatever the order of its sheets and projects."""
    scores = sorted(ballot.scores().items(), key=lambda scored: str(scored[0]))
    return {
        "weights": dict(sorted(ballot.weights.items())),
        "tie_break": ballot.tie_break,
        "tie_break_name": ballot.tie_break_name,
        "projects": sorted(ballot.projects, key=str),
        "sheets": [_sheet_data(sheet) for sheet in sorted(ballot.sheets, key=_by_project_and_judge)],
        "scores": {str(project): _score_data(result) for project, result in scores if result},
    }


def _sheet_data(sheet: Sheet) -> dict[str, Any]:
    return {"judge": sheet.judge, "project": sheet.project, "values": dict(sorted(sheet.values.items()))}


def _by_project_and_judge(sheet: Sheet) -> tuple[str, str]:
    return str(sheet.project), str(sheet.judge)


def _score_data(result: ProjectScore) -> dict[str, Any]:
    criteria = {code: fraction_text(mean) for code, mean in sorted(result.criteria.items())}
    return {"score": fraction_text(result.score), "judges": result.judges, "criteria": criteria}


def ballot_of(data: Mapping[str, Any]) -> Ballot:
    """The ballot that `ballot_data` wrote."""
    return Ballot(
        weights=data["weights"],
        tie_break=data["tie_break"],
        tie_break_name=data["tie_break_name"],
        projects=data["projects"],
        sheets=[Sheet(sheet["judge"], sheet["project"], sheet["values"]) for sheet in data["sheets"]],
    )


def step_data(step: Step, names: Names) -> dict[str, Any]:
    """A step of the ladder as data, with its sentence."""
    return {
        "rung": step.rung,
        "seats": step.seats,
        "tied": _listed(step.tied),
        "groups": [_listed(group) for group in step.groups],
        "figures": {str(project): _exact(figure) for project, figure in sorted((step.figures or {}).items(), key=str)},
        "pairs": [[pair.one, pair.other, pair.for_one, pair.for_other] for pair in step.pairs],
        "sentence": step_sentence(step, names),
    }


def near_data(near: Iterable[NearTie]) -> list[dict[str, Any]]:
    rows = [{"ahead": pair.ahead, "behind": pair.behind, "difference": fraction_text(pair.difference)} for pair in near]
    return sorted(rows, key=lambda row: (str(row["ahead"]), str(row["behind"])))


def step_sentence(step: Step, names: Names) -> str:
    """What the step found and what followed, for the minutes."""
    start = {
        SCORE: f"{step.why} Tied: {_named(step.tied, names)}.",
        CRITERION: f"{step.why} {_figures_words(step, names)}",
        HEAD_TO_HEAD: f"{step.why} {_pairs_words(step.pairs, names)}",
        DECISION: step.why,
    }[step.rung].strip()
    if len(step.groups) < 2:
        return start
    return f"{start} Order: {'; then '.join(_named(group, names) for group in step.groups)}."


def _figures_words(step: Step, names: Names) -> str:
    known = [(names[project], figure) for project, figure in (step.figures or {}).items() if figure is not None]
    return "; ".join(f"{name} {decimals(figure)}" for name, figure in sorted(known)) + "." if known else ""


def _pairs_words(pairs: Iterable[Pair], names: Names) -> str:
    words = sorted(
        f"{names[pair.one]} {pair.for_one}, {names[pair.other]} {pair.for_other}"
        if names[pair.one] <= names[pair.other]
        else f"{names[pair.other]} {pair.for_other}, {names[pair.one]} {pair.for_one}"
        for pair in pairs
    )
    return "; ".join(words) + "." if words else ""


def _named(projects: Tied, names: Names) -> str:
    """In the order of the alphabet, which here is for reading and decides nothing."""
    return ", ".join(sorted(names[project] for project in projects))


def _listed(projects: Tied) -> list[Id]:
    return sorted(projects, key=str)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else fraction_text(value)
