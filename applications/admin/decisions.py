"""Offer, reserve, decline: first a page that names everybody concerned, then a refusal or a result for each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from applications.models import Application
from applications.rules.states import APPLICATION
from applications.services import decline_application, offer_place, put_on_reserve_list
from cohorts.selectors import seat_counts
from nextstep.refusals import Refused
from nextstep.transitions import Transition


@dataclass(frozen=True)
class Decision:
    """`action` is the name in the menu of the list; the sentences speak of the people listed."""

    action: str
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
            title="Offer a place",
            effect="Each takes a seat and is emailed an offer now, with the deadline to answer.",
            button="Offer a place",
            done="{count} offered a place.",
            transition=APPLICATION["offer"],
            service=offer_place,
        ),
        Decision(
            action="put_on_reserve_list",
            title="Put on the reserve list",
            effect="Each is put last on the reserve list, in the order below, and is emailed now.",
            button="Put on the reserve list",
            done="{count} put on the reserve list.",
            transition=APPLICATION["reserve"],
            service=put_on_reserve_list,
        ),
        Decision(
            action="decline_application",
            title="Decline: not selected",
            effect="Each is emailed now that their application was not successful.",
            button="Decline these applications",
            done="{count} not selected.",
            transition=APPLICATION["decline"],
            service=decline_application,
            warns=True,
        ),
    )
}


@dataclass(frozen=True)
class Person:
    """Somebody whom a decision concerns; `refusal` says why it cannot be taken for them."""

    application: Application
    refusal: str = ""


def people_concerned(decision: Decision, applications: QuerySet[Application]) -> list[Person]:
    """Everybody chosen, in the order in which they applied."""
    return [
        Person(application, "" if decision.transition.allows(application.state) else decision.transition.refusal)
        for application in applications.order_by("submitted_at", "pk")
    ]


def confirmation(decision: Decision, people: list[Person]) -> dict[str, Any]:
    """The page that names everybody before anything is done."""
    able = [person for person in people if not person.refusal]
    cohorts = {person.application.cohort_id: person.application.cohort for person in able}
    seats = [(cohort, seat_counts(cohort).free) for cohort in cohorts.values()]
    return {
        "decision": decision,
        "able": able,
        "unable": [person for person in people if person.refusal],
        "seats": seats if decision.action == "offer_place" else [],
    }


def carry_out(decision: Decision, people: list[Person], request: HttpRequest) -> tuple[int, list[Person]]:
    """Decide for each; answer how many it was done for, and who was refused and why."""
    done, refused = 0, []
    for person in people:
        seen = request.POST.get(f"version_{person.application.pk}", "")
        try:
            decision.service(
                application=person.application, by=request.user, version=int(seen) if seen.isdigit() else None
            )
        except Refused as refusal:
            refused.append(Person(person.application, str(refusal)))
        else:
            done += 1
    return done, refused
