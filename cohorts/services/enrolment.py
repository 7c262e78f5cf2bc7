"""From a held seat to a fellow's place."""

from django.db import IntegrityError, transaction

from cohorts import messages
from cohorts.models import Cohort, Place, Seat
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused


@transaction.atomic
def enrol_fellow(
    *,
    cohort: Cohort,
    person: User,
    by: User | None,
    supervisor_name: str = "",
    supervisor_email: str = "",
    employer: str = "",
    commitment_text: str = "",
) -> Place:
    """Make `person` a fellow of `cohort`, in the seat that is held for them.

    `commitment_text` is what they agreed to, word for word; its moment is now. Supervisor and employer are copied so
    that rooms below need not ask rooms above (domain.md, Action learning sets).
    Raises Refused where no seat is held for them or they have a place already.
    """
    seat = Seat.objects.filter(cohort=cohort, holder=person).first()
    if seat is None:
        raise Refused(f"No place in {cohort} is held for {person}.")
    now = clock.now()
    try:
        with transaction.atomic():
            place = Place.objects.create(
                cohort=cohort,
                fellow=person,
                seat=seat,
                enrolled_at=now,
                commitment_text=commitment_text,
                committed_at=now if commitment_text else None,
                employer=employer,
                supervisor_name=supervisor_name,
                supervisor_email=supervisor_email,
            )
    except IntegrityError:
        raise Refused(f"{person} already has a place in {cohort}.") from None
    record("cohorts.fellow_enrolled", place, by=by, after={"seat": seat.number})
    messages.welcome(place)
    return place
