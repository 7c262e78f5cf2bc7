"""Reads about applications. Each view starts from what is the person's own, or what they administer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from applications.enums import Scan, StatementState
from applications.models import Application, Document, MonitoringCount, Offer, StatementRequest, Submission
from applications.rules.draft import worst
from applications.rules.facts import Fact, check_facts, facts_of_topic, form_facts, missing_facts, topics_of
from applications.statement_links import digest_of
from cohorts.models import Cohort, RequiredDocument
from cohorts.permissions import Person
from cohorts.registries import eligibility
from cohorts.registries.eligibility import EligibilityRule
from cohorts.rules.verdicts import Outcome, Verdict
from cohorts.selectors import cohorts_administered_by
from nextstep.accounts.models import User
from nextstep.design.dates import date_words


@dataclass(frozen=True)
class CohortForm:
    """What a cohort asks of its applicants: its rules, the facts they need, its documents. Two queries."""

    cohort: Cohort

    @cached_property
    def rules(self) -> list[EligibilityRule]:
        return eligibility.rules_of(self.cohort)

    @cached_property
    def documents(self) -> list[RequiredDocument]:
        return list(self.cohort.required_documents.all())

    @cached_property
    def facts(self) -> list[Fact]:
        return form_facts(
            eligibility.facts_of(self.rules),
            has_disciplines=bool(self.cohort.programme.disciplines),
            asks_commitment=self.cohort.commitment_required,
        )

    @cached_property
    def check_facts(self) -> list[Fact]:
        return check_facts(eligibility.facts_of(self.rules))

    @property
    def topics(self) -> list[str]:
        return topics_of(self.facts)

    def facts_of(self, topic: str) -> list[Fact]:
        return facts_of_topic(self.facts, topic)

    @cached_property
    def words(self) -> dict[str, str]:
        """What the questions call this cohort's dates, region and group."""
        named = {"region": f"the {self.cohort.programme.region}" if self.cohort.programme.region else "your region"}
        for rule in self.rules:
            named |= {name: str(getattr(rule, name)) for name in ("region", "group") if hasattr(rule, name)}
        return {
            "group": "",
            **named,
            "commences": date_words(self.cohort.commences_on),
            "ends": date_words(self.cohort.ends_on),
        }

    def options_of(self, fact: Fact) -> tuple[tuple[str, str], ...]:
        """What can be chosen: the fact's own options, and for the discipline those of the programme."""
        if fact.name != "discipline":
            return fact.options
        return tuple((name, name) for name in self.cohort.programme.disciplines)

    def verdicts(self, answers: Mapping[str, Any], today: date) -> list[Verdict]:
        """One of each rule, in their order: never stops at the first that fails."""
        return [rule.verdict(answers, today) for rule in self.rules]

    def outcome(self, answers: Mapping[str, Any], today: date) -> Outcome:
        return worst(self.verdicts(answers, today))

    def missing_facts(self, answers: Mapping[str, Any]) -> list[Fact]:
        return missing_facts(self.facts, answers)

    def slots(self) -> list[tuple[RequiredDocument, int]]:
        """Each document asked for, with its number among those of its kind."""
        return [(required, number) for required in self.documents for number in range(1, required.number + 1)]


def cohort_at(programme: str, cohort: str) -> QuerySet[Cohort]:
    """The cohort at an address."""
    return Cohort.objects.filter(programme__slug=programme, slug=cohort).select_related("programme")


def applications_of(user: User) -> QuerySet[Application]:
    """A person's own applications, the newest cohort first; their `applicant` is `user`, without a join."""
    return user.applications.select_related("cohort__programme").order_by("-cohort__commences_on", "-pk")


def applications_administered_by(user: Person) -> QuerySet[Application]:
    """The applications of the cohorts that a person administers, without their drafts' words."""
    return Application.objects.filter(cohort__in=cohorts_administered_by(user).values("pk"))


def whole_application(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With what was sent and offered, for the page of one application: three more queries."""
    return applications.prefetch_related(
        Prefetch("documents", Document.objects.select_related("required", "asked").defer("text")),
        Prefetch("offers", Offer.objects.select_related("made_by")),
        Prefetch("submissions", Submission.objects.order_by("-number")),
    )


def documents_of(application: Application) -> dict[tuple[int, int], Document]:
    """The documents sent, by required document and number."""
    sent = Document.objects.filter(application=application).select_related("asked").defer("text").order_by()
    return {(document.required_id, document.number): document for document in sent}


def all_there(form: CohortForm, sent: Mapping[tuple[int, int], Document]) -> bool:
    """Whether each document asked for is there, and not only waiting to be scanned."""
    return all(slot in sent and not sent[slot].is_waiting for slot in ((r.pk, number) for r, number in form.slots()))


def statements_asked(application: Application) -> dict[tuple[int, int], StatementRequest]:
    """The last request for each document that somebody else was asked for, answered or not."""
    asked = StatementRequest.objects.filter(application=application).exclude(state=StatementState.WITHDRAWN)
    return {(request.required_id, request.number): request for request in asked.order_by("asked_at", "pk")}


def statement_requests_of(user: Person) -> QuerySet[StatementRequest]:
    """What a person has asked others for."""
    related = ("required", "application__applicant", "application__cohort__programme")
    return StatementRequest.objects.filter(application__applicant_id=user.pk).select_related(*related)


def statement_request_at(token: str) -> QuerySet[StatementRequest]:
    """The request that a link leads to, for whoever holds it."""
    related = ("required", "application__applicant", "application__cohort__programme")
    return StatementRequest.objects.filter(token_digest=digest_of(token)).select_related(*related)


def own_documents(user: Person) -> QuerySet[Document]:
    """What a person uploaded themself, also what waits to be scanned."""
    return Document.objects.filter(application__applicant_id=user.pk, asked=None).select_related("application")


def documents_open_to(user: Person) -> QuerySet[Document]:
    """A person's own documents, and those of submitted applications that they administer; never unscanned ones.

    A statement that somebody was asked for is the applicant's to read only where its writer allows it.
    """
    readable = Q(asked=None) | Q(asked__applicant_may_read=True)
    own = Document.objects.filter(readable, application__applicant_id=user.pk)
    theirs = Document.objects.filter(
        application__cohort__in=cohorts_administered_by(user).values("pk"), application__submitted_at__isnull=False
    )
    return (own | theirs).exclude(scan=Scan.WAITING).select_related("application")


def submitted_open_to(user: Person) -> QuerySet[Application]:
    """Submitted applications: a person's own, and those that they administer."""
    theirs = Q(applicant_id=user.pk) | Q(cohort__in=cohorts_administered_by(user).values("pk"))
    return Application.objects.filter(theirs, submitted_at__isnull=False).select_related("cohort__programme")


def offers_to(user: User) -> QuerySet[Offer]:
    """The offers made to a person."""
    return Offer.objects.filter(application__applicant=user).select_related(
        "application__cohort__programme", "application__applicant"
    )


def applicants_known_to(user: User) -> QuerySet[Application, int]:
    """The people an administrator may see for having applied to what they administer, as ids."""
    return applications_administered_by(user).values_list("applicant", flat=True)


def monitoring_counts_of(cohort: Cohort) -> dict[tuple[str, str], int]:
    """The counts of equality monitoring, by question and answer. For `rules.monitoring.published` alone."""
    counts = MonitoringCount.objects.filter(cohort=cohort).order_by().values_list("question", "answer", "count")
    return {(question, answer): count for question, answer, count in counts}
