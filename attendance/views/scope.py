"""The sessions and people that a request may reach."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django_htmx.middleware import HtmxDetails

from attendance.permissions import may_keep_register
from cohorts.models import Place
from nextstep.accounts.models import User
from sessions_app.models import TeachingSession

# What the pages of a register use; all columns of these tables take half as long again to ask for.
SESSION_FIELDS = (
    *("public_id", "kind", "title", "venue", "starts_at", "ends_at", "state", "register_closure__session"),
    *("cohort__programme", "cohort__slug", "cohort__present_share"),
)


class SignedInRequest(HttpRequest):
    """What a view gets that lets only signed-in people in."""

    user: User
    htmx: HtmxDetails


def kept_session(request: SignedInRequest, public_id: UUID) -> TeachingSession:
    """A session whose register the person keeps. Raises PermissionDenied for any other, and Http404 for none."""
    found = TeachingSession.objects.select_related("cohort", "register_closure").only(*SESSION_FIELDS)
    session = get_object_or_404(found, public_id=public_id)
    if not may_keep_register(request.user, session):
        raise PermissionDenied
    return session


def person_of(session: TeachingSession, public_id: UUID) -> Place:
    """Somebody with a place in the session's cohort."""
    people = Place.objects.select_related("fellow").only("public_id", "cohort", "fellow__full_name", "fellow__email")
    return get_object_or_404(people, public_id=public_id, cohort=session.cohort_id)
