"""The runs of periodic jobs for the owner: what ran when, and what failed and why."""

from django.contrib import admin

from nextstep.audit.admin import ReadOnlyForOwners
from nextstep.jobs.models import PeriodicRun


@admin.register(PeriodicRun)
class PeriodicRunAdmin(ReadOnlyForOwners):
    list_display = ["job", "period", "state", "attempts", "started_at", "finished_at"]
    list_filter = ["state", "job"]
    list_per_page = 50
    show_full_result_count = False
    fields = ["job", "period", "state", "attempts", "started_at", "finished_at", "held_until", "error"]
