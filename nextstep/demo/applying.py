"""Applicants go through the form, each at their own moment of the window."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from applications.models import Application
from applications.selectors import CohortForm
from applications.services.documents import upload_document
from applications.services.drafting import save_answers, start_application
from applications.services.submitting import submit_application, withdraw_application
from cohorts.models import Cohort
from nextstep import clock
from nextstep.demo.answers import answers_of
from nextstep.demo.cast import person
from nextstep.demo.papers import one_page_pdf
from nextstep.demo.people import Applicant, Ending
from nextstep.refusals import Refused

FINISHED = {Ending.SUBMITTED, Ending.WITHDRAWN}


def apply(cohort: Cohort, people: Iterable[Applicant], *, now: datetime) -> list[Application]:
    """Let everybody apply who would have by `now`; those in the hasty end of the window come last."""
    form = CohortForm(cohort)
    made = []
    for applicant in sorted(people, key=lambda each: each.haste):
        moment = moment_of(cohort, applicant)
        if moment < now:
            with clock.at(moment), transaction.atomic():
                made.append(_fill_in(form, applicant))
    return made


def moment_of(cohort: Cohort, applicant: Applicant) -> datetime:
    """When the applicant sits down to it: within the window, an hour before its end at the latest."""
    last = cohort.applications_close_at - timedelta(hours=1)
    return cohort.applications_open_at + (last - cohort.applications_open_at) * applicant.haste


def _fill_in(form: CohortForm, applicant: Applicant) -> Application:
    user = person(applicant.full_name)
    application = start_application(cohort=form.cohort, by=user)
    answers = answers_of(applicant, commences_on=form.cohort.commences_on)
    topics = form.topics if applicant.ending in FINISHED else form.topics[: len(form.topics) // 2]
    for topic in topics:
        application = save_answers(application=application, topic=topic, answers=answers, by=user)
    if applicant.ending in FINISHED:
        _send(form, application, applicant)
    elif applicant.ending is Ending.TOO_LATE:
        _come_too_late(form, application, applicant)
    return application


def _send(form: CohortForm, application: Application, applicant: Applicant) -> None:
    user = application.applicant
    for required, number in form.slots():
        title = f"{required.label} of {applicant.full_name}"
        name = f"{required.kind}-{number}-{applicant.full_name.replace(' ', '-')}.pdf".lower()
        data = one_page_pdf(title, paper_lines(applicant, number), dated=date(2020, 1, 1))
        upload_document(application=application, required=required, number=number, name=name, data=data, by=user)
    application.refresh_from_db()
    submit_application(application=application, by=user, declared=True, acknowledged=True)
    if applicant.ending is Ending.WITHDRAWN:
        withdraw_application(application=application, by=user)


def _come_too_late(form: CohortForm, application: Application, applicant: Applicant) -> None:
    """The window has closed by then: the portal says so, and the draft stays one."""
    with clock.at(form.cohort.applications_close_at + timedelta(minutes=3)):
        try:
            submit_application(application=application, by=application.applicant, declared=True, acknowledged=True)
        except Refused:
            return


def paper_lines(applicant: Applicant, number: int) -> list[str]:
    return [
        f"{applicant.specialty}, {applicant.trust}",
        "",
        "An invented person in the demo of the portal.",
        f"Page {number} of what they would say about leading a team through a change.",
    ]
