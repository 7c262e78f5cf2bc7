"""Pages of the administration that give applicants more time."""

from typing import Any

from applications.models import LateLink, WindowExtension
from applications.services import extend_window, give_late_link
from nextstep.clock import LONDON
from tests.journeys.office import WORDS, Office
from tests.journeys.scenes import Scene


def _moment(name: str, moment: Any) -> dict[str, str]:
    local = moment.astimezone(LONDON)
    return {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M:%S}"}


def extending_the_window() -> Scene:
    office = Office()
    cohort = office.cohort
    later = cohort.applications_close_at.replace(month=7)
    return office.adds(
        WindowExtension,
        {"cohort": str(cohort.pk), "reason": WORDS, **_moment("closes_at", later)},
        typed=WORDS,
        twice="Applications close at 11:59pm on 2 July 2025 already.",
        meanwhile=lambda: extend_window(cohort=cohort, closes_at=later, reason="Late mails", by=office.owner),
        stale="Applications close at 11:59pm on 2 July 2025 already.",
    )


def giving_a_late_link() -> Scene:
    office = Office()
    cohort, email = office.cohort, "zoe.late@example.nhs.uk"
    later = cohort.applications_close_at.replace(month=7)

    def elsewhere() -> None:
        give_late_link(cohort=cohort, email=email, ends_at=later, reason="Illness", by=office.owner)

    return office.adds(
        LateLink,
        {"cohort": str(cohort.pk), "email": email, "reason": WORDS, **_moment("ends_at", later)},
        typed=WORDS,
        twice="They can apply until 11:59pm on 2 July 2025 already.",
        meanwhile=elsewhere,
        stale="They can apply until 11:59pm on 2 July 2025 already.",
    )
