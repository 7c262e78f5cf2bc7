"""Sending an application, taking it back, and opening it again."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from applications.enums import ApplicationState
from applications.messages import tell_applicant
from applications.models import Application, Document, Offer, Submission
from applications.rules.declaration import DECLARATION
from applications.rules.draft import worst
from applications.rules.facts import Fact, answer_words, is_asked
from applications.rules.states import APPLICATION, OFFER
from applications.selectors import CohortForm, all_there, documents_of
from applications.services.cascade import fill_soon
from applications.services.first_come import check_not_full, take_first_come
from applications.services.locking import check_draft_open, hold_cohort, locked
from cohorts.enums import Selection
from cohorts.rules.verdicts import Outcome, Verdict
from cohorts.services import free_seat
from nextstep import clock
from nextstep.accounts.models import User
from nextstep.accounts.services.people import record_name, record_registration
from nextstep.audit.services import record
from nextstep.refusals import Refused, Stale
from nextstep.transitions import change_state

Sent = dict[tuple[int, int], Document]


class Incomplete(Refused):
    """Something that is asked for is missing; the page of checked answers names and links each thing."""

    def __init__(self) -> None:
        super().__init__("Some answers or documents are missing.")


@transaction.atomic
def submit_application(
    *,
    application: Application,
    by: User,
    declared: bool,
    acknowledged: bool = False,
    seen_version: int | None = None,
) -> Submission:
    """Send a draft: snapshot it, and give the receipt. Sending again what is sent answers the same submission.

    `declared`: the declaration was agreed to. `acknowledged`: that not every rule is met (domain.md: it can still be
    sent). `seen_version`: the version whose answers were checked. Where places go first come, first served, meeting
    all rules takes a seat and makes the offer at once, or joins the queue.
    Raises WindowClosed, Incomplete, Stale, and Refused where it is withdrawn, not declared, not acknowledged, or the
    cohort is fully subscribed.
    """
    application = locked(application)
    if application.state == ApplicationState.WITHDRAWN:
        raise Refused("You have withdrawn this application. Open it again before you send it.")
    if application.state != ApplicationState.DRAFT:
        return application.submissions.order_by("-number")[0]
    now = clock.now()
    check_draft_open(application, now)
    if seen_version is not None and seen_version != application.version:
        raise Stale("Your answers have changed since you opened this page. Check them and send them again.")
    form = CohortForm(application.cohort)
    verdicts = form.verdicts(application.answers, clock.today())
    outcome = worst(verdicts)
    documents = documents_of(application)
    _check_complete(form, application, documents)
    _check_declared(declared=declared, acknowledged=acknowledged or outcome != Outcome.NOT_MET)
    first_come = application.cohort.selection == Selection.FIRST_COME_FIRST_SERVED
    if first_come:
        hold_cohort(application.cohort)
        check_not_full(application.cohort)
    change_state(application, APPLICATION["submit"], submitted_at=now, changed_at=now, eligibility=outcome)
    submission = _snapshot(form, application, verdicts, documents)
    _keep_on_account(application, by)
    record("applications.submitted", application, by=by, after={"submission": submission.number, "outcome": outcome})
    tell_applicant("receipt", application)
    if first_come and outcome == Outcome.MET:
        take_first_come(application)
    return submission


def _check_complete(form: CohortForm, application: Application, sent: Sent) -> None:
    missing = form.missing_facts(application.answers)
    if missing or application.unread or not all_there(form, sent):
        raise Incomplete


def _check_declared(*, declared: bool, acknowledged: bool) -> None:
    if not declared:
        raise Refused("Confirm the declaration before you send your application.")
    if not acknowledged:
        raise Refused("Confirm that you know your answers do not meet every rule.")


def _snapshot(form: CohortForm, application: Application, verdicts: list[Verdict], sent: Sent) -> Submission:
    cohort = application.cohort
    facts = [fact for fact in form.facts if is_asked(fact, application.answers)]
    return Submission.objects.create(
        application=application,
        number=application.submissions.count() + 1,
        submitted_at=application.changed_at,
        answers=[_answer(fact, application.answers, form.words) for fact in facts],
        verdicts=[asdict(verdict) for verdict in verdicts],
        rules=[
            {
                "rule": criterion.rule,
                "parameters": criterion.parameters,
                "description": rule.describe(),
                "commences_on": cohort.commences_on.isoformat(),
                "ends_on": cohort.ends_on.isoformat(),
            }
            for criterion, rule in zip(cohort.eligibility_criteria.all(), form.rules, strict=True)
        ],
        documents=[
            {
                "label": required.label,
                "number": number,
                "name": sent[required.pk, number].original_name,
                "sha256": sent[required.pk, number].sha256,
            }
            for required, number in form.slots()
        ],
        declaration=DECLARATION,
        acknowledged_not_met=worst(verdicts) == Outcome.NOT_MET,
    )


def _answer(fact: Fact, answers: dict[str, Any], words: dict[str, str]) -> dict[str, str]:
    answer = str(answers.get(fact.name, ""))
    return {
        "fact": fact.name,
        "topic": fact.topic,
        "question": fact.question.format(**words),
        "answer": answer,
        "words": _words(fact, answer),
    }


def _words(fact: Fact, answer: str) -> str:
    if fact.kind == "date" and answer:
        day = date.fromisoformat(answer)
        return f"{day.day} {day:%B %Y}"
    return answer_words(fact, answer)


def _keep_on_account(application: Application, by: User) -> None:
    """What a person says of themself here is what the portal calls them from now on."""
    answers = application.answers
    if answers.get("full_name"):
        record_name(user=application.applicant, full_name=answers["full_name"], by=by)
    if answers.get("registration_body") and answers.get("registration_number"):
        record_registration(
            user=application.applicant,
            body=answers["registration_body"],
            number=answers["registration_number"],
            by=by,
        )


@transaction.atomic
def withdraw_application(*, application: Application, by: User) -> Application:
    """Take an application back, with any open offer, whose seat is freed. Doing it again changes nothing.

    Raises Refused where it was never sent, or is answered for good.
    """
    application = locked(application)
    if application.state == ApplicationState.WITHDRAWN:
        return application
    before = application.state
    now = clock.now()
    change_state(application, APPLICATION["withdraw"], reserve_rank=None, changed_at=now, withdrawn_from=before)
    offer = Offer.objects.open().filter(application=application).first()
    if offer is not None:
        change_state(offer, OFFER["withdraw"], decided_at=now, decided_by=by)
        free_seat(cohort=application.cohort, person=application.applicant, by=by, reason="Application withdrawn")
        fill_soon(application.cohort)
    record("applications.withdrawn", application, by=by, before={"state": before})
    tell_applicant("withdrawn", application, can_be_undone=before == ApplicationState.SUBMITTED)
    return application


@transaction.atomic
def reopen_application(*, application: Application, by: User) -> Application:
    """Make a withdrawn application a draft again, as it was, while the window is open.

    Raises WindowClosed and Refused where it is not withdrawn.
    """
    application = locked(application)
    check_draft_open(application, clock.now())
    change_state(application, APPLICATION["reopen"], submitted_at=None, changed_at=clock.now(), withdrawn_from="")
    record("applications.reopened", application, by=by)
    return application
