"""Pages that write, of applicants."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from applications.models import Application, Document, MonitoringCount, Offer, StatementRequest
from applications.services import (
    count_monitoring,
    decline_application,
    decline_offer,
    decline_statement,
    lapse_offers,
    offer_place,
    save_answers,
    start_application,
)
from applications.services import withdraw_application as withdraw
from nextstep import clock
from tests.factories.accounts import OwnerFactory, UserFactory
from tests.factories.answers import posted
from tests.factories.applications import (
    ELIGIBLE,
    ApplicationFactory,
    DocumentFactory,
    OfferFactory,
    a_pdf,
    next_step_cohort,
    with_documents,
)
from tests.factories.cohorts import NOW
from tests.factories.statements import StatementRequestFactory
from tests.journeys.scenes import Scene

WORK = ("discipline", "specialty", "less_than_full_time", "employer", "supervisor_name", "supervisor_email")


def draft() -> Application:
    return with_documents(ApplicationFactory(cohort=next_step_cohort(places=5)))


def place_of(application: Application) -> list[str]:
    return [application.cohort.programme.slug, application.cohort.slug]


def states(model: Any) -> list[str]:
    return list(model.objects.order_by("pk").values_list("state", flat=True))


def beginning() -> Scene:
    cohort = next_step_cohort()
    place = [cohort.programme.slug, cohort.slug]
    by = UserFactory()
    return Scene(
        by=by,
        path=reverse("applications:begin", args=place),
        page=reverse("applications:start", args=place),
        stored=lambda: states(Application),
        twice="Your reference is",
        meanwhile=lambda: start_application(cohort=cohort, by=by),
        stale="Your reference is",
        others=[],
    )


def answering() -> Scene:
    application = draft()
    answers = {name: ELIGIBLE[name] for name in WORK}

    def elsewhere() -> None:
        changed = {**answers, "employer": "Royal Papworth"}
        save_answers(application=application, topic="work", answers=changed, by=application.applicant)

    return Scene(
        by=application.applicant,
        path=reverse("applications:topic", args=[*place_of(application), "work"]),
        data={**posted(answers), "employer": "West Suffolk & Sons"},
        typed="West Suffolk & Sons",
        stored=lambda: Application.objects.get().answers["employer"],
        twice="Documents",
        meanwhile=elsewhere,
        stale="You have changed this page in another tab or on another device",
        others=[],
    )


def uploading() -> Scene:
    application = ApplicationFactory(cohort=next_step_cohort())
    required = application.cohort.required_documents.order_by("position")[0]
    return Scene(
        by=application.applicant,
        path=reverse("applications:upload", args=[*place_of(application), required.pk, 1]),
        files={"document": a_pdf()},
        stored=lambda: list(Document.objects.values_list("original_name", flat=True)),
        twice="We have your document “Up-to-date CV”.",
        others=[],
    )


def removing() -> Scene:
    application = draft()
    document = application.documents.first()
    return Scene(
        by=application.applicant,
        path=reverse("applications:remove_document", args=[document.public_id]),
        stored=Document.objects.count,
        twice="What you wanted to change is no longer here.",
    )


def sending() -> Scene:
    application = draft()

    def elsewhere() -> None:
        work = {name: ELIGIBLE[name] for name in WORK}
        changed = {**work, "employer": "Royal Papworth"}
        save_answers(application=application, topic="work", answers=changed, by=application.applicant)

    return Scene(
        by=application.applicant,
        path=reverse("applications:answers", args=place_of(application)),
        data={"declared": "on"},
        stored=lambda: states(Application),
        twice="We have your application.",
        meanwhile=elsewhere,
        stale="Your answers have changed since you opened this page. Check them and send them again.",
        others=[],
    )


def withdrawing() -> Scene:
    application = ApplicationFactory(cohort=next_step_cohort(), submitted=True)
    owner = OwnerFactory()
    return Scene(
        by=application.applicant,
        path=reverse("applications:withdraw", args=[application.public_id]),
        stored=lambda: states(Application),
        twice="Your application is withdrawn.",
        meanwhile=lambda: decline_application(application=application, by=owner),
        stale="This application cannot be withdrawn now.",
    )


def reopening() -> Scene:
    application = ApplicationFactory(cohort=next_step_cohort(), submitted=True)
    withdraw(application=application, by=application.applicant)
    return Scene(
        by=application.applicant,
        path=reverse("applications:reopen", args=[application.public_id]),
        page=reverse("applications:application", args=[application.public_id]),
        stored=lambda: states(Application),
        twice="Only a withdrawn application can be reopened.",
    )


def undoing() -> Scene:
    cohort = next_step_cohort(places=2)
    application, other = ApplicationFactory.create_batch(2, cohort=cohort, submitted=True)
    withdraw(application=application, by=application.applicant)
    owner = OwnerFactory()
    return Scene(
        by=application.applicant,
        path=reverse("applications:undo", args=[application.public_id]),
        page=reverse("applications:application", args=[application.public_id]),
        stored=lambda: Application.objects.get(pk=application.pk).state,
        twice="Only a withdrawal can be undone.",
        meanwhile=lambda: offer_place(application=other, by=owner),
        stale="Our team has made decisions since you withdrew, so this cannot be undone.",
    )


def answering_for_monitoring() -> Scene:
    application = ApplicationFactory(cohort=next_step_cohort(), submitted=True)
    answers = {"ethnic_group": "white_irish", "age": "30_34"}
    by = application.applicant
    return Scene(
        by=by,
        path=reverse("applications:monitoring", args=[application.public_id]),
        data=answers,
        stored=lambda: list(MonitoringCount.objects.values_list("question", "answer", "count")),
        twice="You have answered these questions already.",
        meanwhile=lambda: count_monitoring(application=application, answers={"age": "50_over"}, by=by),
        stale="You have answered these questions already.",
    )


def offered() -> Offer:
    return OfferFactory(application__cohort=next_step_cohort(places=2))


def accepting() -> Scene:
    offer = offered()
    return Scene(
        by=offer.application.applicant,
        path=reverse("applications:offer", args=[offer.public_id]),
        data={"committed": "on", "study_leave": "applied", "signed_name": "Asha Rao"},
        stored=lambda: states(Offer),
        twice="You have accepted your place",
        meanwhile=lambda: withdraw(application=offer.application, by=offer.application.applicant),
        stale="This offer is no longer open",
    )


def declining() -> Scene:
    offer = offered()

    def lapses() -> None:
        Offer.objects.update(made_at=NOW - timedelta(days=7), expires_at=NOW)
        lapse_offers(now=clock.now())

    return Scene(
        by=offer.application.applicant,
        path=reverse("applications:decline_offer", args=[offer.public_id]),
        stored=lambda: states(Offer),
        twice="You have declined your place",
        meanwhile=lapses,
        stale="This offer has ended",
    )


def undoing_a_decline() -> Scene:
    offer = offered()
    person = offer.application.applicant
    decline_offer(offer=offer, by=person)
    owner = OwnerFactory()
    return Scene(
        by=person,
        path=reverse("applications:undo_decline", args=[offer.public_id]),
        page=reverse("applications:offer", args=[offer.public_id]),
        stored=lambda: states(Offer),
        twice="You have been offered a place",
        meanwhile=lambda: offer_place(application=offer.application, by=owner),
        stale="You can no longer undo this",
    )


def asking_for_a_statement() -> Scene:
    application = ApplicationFactory(cohort=next_step_cohort())
    required = application.cohort.required_documents.get(kind="supporting_statement")
    asked = {"name": "Bea Lund", "email": "bea.lund@example.nhs.uk", "relation": "Supervisor"}

    def elsewhere() -> None:
        DocumentFactory(application=application, required=required)

    return Scene(
        by=application.applicant,
        path=reverse("applications:ask", args=[*place_of(application), required.pk, 1]),
        data=asked,
        typed="bea.lund@example.nhs.uk",
        stored=lambda: states(StatementRequest),
        twice="You have asked somebody for this document already.",
        meanwhile=elsewhere,
        stale="This document is there already.",
        others=[],
    )


def withdrawing_a_request() -> Scene:
    asked = StatementRequestFactory()
    return Scene(
        by=asked.application.applicant,
        path=reverse("applications:withdraw_request", args=[asked.public_id]),
        stored=lambda: states(StatementRequest),
        twice="The request to Bea Lund is withdrawn.",
        meanwhile=lambda: decline_statement(request=asked),
        stale="This request is over already.",
    )


APPLICANTS = {
    "applications:ask": asking_for_a_statement,
    "applications:withdraw_request": withdrawing_a_request,
    "applications:begin": beginning,
    "applications:topic": answering,
    "applications:upload": uploading,
    "applications:remove_document": removing,
    "applications:answers": sending,
    "applications:withdraw": withdrawing,
    "applications:reopen": reopening,
    "applications:undo": undoing,
    "applications:monitoring": answering_for_monitoring,
    "applications:offer": accepting,
    "applications:decline_offer": declining,
    "applications:undo_decline": undoing_a_decline,
}
