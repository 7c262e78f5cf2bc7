"""Bursaries: awarded in one act, a tie decided by a person, one given up and passed on."""

from collections.abc import Collection

from django.db import transaction

from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused
from nextstep.transitions import change_fields, change_state
from qip.enums import ResultsState
from qip.messages import tell_winner
from qip.models import Award, Project, Results, TieDecision
from qip.permissions import check_may_see_results
from qip.rules.awarding import Outcome
from qip.rules.records import step_data
from qip.rules.states import AWARD, PASS_ON
from qip.selectors import outcome_of, project_names


class TieUnresolved(Refused):
    """Nothing tells the projects around the last bursary apart: a person must decide."""

    def __init__(self, tied: Collection[int], seats: int) -> None:
        self.tied, self.seats = frozenset(tied), seats
        super().__init__(f"{len(tied)} projects are tied for {_bursaries(seats)}. Decide the tie first, with a reason.")


@transaction.atomic
def award_bursaries(*, results: Results, version: int, by: User) -> list[Award]:
    """Give the bursaries that nobody holds to the first in order, write down every step, and tell the winners.

    Fewer scored projects than bursaries: the rest stay unawarded. Raises TieUnresolved at a tie that only a person can
    decide, Refused where all was awarded, and Stale where somebody else acted first.
    """
    check_may_see_results(by, results.panel)
    came_to = outcome_of(results)
    if came_to.tied:
        raise TieUnresolved(came_to.tied, came_to.seats_left)  # type: ignore[arg-type]
    change_state(results, AWARD, version=version, steps=[*results.steps, *_steps(came_to)])
    awards = Award.objects.bulk_create(
        Award(results=results, project_id=int(str(winner.project)), rank=winner.rank, awarded_by=by)
        for winner in came_to.winners
    )
    after = {"projects": sorted(award.project_id for award in awards), "unawarded": came_to.seats_left}
    record("qip.bursaries_awarded", results, by=by, after=after)
    _tell_winners(awards)
    return awards


@transaction.atomic
def decide_tie(*, results: Results, chosen: Collection[int], reason: str, version: int, by: User) -> TieDecision:
    """Write down which of the tied projects (by key) get the last bursaries, who said so and why.

    Raises Refused without a reason, without a tie, or where the number or the projects do not fit it.
    """
    check_may_see_results(by, results.panel)
    if not reason.strip():
        raise Refused("Give the reason for the decision. It is kept with the results.")
    came_to = outcome_of(results)
    if results.state != ResultsState.OPEN or not came_to.tied:
        raise Refused("There is no tie to decide.")
    picked = frozenset(chosen)
    if len(picked) != came_to.seats_left or not picked <= came_to.tied:
        raise Refused(f"Choose {_bursaries(came_to.seats_left, 'project')} of the {len(came_to.tied)} that are tied.")
    change_fields(results, version=version)
    decision = TieDecision.objects.create(
        results=results, tied=_keys(came_to.tied), chosen=_keys(picked), reason=reason.strip(), by=by
    )
    after = {"tied": decision.tied, "chosen": decision.chosen}
    record("qip.tie_decided", results, by=by, after=after, reason=decision.reason)
    return decision


@transaction.atomic
def give_up_award(*, award: Award, reason: str, version: int, by: User) -> None:
    """End a bursary, with a reason; the next award gives it to the next in order and leaves the others as they are."""
    check_may_see_results(by, award.results.panel)
    if not reason.strip():
        raise Refused("Say why the bursary is given up.")
    if award.given_up_at is not None:
        raise Refused("This bursary has been given up already.")
    change_state(award.results, PASS_ON, version=version)
    award.given_up_at, award.given_up_reason = clock.now(), reason.strip()
    award.save(update_fields=["given_up_at", "given_up_reason"])
    record("qip.bursary_given_up", award, by=by, after={"project": award.project_id}, reason=award.given_up_reason)


def _steps(came_to: Outcome) -> list[dict[str, object]]:
    names = project_names({project for step in came_to.steps for project in step.tied})  # type: ignore[misc]
    return [step_data(step, names) for step in came_to.steps]


def _tell_winners(awards: Collection[Award]) -> None:
    projects = Project.objects.select_related("place__fellow", "place__cohort__programme").in_bulk(
        [award.project_id for award in awards]
    )
    for award in awards:
        tell_winner(award, projects[award.project_id])


def _bursaries(number: int, word: str = "bursary") -> str:
    plural = {"bursary": "bursaries", "project": "projects"}[word]
    return f"{number} {word if number == 1 else plural}"


def _keys(projects: Collection[object]) -> list[object]:
    return sorted(projects, key=str)
