"""The results of a panel in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from cohorts.rules.weighing import decimals
from nextstep.design.furniture import tag
from qip.models import Award, Results, TieDecision
from qip.rules.awarding import Outcome
from qip.rules.records import fraction_of, step_data
from qip.selectors import JudgeProgress, OpenedResults

Cell = SafeString | str | int

PROGRESS_HEAD = ("Judge", "Organisation", "Final", "Begun", "Not begun", "Conflicts")


def progress_rows(progress: Iterable[JudgeProgress]) -> list[tuple[Cell, ...]]:
    """How many projects each judge has settled; no score is in it."""
    return [
        (
            f"{own.judge.person} (chair)" if own.judge.is_chair else str(own.judge.person),
            own.judge.organisation,
            own.final,
            own.begun,
            own.not_begun,
            len(own.conflicts),
        )
        for own in progress
    ]


@dataclass(frozen=True)
class ResultsPage:
    """Opened results, for the page about them."""

    opened: OpenedResults

    @property
    def results(self) -> Results:
        return self.opened.results

    @property
    def outcome(self) -> Outcome:
        return self.opened.outcome

    @property
    def names(self) -> dict[Any, str]:
        return self.opened.names

    @property
    def head(self) -> list[str]:
        return ["Rank", "Project", "Mean score", "Judges", str(self.results.ballot["tie_break_name"]), "Bursary"]

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The whole order; projects of one rank by name, which here is for reading and decides nothing."""
        rows: list[tuple[Cell, ...]] = []
        for group in self.outcome.order:
            rank = f"{group.rank}=" if len(group.members) > 1 else str(group.rank)
            rows += [self._row(rank, project) for project in sorted(group.members, key=self.names.__getitem__)]
        unscored = sorted(self.names[project] for project in self.outcome.unscored)
        return rows + [("–", name, "Not scored", 0, "–", "") for name in unscored]

    def _row(self, rank: str, project: Any) -> tuple[Cell, ...]:
        stored = self.results.ballot["scores"][str(project)]
        named = stored["criteria"].get(self.results.ballot["tie_break"])
        return (
            rank,
            self.names[project],
            decimals(fraction_of(stored["score"])),
            stored["judges"],
            decimals(fraction_of(named)) if named else "–",
            self._bursary(project),
        )

    def _bursary(self, project: Any) -> SafeString | str:
        award = self._award_of.get(project)
        if award is None:
            return tag("Tied", "yellow") if project in self.outcome.tied else ""
        return tag("Given up", "grey") if award.given_up_at else tag("Awarded", "green")

    @cached_property
    def _award_of(self) -> dict[int, Award]:
        return {award.project_id: award for award in reversed(self.opened.awards)}

    @property
    def held(self) -> list[tuple[Award, str]]:
        return [(award, self.names[award.project_id]) for award in self.opened.awards if not award.given_up_at]

    @property
    def about_to_win(self) -> list[str]:
        """Whom an award would go to now, in order."""
        winners = sorted(self.outcome.winners, key=lambda winner: (winner.rank, self.names[winner.project]))
        return [f"{winner.rank}. {self.names[winner.project]}" for winner in winners]

    @property
    def steps(self) -> list[str]:
        """The ladder as it was climbed: as written at the award, and as it stands for what is still open."""
        written = [str(step["sentence"]) for step in self.results.steps]
        return written + [step_data(step, self.names)["sentence"] for step in self.outcome.steps]

    @property
    def decisions(self) -> list[TieDecision]:
        return self.opened.decisions

    @property
    def near_ties(self) -> list[str]:
        return [
            f"{self.names[row['ahead']]} is {decimals(fraction_of(row['difference']))} ahead of "
            f"{self.names[row['behind']]}."
            for row in self.results.near_ties
        ]

    @property
    def tied(self) -> dict[int, str]:
        return {int(str(project)): self.names[project] for project in self.outcome.tied}

    @property
    def unawarded(self) -> int:
        """Bursaries for which there is no scored project."""
        return 0 if self.outcome.tied else self.outcome.seats_left
