"""Who does what in which programme or cohort."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts.enums import Role
from cohorts.models.cohort import Cohort
from cohorts.models.programme import Programme
from nextstep import clock

PROGRAMME_ROLES = [Role.ADMINISTRATOR]
COHORT_ROLES = [role for role in Role if role not in PROGRAMME_ROLES]


class TeamRoleQuerySet(models.QuerySet["TeamRole"]):
    def current(self) -> "TeamRoleQuerySet":
        return self.filter(ended_at__isnull=True)


class TeamRole(models.Model):
    """A person can hold several. Ended roles stay as history."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="team_roles")
    role = models.CharField(max_length=20, choices=Role.choices)
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.CASCADE, related_name="team_roles")
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.CASCADE, related_name="team_roles")
    organisation = models.CharField(max_length=200, blank=True)
    granted_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TeamRoleQuerySet.as_manager()

    class Meta:
        ordering = ["role", "person__full_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=PROGRAMME_ROLES, programme__isnull=False, cohort__isnull=True)
                | Q(role__in=COHORT_ROLES, programme__isnull=True, cohort__isnull=False),
                name="team_role_belongs_to_programme_or_cohort",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "programme"],
                condition=Q(ended_at__isnull=True, programme__isnull=False),
                name="team_role_once_a_programme",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "cohort"],
                condition=Q(ended_at__isnull=True, cohort__isnull=False),
                name="team_role_once_a_cohort",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}, {self.programme or self.cohort}"

    @property
    def audit_label(self) -> str:
        return f"{self.get_role_display()}, {self.programme or self.cohort}"
