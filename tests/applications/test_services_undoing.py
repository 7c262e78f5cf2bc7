"""A withdrawal is taken back until the team acts on it, also after the window has closed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from applications.models import Application
from applications.services import (
    offer_place,
    plan_release,
    put_on_reserve_list,
    reopen_application,
    undo_withdrawal,
    withdraw_application,
)
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.refusals import Refused
from tests.factories.accounts import OwnerFactory
from tests.factories.applications import ApplicationFactory, DecisionFactory, SubmissionFactory, next_step_cohort
from tests.factories.cohorts import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def sent(asha: User) -> Application:
    application = ApplicationFactory(cohort=next_step_cohort(places=2), applicant=asha, submitted=True)
    SubmissionFactory(application=application)
    return application


def withdrawn(application: Application, moment=NOW) -> Application:
    with clock.at(moment):
        return withdraw_application(application=application, by=application.applicant)


@pytest.mark.parametrize("later", [HOUR, timedelta(days=60)])
def test_what_was_sent_stands_again_at_its_own_moment(sent: Application, later: timedelta) -> None:
    withdrawn(sent)

    with clock.at(NOW + later):
        undo_withdrawal(application=sent, by=sent.applicant)

    sent.refresh_from_db()
    assert (sent.state, sent.submitted_at, sent.withdrawn_from, sent.submissions.count()) == ("submitted", NOW, "", 1)
    assert Event.objects.about(sent).filter(verb="applications.withdrawal_undone").count() == 1
    assert "We have it again, as you sent it." in Message.objects.get(code="applications.withdrawal_undone").text


def test_it_can_be_withdrawn_and_undone_again_and_is_told_each_time(sent: Application) -> None:
    for hour in range(2):
        withdrawn(sent, NOW + hour * HOUR)
        with clock.at(NOW + hour * HOUR):
            undo_withdrawal(application=sent, by=sent.applicant)

    assert Message.objects.filter(code="applications.withdrawn").count() == 2
    assert Message.objects.filter(code="applications.withdrawal_undone").count() == 2


def test_an_offer_to_somebody_since_then_ends_it(sent: Application) -> None:
    other = ApplicationFactory(cohort=sent.cohort, submitted=True)
    withdrawn(sent)

    with clock.at(NOW + HOUR):
        offer_place(application=other, by=OwnerFactory())
        with pytest.raises(Refused, match="Our team has made decisions since you withdrew, so this cannot be undone"):
            undo_withdrawal(application=sent, by=sent.applicant)


def test_what_is_decided_and_not_told_does_not_show(sent: Application) -> None:
    decision = DecisionFactory(application__cohort=sent.cohort)
    withdrawn(sent)
    undo_withdrawal(application=sent, by=sent.applicant)
    withdrawn(sent)

    with clock.at(NOW + HOUR):
        plan_release(cohort=sent.cohort, decisions=[decision.pk], by=decision.set_by)

    with pytest.raises(Refused, match="Our team has made decisions since you withdrew"):
        undo_withdrawal(application=sent, by=sent.applicant)


def test_what_was_decided_before_or_elsewhere_does_not_matter(sent: Application) -> None:
    before, elsewhere = ApplicationFactory(cohort=sent.cohort, submitted=True), ApplicationFactory(submitted=True)
    with clock.at(NOW - HOUR):
        offer_place(application=before, by=OwnerFactory())
    withdrawn(sent)

    with clock.at(NOW + HOUR):
        offer_place(application=elsewhere, by=OwnerFactory())
        assert undo_withdrawal(application=sent, by=sent.applicant).state == "submitted"


@pytest.mark.parametrize("act", [offer_place, put_on_reserve_list])
def test_who_had_an_answer_before_cannot_undo(sent: Application, act) -> None:
    with clock.at(NOW - HOUR):
        act(application=sent, by=OwnerFactory())
    withdrawn(sent)

    with pytest.raises(Refused, match="You had an answer from us before you withdrew"):
        undo_withdrawal(application=sent, by=sent.applicant)


def test_what_was_opened_again_is_a_draft_and_nothing_to_undo(sent: Application) -> None:
    withdrawn(sent)
    with clock.at(NOW):
        reopen_application(application=sent, by=sent.applicant)

    with pytest.raises(Refused, match="Only a withdrawal can be undone"):
        undo_withdrawal(application=sent, by=sent.applicant)


def test_only_what_is_withdrawn_remembers_from_where(sent: Application) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=sent.pk).update(withdrawn_from="submitted")


def test_the_page_offers_it_after_closing_until_the_team_acts(sent: Application, browser: Client) -> None:
    page = f"/applications/{sent.public_id}/"
    with clock.at(sent.cohort.applications_close_at + HOUR):
        asked = browser.get(f"{page}withdraw/")
        done = browser.post(f"{page}withdraw/", follow=True)
        undone = browser.post(f"{page}undo/", follow=True)

    assert "You can undo this until our team acts on it." in asked.text
    assert ("Undo the withdrawal" in done.text, "Open it again" in done.text) == (True, False)
    assert "We have your application again, as you sent it." in undone.text
    withdrawn(sent, NOW + HOUR)
    with clock.at(NOW + 2 * HOUR):
        offer_place(application=ApplicationFactory(cohort=sent.cohort, submitted=True), by=OwnerFactory())
        assert "Undo the withdrawal" not in browser.get(page).text
