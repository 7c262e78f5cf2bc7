"""What waits for an administrator, as a list of links."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from applications.enums import ApplicationState
from cohorts.models import Cohort
from nextstep.design.dates import last_moment_words
from nextstep.portal.selectors.waiting import Heap, Waiting


@dataclass(frozen=True)
class Task:
    """A line of the list: what waits and where to see it, and what there is to know."""

    words: str
    href: str
    note: str = ""


def tasks(waiting: Waiting, now: datetime) -> list[Task]:
    """In the order of a cohort's year; only what there is something of."""
    return [*_applications(waiting, now), *_offers(waiting), *_registers(waiting), *_projects(waiting), *_ends(waiting)]


def _applications(waiting: Waiting, now: datetime) -> Iterator[Task]:
    for heap in waiting.to_decide:
        closes = heap.cohort.applications_close_at
        note = f"Applications are open until {last_moment_words(closes)}." if now < closes else ""
        words = _heap(waiting, heap, "application", "to decide")
        yield Task(words, _listed(heap.cohort, ApplicationState.SUBMITTED), note)


def _offers(waiting: Waiting) -> Iterator[Task]:
    for heap in waiting.offers:
        note = f"The first can be answered until {last_moment_words(heap.first_at)}." if heap.first_at else ""
        words = _heap(waiting, heap, "offer", "waiting for an answer")
        yield Task(words, _listed(heap.cohort, ApplicationState.OFFERED), note)


def _registers(waiting: Waiting) -> Iterator[Task]:
    if waiting.registers:
        href = f"{reverse('attendance:all_registers')}?{urlencode({'show': 'to-close'})}"
        yield Task(f"{_counted(waiting.registers, 'register')} of past sessions to complete and close", href)


def _projects(waiting: Waiting) -> Iterator[Task]:
    for work in waiting.to_open:
        note = f"{_counted(work.final, 'assessment')} final, {work.unfinished} begun and not final."
        yield Task(
            f"Results of projects to open: {_where(waiting, work.panel.cohort)}", _results(work.panel.public_id), note
        )
    for panel in waiting.to_award:
        yield Task(f"Bursaries to award: {_where(waiting, panel.cohort)}", _results(panel.public_id))


def _ends(waiting: Waiting) -> Iterator[Task]:
    for heap in waiting.to_graduate:
        href = reverse("portal:graduation", args=[heap.cohort.programme.slug, heap.cohort.slug])
        yield Task(_heap(waiting, heap, "fellow", "at the end of the programme, to graduate"), href)


def _heap(waiting: Waiting, heap: Heap, noun: str, what: str) -> str:
    return f"{_counted(heap.count, noun)} {what}: {_where(waiting, heap.cohort)}"


def _where(waiting: Waiting, cohort: Cohort) -> str:
    return str(cohort) if waiting.several else cohort.name


def _counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"


def _listed(cohort: Cohort, state: ApplicationState) -> str:
    query = urlencode({"cohort": cohort.pk, "state": state})
    return f"{reverse('admin:applications_application_changelist')}?{query}"


def _results(public_id: object) -> str:
    return reverse("qip:results", args=[public_id])
