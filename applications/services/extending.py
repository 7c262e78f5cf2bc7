"""More time: for everybody who applies to a cohort, or for one person."""

from datetime import datetime

from django.db import transaction

from applications.enums import ApplicationState
from applications.messages import tell_of_more_time
from applications.models import Application, LateLink, WindowExtension
from applications.services.drafting import begun
from applications.services.locking import locked
from cohorts.models import Cohort
from cohorts.services import change_cohort
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.accounts.services.people import invite
from nextstep.audit.services import record
from nextstep.design.dates import last_moment_words
from nextstep.refusals import Refused
from nextstep.transitions import change_fields


@transaction.atomic
def extend_window(*, cohort: Cohort, closes_at: datetime, reason: str, by: User) -> WindowExtension:
    """Close a cohort's window later than now planned, also where it has closed; everyone with a draft is told.

    Raises Refused without a reason, or where that is no later; and Stale where somebody changed the cohort meanwhile.
    """
    cohort = Cohort.objects.select_related("programme").get(pk=cohort.pk)
    _check_reason(reason)
    if closes_at <= cohort.applications_close_at:
        closes = last_moment_words(cohort.applications_close_at)
        raise Refused(f"Applications close at {closes} already. Choose a later moment.")
    _check_to_come(closes_at)
    before = cohort.applications_close_at
    change_cohort(cohort=cohort, by=by, applications_close_at=closes_at)
    extension = WindowExtension.objects.create(
        cohort=cohort, closed_at=before, closes_at=closes_at, reason=reason.strip(), made_by=by, made_at=clock.now()
    )
    record(
        "applications.window_extended",
        cohort,
        by=by,
        before={"applications_close_at": before},
        after={"applications_close_at": closes_at},
        reason=reason.strip(),
    )
    drafts = Application.objects.filter(cohort=cohort, state=ApplicationState.DRAFT)
    for draft in drafts.select_related("applicant").defer("answers", "unread").iterator(500):
        draft.cohort = cohort
        tell_of_more_time("window_extended", draft, until=closes_at)
    return extension


@transaction.atomic
def give_late_link(*, cohort: Cohort, email: str, ends_at: datetime, reason: str, by: User) -> LateLink:
    """Let one person write and send an application until `ends_at`, and tell them. Others' window stays as it is.

    Somebody new gets an account, and whoever has not begun a draft. The last one given counts.
    Raises Refused without a reason, where that is no later than for everybody, or where they have sent theirs.
    """
    _check_reason(reason)
    _check_to_come(ends_at)
    person = User.objects.filter(email__iexact=email.strip()).first() or invite(email=email, by=by)
    application = locked(begun(cohort=cohort, person=person, by=by))
    if application.state not in {ApplicationState.DRAFT, ApplicationState.WITHDRAWN}:
        raise Refused("They have sent their application already.")
    if application.late_until == ends_at:
        raise Refused(f"They can apply until {last_moment_words(ends_at)} already.")
    if ends_at <= application.cohort.applications_close_at:
        raise Refused("Applications close later than that for everybody. Choose a later moment.")
    before = application.late_until
    change_fields(application, late_until=ends_at)
    link = LateLink.objects.create(
        cohort=cohort, person=person, ends_at=ends_at, reason=reason.strip(), given_by=by, given_at=clock.now()
    )
    record(
        "applications.late_link_given",
        application,
        by=by,
        before={"late_until": before},
        after={"late_until": ends_at},
        reason=reason.strip(),
    )
    tell_of_more_time("late_link", application, until=ends_at)
    return link


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("Say why. The reason is kept with what happened.")


def _check_to_come(moment: datetime) -> None:
    if moment <= clock.now():
        raise Refused("That moment has passed. Choose a later one.")
