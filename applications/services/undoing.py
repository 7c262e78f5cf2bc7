"""Undoing a withdrawal, until the team has acted on it."""

from django.db import transaction

from applications.enums import ApplicationState
from applications.messages import tell_applicant
from applications.models import Application
from applications.rules.states import APPLICATION
from applications.selectors import undo_refusal
from applications.services.locking import locked
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.services import record
from nextstep.refusals import Refused
from nextstep.transitions import change_state


@transaction.atomic
def undo_withdrawal(*, application: Application, by: User) -> Application:
    """Take a withdrawal back, also after the window has closed: what was sent stands again, at its own moment.

    Raises Refused where it is not withdrawn, was decided before that, or where the team has decided on others since.
    """
    application = locked(application)
    if application.state == ApplicationState.WITHDRAWN and (refusal := undo_refusal(application)):
        raise Refused(refusal)
    change_state(application, APPLICATION["undo_withdrawal"], changed_at=clock.now(), withdrawn_from="")
    record("applications.withdrawal_undone", application, by=by)
    tell_applicant("withdrawal_undone", application)
    return application
