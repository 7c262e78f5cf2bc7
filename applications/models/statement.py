"""A supporting statement that an applicant asks somebody else for."""

import uuid

from django.db import models
from django.db.models import Q

from applications.enums import StatementState
from applications.models.application import Application
from cohorts.models import RequiredDocument
from nextstep import clock


class StatementRequest(models.Model):
    """One person asked for one document of an application. Of the link they get, only a digest is kept."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="statement_requests")
    required = models.ForeignKey(RequiredDocument, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=150)
    email = models.EmailField(max_length=254)
    relation = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=StatementState.choices, default=StatementState.ASKED)
    version = models.PositiveIntegerField(default=1, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    # The supporter's to allow, never the applicant's.
    applicant_may_read = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["application_id", "asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "required", "number"],
                condition=Q(state__in=["asked", "came"]),
                name="statement_one_asked_for_each",
            ),
            models.CheckConstraint(condition=Q(state__in=StatementState.values), name="statement_state_known"),
            models.CheckConstraint(condition=Q(number__gt=0), name="statement_number_starts_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.relation}"

    @property
    def audit_label(self) -> str:
        """Without the supporter's name."""
        return f"Statement {self.number} for {self.application_id}"
