"""Completing a programme."""

from django.db import transaction

from cohorts import messages
from cohorts.models import Place
from cohorts.permissions import check_may_administer
from cohorts.rules.graduation import Completion, missing_for_graduation
from cohorts.rules.states import GRADUATE
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused
from nextstep.transitions import change_state


@transaction.atomic
def graduate_fellow(*, place: Place, completion: Completion, by: User) -> Place:
    """Record that a fellow has completed the programme, and tell them what comes with it.

    `completion` is what the roof gathered from registers and projects. Raises Refused where something is missing or
    the fellow is not on the programme, and Stale where the place changed meanwhile.
    """
    check_may_administer(by, place.cohort)
    if missing := missing_for_graduation(completion):
        raise Refused(f"{place.fellow} cannot graduate: {', '.join(missing)}.")
    change_state(place, GRADUATE)
    record("cohorts.fellow_graduated", place, by=by)
    messages.congratulate(place)
    return place
