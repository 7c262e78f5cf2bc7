"""Projects: mended, handed in for a fellow, or withdrawn."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from cohorts.admin.scoped import CohortFilter, ScopedAdmin, changed_values
from qip.forms.admin import ProjectAdminForm
from qip.models import Project
from qip.services import save_project, submit_project, withdraw_project


@admin.register(Project)
class ProjectAdmin(ScopedAdmin):
    cohort_path = "place__cohort"
    form = ProjectAdminForm
    list_display = ["__str__", "fellow", "supervisor_name", "state", "changed_at"]
    list_filter = ["state", CohortFilter.for_path("place__cohort")]
    list_select_related = ["place__fellow"]
    search_fields = ["title", "place__fellow__full_name", "place__fellow__email"]
    fieldsets = [
        (None, {"fields": ["title", "version_seen", "place", "state", "specialty", "site"]}),
        ("Supervisor", {"fields": ["supervisor_name", "supervisor_email"]}),
        ("The project", {"fields": ["aim", "summary", "started_at", "changed_at", "submitted_at"]}),
        ("Hand in or withdraw", {"fields": ["hand_in_now", "withdraw_now", "reason"]}),
    ]
    readonly_fields = ["place", "state", "started_at", "changed_at", "submitted_at"]

    @admin.display(description="Fellow", ordering="place__fellow__full_name")
    def fellow(self, project: Project) -> str:
        return str(project.place.fellow)

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        project = Project.objects.select_related("place__cohort").get(pk=obj.pk)
        by: Any = request.user
        written = changed_values(form, ProjectAdminForm.Meta.fields)
        if written:
            save_project(project=project, version=form.cleaned_data["version_seen"], by=by, **written)
        if form.cleaned_data["hand_in_now"]:
            submit_project(project=project, version=project.version, by=by)
        if form.cleaned_data["withdraw_now"]:
            withdraw_project(project=project, reason=form.cleaned_data["reason"], by=by)
