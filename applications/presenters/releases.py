"""What a release would do: who gets what, how many seats it takes, and the mails as they would be sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template import Context, Engine

from applications.enums import DecisionKind
from applications.messages import about
from applications.models import Decision
from applications.rules.deadlines import offer_ends
from applications.services import Batch
from cohorts.models import Cohort
from cohorts.selectors import seat_counts
from nextstep import clock
from nextstep.design.dates import last_moment_words
from nextstep.notifications.catalogue import message_type


@dataclass(frozen=True)
class Group:
    """Those who are told the same, in order, and the mail that the first of them gets."""

    title: str
    decisions: Sequence[Decision]
    subject: str
    mail: str


_TITLES = {
    DecisionKind.OFFER: "Offered a place",
    DecisionKind.RESERVE: "Put on the reserve list, in this order",
    DecisionKind.NOT_SELECTED: "Not selected",
}


def release_page(cohort: Cohort, batch: Batch) -> dict[str, Any]:
    """Everything that the page before a release says. The number of queries does not grow with the decisions."""
    free = seat_counts(cohort).free
    kinds = {kind: [each for each in batch.ready if each.kind == kind] for kind in DecisionKind}
    return {
        "cohort": cohort,
        "batch": batch,
        "groups": [_group(kind, decisions) for kind, decisions in kinds.items() if decisions],
        "left_out": batch.left_out,
        "free": free,
        "suffices": batch.seats_needed <= free,
    }


def _group(kind: DecisionKind, decisions: list[Decision]) -> Group:
    subject, mail = _mail(decisions[0])
    return Group(_TITLES[kind], decisions, subject, mail)


def _mail(decision: Decision) -> tuple[str, str]:
    """The subject and the words of the mail about `decision`, were it released now."""
    kind = message_type(f"applications.{decision.kind}")
    application = decision.application
    words = {
        **about(application),
        "person": application.applicant,
        "feedback": bool(decision.feedback),
        "queue": False,
        "offer_link": "(a link to the offer)",
        "deadline": last_moment_words(offer_ends(clock.now(), application.cohort.offer_days)),
    }
    text = Engine.get_default().get_template(kind.template).render(Context(words, autoescape=False))
    return kind.subject.format(**words), text.strip()
