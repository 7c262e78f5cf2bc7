"""How far each fellow is from graduation: from registers and projects, which know nothing of one another."""

from dataclasses import dataclass
from datetime import datetime

from attendance.selectors import standings_of
from cohorts.models import Cohort, Place
from cohorts.rules.graduation import Completion
from nextstep import clock
from qip.models import Project, QipTerms


@dataclass(frozen=True)
class Candidate:
    place: Place
    completion: Completion


def candidates_of(cohort: Cohort, now: datetime) -> list[Candidate]:
    """Everybody on the programme and who has completed it, by name: eight queries whatever the size of the cohort."""
    standings = standings_of(cohort, now)
    asks_project = QipTerms.objects.filter(cohort=cohort).exists()
    running = Project.objects.in_the_running().filter(place__cohort=cohort)
    presented = set(running.values_list("place_id", flat=True)) if asks_project else set()
    is_over = now.astimezone(clock.LONDON).date() >= cohort.ends_on
    places = Place.objects.on_programme().filter(cohort=cohort).select_related("fellow", "cohort__programme")
    return [
        Candidate(
            place,
            Completion(
                is_over=is_over,
                attendance_reached=standings[place.pk].reached,
                attendance_failed=standings[place.pk].failed,
                project_presented=place.pk in presented if asks_project else None,
            ),
        )
        for place in places.order_by("fellow__full_name", "pk")
    ]
