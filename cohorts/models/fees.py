"""What an organisation owes when a fellow withdraws."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts.enums import FeeState
from cohorts.models.places import Place
from nextstep import clock


class WithdrawalFee(models.Model):
    """One a place that was left. The letter is kept as it was written."""

    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="withdrawal_fee")
    amount_pounds = models.PositiveIntegerField("amount in pounds")
    organisation = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=FeeState.choices, default=FeeState.OWED)
    version = models.PositiveIntegerField(default=1, editable=False)
    raised_at = models.DateTimeField(default=clock.now, editable=False)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # What was agreed as extenuating, where it was.
    circumstances = models.TextField(blank=True)
    letter = models.TextField()

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FeeState.values), name="withdrawal_fee_state_known"),
            models.CheckConstraint(
                condition=Q(state="owed", circumstances="") | (Q(state="waived") & ~Q(circumstances="")),
                name="withdrawal_fee_waived_has_circumstances",
            ),
        ]

    def __str__(self) -> str:
        return f"Withdrawal fee {self.pk}"
