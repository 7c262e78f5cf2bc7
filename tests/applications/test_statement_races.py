"""Statements asked for and answered at the same moment, on real connections: one place, one document, one truth."""

import pytest

from applications.models import Document, StatementRequest
from applications.services import ask_for_statement, decline_statement, send_statement, withdraw_statement_request
from tests.applications.test_races import at_once
from tests.factories.applications import ApplicationFactory, next_step_cohort
from tests.factories.statements import StatementRequestFactory

pytestmark = pytest.mark.django_db(transaction=True)


def fresh() -> StatementRequest:
    related = ("application__cohort__programme", "application__applicant", "required")
    return StatementRequest.objects.select_related(*related).get()


def send() -> None:
    send_statement(request=fresh(), text="She leads well.", applicant_may_read=False)


def test_of_two_who_are_asked_at_once_one_is() -> None:
    application = ApplicationFactory(cohort=next_step_cohort())
    required = application.cohort.required_documents.get(kind="supporting_statement")

    def ask() -> None:
        ask_for_statement(
            application=application,
            required=required,
            number=1,
            name="Bea Lund",
            email="bea.lund@example.nhs.uk",
            relation="Supervisor",
            by=application.applicant,
        )

    assert sorted(at_once(ask, ask)) == [
        "You have asked somebody for this document already. Withdraw that request first.",
        "done",
    ]
    assert StatementRequest.objects.count() == 1


def test_a_statement_sent_twice_at_once_is_one() -> None:
    StatementRequestFactory()

    outcomes = at_once(send, send, send)

    assert outcomes.count("done") == 1
    assert Document.objects.count() == 1


def test_a_statement_declined_as_it_is_sent_is_one_of_both() -> None:
    StatementRequestFactory()

    outcomes = at_once(send, lambda: decline_statement(request=fresh()))

    came = fresh().state == "came"
    assert outcomes.count("done") == 1
    assert Document.objects.count() == int(came)


def test_a_request_withdrawn_as_it_is_answered_leaves_nothing() -> None:
    asked = StatementRequestFactory()

    outcomes = at_once(send, lambda: withdraw_statement_request(request=fresh(), by=asked.application.applicant))

    assert outcomes[1] == "done"
    assert fresh().state == "withdrawn"
    assert Document.objects.count() == 0
