"""Submitting, withdrawing, reopening; places that go first come, first served."""

from datetime import date

import pytest

from applications.enums import ApplicationState as State
from applications.models import Application, Offer, Submission
from applications.services import (
    Incomplete,
    WindowClosed,
    reopen_application,
    save_answers,
    submit_application,
    withdraw_application,
)
from cohorts.models import Seat
from nextstep import clock
from nextstep.audit.models import Event
from nextstep.notifications.models import Message
from nextstep.refusals import Refused, Stale
from tests.factories.applications import (
    ELIGIBLE,
    NEEDS_PERSON,
    NOT_ELIGIBLE,
    ApplicationFactory,
    OfferFactory,
    next_step_cohort,
    with_documents,
)
from tests.factories.cohorts import NOW, FirstComeCohortFactory

pytestmark = pytest.mark.django_db


def send(application: Application, **fields: object) -> Submission:
    return submit_application(application=application, by=application.applicant, declared=True, **fields)  # type: ignore[arg-type]


def mails(application: Application) -> list[str]:
    codes = Message.objects.filter(person=application.applicant).order_by("pk").values_list("code", flat=True)
    return [code.removeprefix("applications.") for code in codes]


def a_draft(cohort=None, **fields: object) -> Application:
    return with_documents(ApplicationFactory(cohort=cohort or next_step_cohort(), **fields))


def test_a_complete_application_is_sent_and_snapshotted(now: None) -> None:
    application = a_draft()

    submission = send(application)

    application.refresh_from_db()
    assert (application.state, application.eligibility, application.submitted_at) == ("submitted", "met", NOW)
    assert submission.number == 1
    assert [verdict["outcome"] for verdict in submission.verdicts] == ["met"] * 4
    assert [rule["rule"] for rule in submission.rules] == [
        "holds_ntn",
        "ntn_office",
        "within_years_of_cct",
        "not_out_of_programme",
    ]
    assert submission.rules[2]["parameters"] == {"years": 2}
    assert submission.rules[2]["commences_on"] == "2025-10-08"
    cct = next(answer for answer in submission.answers if answer["fact"] == "cct_on")
    assert cct == {
        "fact": "cct_on",
        "topic": "training",
        "question": "What is your expected CCT date?",
        "answer": "2027-08-04",
        "words": "4 August 2027",
    }
    assert [(sent["label"], sent["number"]) for sent in submission.documents] == [
        ("Up-to-date CV", 1),
        ("Supporting statement", 1),
        ("Supporting statement", 2),
    ]
    assert submission.acknowledged_not_met is False


def test_sending_gives_a_receipt_with_the_reference(now: None) -> None:
    application = a_draft()

    send(application)

    receipt = Message.objects.get(person=application.applicant)
    assert receipt.subject == f"We have your application {application.reference}"
    assert f"/applications/{application.public_id}/" in receipt.text


def test_sending_twice_is_sending_once(now: None) -> None:
    application = a_draft()

    first, second = send(application), send(application)

    assert first.pk == second.pk
    assert mails(application) == ["receipt"]
    assert Event.objects.about(application).filter(verb="applications.submitted").count() == 1


def test_what_was_sent_stays_when_the_rules_change(now: None) -> None:
    application = a_draft()
    submission = send(application)
    application.cohort.eligibility_criteria.all().delete()
    application.cohort.commences_on = date(2026, 1, 1)
    application.cohort.save()

    submission.refresh_from_db()

    assert len(submission.verdicts) == 4
    assert submission.rules[0]["commences_on"] == "2025-10-08"


def test_name_and_registration_go_to_the_account(now: None) -> None:
    application = a_draft()

    send(application)

    application.applicant.refresh_from_db()
    person = application.applicant
    assert (person.full_name, person.registration_body, person.registration_number) == ("Asha Rao", "GMC", "1234567")


@pytest.mark.parametrize("left_out", ["cct_on", "ntn", "employer", "full_name"])
def test_an_application_with_something_missing_is_not_sent(now: None, left_out: str) -> None:
    application = a_draft(answers={**ELIGIBLE, left_out: ""})

    with pytest.raises(Incomplete):
        send(application)

    assert Submission.objects.count() == 0


def test_an_application_without_its_documents_is_not_sent(now: None) -> None:
    application = ApplicationFactory(cohort=next_step_cohort())

    with pytest.raises(Incomplete):
        send(application)


def test_an_application_with_something_unread_is_not_sent(now: None) -> None:
    application = a_draft(unread={"training": {"cct_on_day": ["35"]}})

    with pytest.raises(Incomplete):
        send(application)


def test_without_the_declaration_nothing_is_sent(now: None) -> None:
    application = a_draft()

    with pytest.raises(Refused, match="Confirm the declaration"):
        submit_application(application=application, by=application.applicant, declared=False)


def test_not_met_is_sent_only_after_it_is_acknowledged(now: None) -> None:
    application = a_draft(answers=NOT_ELIGIBLE)
    with pytest.raises(Refused, match="do not meet every rule"):
        send(application)

    submission = send(application, acknowledged=True)

    application.refresh_from_db()
    assert (submission.acknowledged_not_met, application.eligibility) == (True, "not_met")


def test_needs_a_person_is_sent_without_more(now: None) -> None:
    application = a_draft(answers=NEEDS_PERSON)

    send(application)

    application.refresh_from_db()
    assert (application.state, application.eligibility) == ("submitted", "needs_person")


def test_answers_changed_since_they_were_checked_are_not_sent(now: None) -> None:
    application = a_draft()
    seen = application.version
    save_answers(application=application, topic="details", answers={"telephone": "1"}, by=application.applicant)

    with pytest.raises(Stale):
        send(application, seen_version=seen)


@pytest.mark.parametrize(("seconds", "sent"), [(-1, True), (0, False)])
def test_the_window_closes_at_its_moment_and_not_after_it(seconds: int, sent: bool) -> None:
    from datetime import timedelta

    application = a_draft()

    with clock.at(application.cohort.applications_close_at + timedelta(seconds=seconds)):
        try:
            send(application)
        except WindowClosed:
            was_sent = False
        else:
            was_sent = True

    assert was_sent == sent


# --- taking it back


def test_a_withdrawn_application_is_opened_again_as_it_was(now: None) -> None:
    application = a_draft()
    send(application)

    withdraw_application(application=application, by=application.applicant)
    reopened = reopen_application(application=application, by=application.applicant)

    assert (reopened.state, reopened.submitted_at, reopened.answers) == ("draft", None, ELIGIBLE)
    assert send(reopened).number == 2
    assert mails(application) == ["receipt", "withdrawn", "receipt"]


def test_withdrawing_twice_is_withdrawing_once(now: None) -> None:
    application = ApplicationFactory(submitted=True)

    withdraw_application(application=application, by=application.applicant)
    withdraw_application(application=application, by=application.applicant)

    assert mails(application) == ["withdrawn"]


def test_withdrawing_ends_an_open_offer_and_frees_its_seat(now: None) -> None:
    offer = OfferFactory()

    withdraw_application(application=offer.application, by=offer.application.applicant)

    offer.refresh_from_db()
    assert (offer.state, offer.decided_by) == ("withdrawn", offer.application.applicant)
    assert Seat.objects.filter(holder__isnull=False).count() == 0


@pytest.mark.parametrize("state", [State.DRAFT, State.ACCEPTED, State.NOT_SELECTED, State.OFFER_LAPSED])
def test_what_is_not_waiting_cannot_be_withdrawn(now: None, state: str) -> None:
    sent_at = None if state == State.DRAFT else NOW
    application = ApplicationFactory(state=state, submitted_at=sent_at)

    with pytest.raises(Refused, match="cannot be withdrawn now"):
        withdraw_application(application=application, by=application.applicant)


def test_a_withdrawn_application_stays_so_after_the_window() -> None:
    application = ApplicationFactory(state=State.WITHDRAWN, submitted_at=NOW)

    with clock.at(application.cohort.applications_close_at), pytest.raises(WindowClosed):
        reopen_application(application=application, by=application.applicant)


def test_a_withdrawn_application_is_not_sent_by_a_page_left_open(now: None) -> None:
    application = a_draft(state=State.WITHDRAWN, submitted_at=NOW)

    with pytest.raises(Refused, match="Open it again before you send it"):
        send(application)


# --- first come, first served


def first_come(**fields: object):
    return next_step_cohort(FirstComeCohortFactory, documents=False, **fields)


def sent_in_order(cohort, *answers: dict[str, str]) -> list[str]:
    states = []
    for one in answers:
        application = ApplicationFactory(cohort=cohort, answers=one)
        try:
            send(application, acknowledged=True)
        except Refused as refusal:
            states.append(str(refusal))
            continue
        application.refresh_from_db()
        states.append(application.state)
    return states


FULL = "All places are taken and the queue is full, so this cohort is fully subscribed."


def test_seats_go_in_the_order_of_sending_then_the_queue_then_nobody(now: None) -> None:
    cohort = first_come(places=2, queue=2)

    states = sent_in_order(cohort, *[ELIGIBLE] * 5)

    assert states == ["offered", "offered", "reserve", "reserve", FULL]
    assert list(Application.objects.on_reserve_list().values_list("reserve_rank", flat=True)) == [1, 2]


def test_who_does_not_meet_every_rule_takes_no_seat(now: None) -> None:
    cohort = first_come(places=1, queue=0)

    assert sent_in_order(cohort, NOT_ELIGIBLE, NEEDS_PERSON, ELIGIBLE, ELIGIBLE) == [
        "submitted",
        "submitted",
        "offered",
        FULL,
    ]


def test_nobody_overtakes_the_queue_when_a_seat_is_freed(now: None) -> None:
    cohort = first_come(places=1, queue=2)
    sent_in_order(cohort, ELIGIBLE, ELIGIBLE)
    withdraw_application(
        application=Application.objects.get(state="offered"), by=Application.objects.get(state="offered").applicant
    )

    assert sent_in_order(cohort, ELIGIBLE) == ["reserve"]


def test_a_seat_first_come_is_offered_with_a_deadline_and_both_mails(now: None) -> None:
    application = ApplicationFactory(cohort=first_come())

    send(application)

    offer = Offer.objects.get()
    # NOW is noon on 29 April; seven working days, without the bank holiday on 5 May, to the end of 9 May in London.
    assert (offer.made_by, offer.expires_at.isoformat()) == (None, "2025-05-09T23:00:00+00:00")
    assert mails(application) == ["receipt", "offer"]


def test_who_joins_the_queue_is_told_so(now: None) -> None:
    cohort = first_come(places=1, queue=1)
    sent_in_order(cohort, ELIGIBLE, ELIGIBLE)

    message = Message.objects.get(code="applications.reserve")

    assert "You are in the queue for a place" in message.text
