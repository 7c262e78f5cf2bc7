"""A person asking for a place in one cohort, and what they sent."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.enums import ApplicationState, Eligibility
from applications.rules.window import Window
from cohorts.models import Cohort
from nextstep import clock


class ApplicationQuerySet(models.QuerySet["Application"]):
    def drafts_in_open_windows(self, now: datetime) -> "ApplicationQuerySet":
        return self.filter(
            state=ApplicationState.DRAFT, cohort__applications_open_at__lte=now, cohort__applications_close_at__gt=now
        )

    def on_reserve_list(self) -> "ApplicationQuerySet":
        return self.filter(state=ApplicationState.RESERVE).order_by("reserve_rank")


class Application(models.Model):
    """One a person a cohort. A withdrawn one that is reopened is the same application."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=12, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=20, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    # By fact: text, and days in ISO form (rules.answers).
    answers = models.JSONField(default=dict, blank=True)
    # What was typed on pages that do not read yet, by topic, so that a draft keeps it too.
    unread = models.JSONField(default=dict, blank=True)
    # Copies for lists to filter and sort by. Nothing of a special category is copied.
    discipline = models.CharField(max_length=100, blank=True, editable=False)
    specialty = models.CharField(max_length=100, blank=True, editable=False)
    employer = models.CharField("trust or employer", max_length=200, blank=True, editable=False)
    eligibility = models.CharField(max_length=20, choices=Eligibility.choices, blank=True, editable=False)
    # What the team writes to the applicant with a decision; nothing before the decision is released.
    feedback = models.TextField(blank=True, editable=False)
    reserve_rank = models.PositiveIntegerField(null=True, blank=True, editable=False)
    started_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    # This person's own end of the window, where a late link gave them one.
    late_until = models.DateTimeField(null=True, blank=True, editable=False)
    # That the questions of equality monitoring were answered; what was answered is not kept with a person.
    monitoring_done = models.BooleanField(default=False, editable=False)
    # What it was when it was withdrawn, for undoing that.
    withdrawn_from = models.CharField(max_length=20, choices=ApplicationState.choices, blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "applicant"], name="application_one_a_person_a_cohort"),
            models.UniqueConstraint(
                fields=["cohort", "reserve_rank"],
                condition=Q(reserve_rank__isnull=False),
                name="application_reserve_rank_unique",
            ),
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_state_known"),
            models.CheckConstraint(
                condition=Q(state="reserve", reserve_rank__isnull=False)
                | (~Q(state="reserve") & Q(reserve_rank__isnull=True)),
                name="application_on_reserve_has_rank",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn") | Q(withdrawn_from=""), name="application_withdrawn_from_goes_with_state"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | (~Q(state="draft") & Q(submitted_at__isnull=False)),
                name="application_sent_has_moment",
            ),
        ]
        indexes = [
            # Holds all that the order of the team's list needs, so that no wide row is read to sort it.
            models.Index(fields=["cohort", "state", "-submitted_at"], name="application_in_list"),
            models.Index(fields=["-submitted_at", "-id"], name="application_newest"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def window(self) -> Window:
        """Until when this application can be written and sent."""
        cohort = self.cohort
        grace = timedelta(minutes=cohort.grace_minutes)
        return Window(cohort.applications_open_at, cohort.applications_close_at, grace, self.late_until)


class Submission(models.Model):
    """What was sent, as it was: a later change of rules or answers does not rewrite it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField(default=1)
    submitted_at = models.DateTimeField(default=clock.now, editable=False)
    # [{"fact", "question", "answer", "words"}], in the order asked.
    answers = models.JSONField(editable=False)
    # [{"rule", "outcome", "reason", "remedy"}].
    verdicts = models.JSONField(editable=False)
    # [{"rule", "parameters", "description"}], and the dates they were judged against.
    rules = models.JSONField(editable=False)
    # [{"label", "name", "size", "sha256"}].
    documents = models.JSONField(editable=False)
    declaration = models.TextField(editable=False)
    acknowledged_not_met = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["application_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="submission_number_unique")]

    def __str__(self) -> str:
        return f"{self.application}, submission {self.number}"
