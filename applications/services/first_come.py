"""Places that go first come, first served: seats, then a queue of declared length, then nobody (domain.md, Places)."""

from applications.models import Application
from applications.services.deciding import join_reserve_list, make_offer
from cohorts.models import Cohort, Seat
from cohorts.services import NoSeatFree
from nextstep.refusals import Refused


class FullySubscribed(Refused):
    """All seats and the whole queue are taken."""

    def __init__(self) -> None:
        super().__init__("All places are taken and the queue is full, so this cohort is fully subscribed.")


def check_not_full(cohort: Cohort) -> None:
    """Raise FullySubscribed where seats and queue are full. The caller holds the cohort."""
    waiting = Application.objects.filter(cohort=cohort).on_reserve_list().count()
    seat_free = Seat.objects.filter(cohort=cohort, holder__isnull=True).exists()
    if waiting >= cohort.queue and (waiting or not seat_free):
        raise FullySubscribed


def take_first_come(application: Application) -> None:
    """Give a submitted application the next seat and its offer, or the next place in the queue.

    Nobody overtakes: while somebody waits, a freed seat is theirs. The caller holds the cohort.
    """
    if not Application.objects.filter(cohort=application.cohort).on_reserve_list().exists():
        try:
            make_offer(application, by=None)
        except NoSeatFree:
            pass
        else:
            return
    join_reserve_list(application, by=None)
