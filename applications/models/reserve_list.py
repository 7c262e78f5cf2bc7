"""How a cohort's reserve list moves."""

from django.db import models
from django.db.models import Q

from applications.enums import Brake
from cohorts.models import Cohort


class ReserveList(models.Model):
    """The terms of one cohort's reserve list, or of its queue where places go first come, first served."""

    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="reserve_list")
    mode = models.CharField("next offers", max_length=20, choices=Brake.choices, default=Brake.CONFIRM)
    # Automatic until then; afterwards each is confirmed.
    automatic_until = models.DateTimeField(null=True, blank=True)
    # The last day, in London, on which anybody new is offered a place.
    refill_until = models.DateField(null=True, blank=True)
    # How long a decline can be undone; so long the seat is held.
    undo_hours = models.PositiveSmallIntegerField(default=24)
    shows_number = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "reserve list"
        ordering = ["cohort"]
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=Brake.values), name="reserve_list_mode_known"),
            models.CheckConstraint(condition=Q(undo_hours__lte=24 * 14), name="reserve_list_undo_within_two_weeks"),
        ]

    def __str__(self) -> str:
        return f"Reserve list of {self.cohort}"
