"""Completing a programme: what is missing, who may say so, and that it happens once."""

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.enums import PlaceState
from cohorts.rules.graduation import Completion, missing_for_graduation
from cohorts.services import graduate_fellow
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.refusals import Refused
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.cohorts import GraduationTermsFactory, PlaceFactory, TeamRoleFactory

OVER, ATTENDANCE = "the programme is not over", "attendance is not met yet"
FAILED, PROJECT = "attendance can no longer be met", "no project was handed in"


@pytest.mark.parametrize(
    ("is_over", "reached", "failed", "presented", "missing"),
    [
        (True, True, False, True, []),
        (True, True, False, None, []),
        (False, True, False, True, [OVER]),
        (True, False, False, True, [ATTENDANCE]),
        (True, False, True, True, [FAILED]),
        (True, True, False, False, [PROJECT]),
        (False, False, False, False, [OVER, ATTENDANCE, PROJECT]),
        (False, False, True, None, [OVER, FAILED]),
    ],
)
def test_everything_that_is_missing_is_named(is_over, reached, failed, presented, missing):
    assert missing_for_graduation(Completion(is_over, reached, failed, presented)) == missing


COMPLETE = Completion(is_over=True, attendance_reached=True, attendance_failed=False, project_presented=True)
INCOMPLETE = Completion(is_over=True, attendance_reached=True, attendance_failed=False, project_presented=False)


@pytest.mark.django_db
def test_a_fellow_graduates_with_a_mail_and_an_event():
    place = PlaceFactory()
    GraduationTermsFactory(cohort=place.cohort, fmlm_membership_months=12)
    graduate_fellow(place=place, completion=COMPLETE, by=OwnerFactory())
    place.refresh_from_db()
    assert place.state == PlaceState.GRADUATED
    assert Event.objects.about(place).values_list("verb", flat=True)[0] == "cohorts.fellow_graduated"
    assert "12 months of membership" in Message.objects.get(code="cohorts.graduated").text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "completion", "words"),
    [
        (PlaceState.ACTIVE, INCOMPLETE, "no project was handed in"),
        (PlaceState.GRADUATED, COMPLETE, "Only a fellow who is on the programme can graduate."),
        (PlaceState.WITHDRAWN, COMPLETE, "Only a fellow who is on the programme can graduate."),
    ],
)
def test_nobody_graduates_who_should_not(state, completion, words):
    place = PlaceFactory(state=state)
    with pytest.raises(Refused, match=words):
        graduate_fellow(place=place, completion=completion, by=OwnerFactory())
    place.refresh_from_db()
    assert place.state == state
    assert Message.objects.count() == 0


@pytest.mark.django_db
def test_only_who_administers_the_cohort_says_so():
    place = PlaceFactory()
    with pytest.raises(PermissionDenied):
        graduate_fellow(place=place, completion=COMPLETE, by=UserFactory())
    with pytest.raises(PermissionDenied):
        graduate_fellow(place=place, completion=COMPLETE, by=TeamRoleFactory(administrator=True).person)
