"""Counting the answers of equality monitoring."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F, Q

from applications.models import Application, MonitoringCount
from applications.rules.monitoring import NO_ANSWER, QUESTIONS, Question
from applications.services.locking import hold_cohort, locked
from nextstep.accounts.models import User
from nextstep.refusals import Refused
from nextstep.transitions import change_fields


@transaction.atomic
def count_monitoring(*, application: Application, answers: Mapping[str, str], by: User) -> bool:
    """Add the answers of one applicant to the counts of their cohort; a second time counts nothing, and says so.

    Only that they were asked is kept with the application. The audit is silent on purpose: a moment beside the counts
    would tell who answered what. Raises Refused where the application was never sent.
    """
    application = locked(application)
    if application.applicant_id != by.pk or application.submitted_at is None:
        raise Refused("Send your application first. Then you can answer these questions.")
    if application.monitoring_done:
        return False
    change_fields(application, monitoring_done=True)
    given = {question.name: _answer(question, answers.get(question.name, "")) for question in QUESTIONS}
    cohort = application.cohort
    # One after another: the rows of a cohort are few, and everybody adds to some of the same.
    hold_cohort(cohort)
    rows = [MonitoringCount(cohort=cohort, question=question, answer=answer) for question, answer in given.items()]
    MonitoringCount.objects.bulk_create(rows, ignore_conflicts=True)
    mine = Q()
    for question, answer in given.items():
        mine |= Q(question=question, answer=answer)
    MonitoringCount.objects.filter(mine, cohort=cohort).update(count=F("count") + 1)
    return True


def _answer(question: Question, given: str) -> str:
    return given if given in dict(question.options) else NO_ANSWER
