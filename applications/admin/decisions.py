"""Offer, reserve, decline: first a page that names everybody concerned, then a refusal or a result for each.

Saved, a decision waits to be released and nobody is told; told now, it is carried out at once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from applications.enums import DecisionKind
from applications.models import Application
from applications.models import Decision as PendingDecision
from applications.rules.states import APPLICATION
from applications.selectors import last_pending_rank, pending_of
from applications.services import decline_application, offer_place, put_on_reserve_list, set_decision
from cohorts.selectors import seat_counts
from nextstep.refusals import Refused
from nextstep.transitions import Transition


@dataclass(frozen=True)
class Decision:
    """`action` is the name in the menu of the list; the sentences speak of the people listed."""

    action: str
    kind: DecisionKind
    title: str
    effect: str
    button: str
    done: str
    transition: Transition
    service: Callable[..., Any]
    warns: bool = False


DECISIONS = {
    decision.action: decision
    for decision in (
        Decision(
            action="offer_place",
            kind=DecisionKind.OFFER,
            title="Offer a place",
            effect="Each takes a seat when told, and is emailed an offer with the deadline to answer.",
            button="Offer now, and email them",
            done="{count} offered a place.",
            transition=APPLICATION["offer"],
            service=offer_place,
        ),
        Decision(
            action="put_on_reserve_list",
            kind=DecisionKind.RESERVE,
            title="Put on the reserve list",
            effect="Each is put last on the reserve list when told, in the order below, and is emailed.",
            button="Put on the list now, and email them",
            done="{count} put on the reserve list.",
            transition=APPLICATION["reserve"],
            service=put_on_reserve_list,
        ),
        Decision(
            action="decline_application",
            kind=DecisionKind.NOT_SELECTED,
            title="Decline: not selected",
            effect="Each is emailed, when told, that their application was not successful.",
            button="Decline now, and email them",
            done="{count} not selected.",
            transition=APPLICATION["decline"],
            service=decline_application,
            warns=True,
        ),
    )
}


SAVED = "{count} saved. Nobody has been told: release it under Pending decisions."


@dataclass(frozen=True)
class Person:
    """Somebody whom a decision concerns, with what is decided and not told yet; `refusal` says why it cannot be."""

    application: Application
    refusal: str = ""
    pending: PendingDecision | None = None
    rank: int | None = None


def people_concerned(decision: Decision, applications: QuerySet[Application]) -> list[Person]:
    """Everybody chosen, in the order in which they applied."""
    found = list(applications.order_by("submitted_at", "pk"))
    pending = pending_of(found)
    return [
        Person(
            application,
            "" if decision.transition.allows(application.state) else decision.transition.refusal,
            pending.get(application.pk),
        )
        for application in found
    ]


def confirmation(decision: Decision, people: list[Person]) -> dict[str, Any]:
    """The page that names everybody before anything is done."""
    able = [person for person in people if not person.refusal]
    cohorts = {person.application.cohort_id: person.application.cohort for person in able}
    seats = [(cohort, seat_counts(cohort).free) for cohort in cohorts.values()]
    ranked = decision.kind == DecisionKind.RESERVE
    if ranked:
        able = [replace(person, rank=rank) for person, rank in _ranks(able)]
    return {
        "decision": decision,
        "able": able,
        "unable": [person for person in people if person.refusal],
        "seats": seats if decision.kind == DecisionKind.OFFER else [],
        "ranked": ranked,
        "with_feedback": decision.kind != DecisionKind.OFFER,
    }


def _ranks(people: list[Person]) -> Iterator[tuple[Person, int]]:
    """The rank each has among the pending decisions of their cohort, or the next one."""
    last: dict[int, int] = {}
    for person in people:
        cohort = person.application.cohort
        if cohort.pk not in last:
            last[cohort.pk] = last_pending_rank(cohort)
        if person.pending is not None and person.pending.rank is not None:
            yield person, person.pending.rank
        else:
            last[cohort.pk] += 1
            yield person, last[cohort.pk]


def carry_out(decision: Decision, people: list[Person], request: HttpRequest) -> tuple[int, list[Person]]:
    """Decide for each; answer how many it was done for, and who was refused and why."""
    done, refused = 0, []
    for person in people:
        try:
            _decide(decision, person.application, request)
        except Refused as refusal:
            refused.append(Person(person.application, str(refusal)))
        else:
            done += 1
    return done, refused


def is_told_now(request: HttpRequest) -> bool:
    """Saving is what happens unless the administrator pressed the other button."""
    return request.POST.get("when") == "now"


def _decide(decision: Decision, application: Application, request: HttpRequest) -> None:
    by: Any = request.user
    common: dict[str, Any] = {"application": application, "by": by, "version": _number(request, "version", application)}
    if decision.kind != DecisionKind.OFFER:
        common["feedback"] = request.POST.get("feedback", "").strip()
    if is_told_now(request):
        decision.service(**common)
        return
    seen, rank = (_number(request, name, application) for name in ("decision", "rank"))
    set_decision(kind=decision.kind, **common, seen=seen, rank=rank)


def _number(request: HttpRequest, name: str, application: Application) -> int | None:
    posted = request.POST.get(f"{name}_{application.pk}", "").strip()
    return int(posted) if posted.isdecimal() and len(posted) < 10 else None
