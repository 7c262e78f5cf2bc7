"""The task list of an application, and what is still missing from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from applications.models import Application, Document
from applications.rules.answers import text_of
from applications.rules.facts import TOPICS, Fact, Kind
from applications.selectors import CohortForm


@dataclass(frozen=True)
class Missing:
    """One thing that must be there before an application can be sent, with the page to give it on."""

    text: str
    href: str


Sent = Mapping[tuple[int, int], Document]


def missing_things(form: CohortForm, application: Application, sent: Sent) -> list[Missing]:
    """Each missing thing, named and linked."""
    place = [form.cohort.programme.slug, form.cohort.slug]

    def page(topic: str) -> str:
        return reverse("applications:topic", args=[*place, topic]) + "?return=answers"

    unread = [Missing(f"Correct your answers in “{TOPICS[topic]}”", page(topic)) for topic in application.unread]
    facts = [
        Missing(fact.missing, f"{page(fact.topic)}#{_target(fact)}")
        for fact in form.missing_facts(application.answers)
        if fact.topic not in application.unread
    ]
    return unread + facts + _missing_documents(form, sent, place)


def _target(fact: Fact) -> str:
    """The control that the link leads to: of a date, its first part."""
    return f"id_{fact.name}_day" if fact.kind is Kind.DATE else f"id_{fact.name}"


def _missing_documents(form: CohortForm, sent: Sent, place: list[str]) -> list[Missing]:
    absent = [
        Missing(
            f"Upload “{required.label}”" + (f" {number} of {required.number}" if required.number > 1 else ""),
            reverse("applications:upload", args=[*place, required.pk, number]),
        )
        for required, number in form.slots()
        if (required.pk, number) not in sent
    ]
    page = reverse("applications:documents", args=place)
    waiting = [document.original_name for document in sent.values() if document.is_waiting]
    return absent + [Missing(f"Wait until we have checked “{name}”", page) for name in waiting]


def task_items(form: CohortForm, application: Application, sent: Sent) -> list[dict[str, Any]]:
    """Items for the task list: the topics, the documents, and sending."""
    place = [form.cohort.programme.slug, form.cohort.slug]
    items = [
        {
            "title": TOPICS[topic],
            "href": reverse("applications:topic", args=[*place, topic]),
            **_status_of_topic(form, application, topic),
        }
        for topic in form.topics
    ]
    if form.documents:
        asked, there = len(form.slots()), sum(not document.is_waiting for document in sent.values())
        words = "Completed" if there >= asked else f"{there} of {asked} uploaded"
        items.append(
            {
                "title": "Documents",
                "href": reverse("applications:documents", args=place),
                "status": words,
                "colour": None if there >= asked else "blue",
            }
        )
    ready = not missing_things(form, application, sent)
    items.append(
        {
            "title": "Check your answers and send",
            "href": reverse("applications:answers", args=place) if ready else None,
            "status": "Not started" if ready else "Cannot start yet",
            "colour": "blue" if ready else None,
            "hint": "" if ready else "Complete the other parts first.",
        }
    )
    return items


def _status_of_topic(form: CohortForm, application: Application, topic: str) -> dict[str, Any]:
    if topic in application.unread:
        return {"status": "Something to correct", "colour": "red"}
    missing = {fact.name for fact in form.missing_facts(application.answers) if fact.topic == topic}
    if not missing:
        return {"status": "Completed", "colour": None}
    begun = any(text_of(application.answers, fact.name) for fact in form.facts_of(topic))
    return {"status": "In progress" if begun else "Not started", "colour": "aqua-green" if begun else "blue"}
