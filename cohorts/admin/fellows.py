"""Fellows, and the seats behind them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from cohorts.admin.leaving import withdraw
from cohorts.admin.scoped import CohortFilter, ScopedAdmin, changed_values
from cohorts.forms import PlaceForm
from cohorts.models import Place, Seat
from cohorts.services import change_place


class TakenFilter(admin.SimpleListFilter):
    title = "taken"
    parameter_name = "taken"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Taken"), ("no", "Free")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(holder__isnull=self.value() == "no") if self.value() in {"yes", "no"} else queryset


@admin.register(Place)
class PlaceAdmin(ScopedAdmin):
    form = PlaceForm
    actions = [withdraw]
    list_display = ["fellow", "email", "cohort", "seat", "state", "employer", "supervisor_name"]
    list_filter = [CohortFilter, "state"]
    list_select_related = ["fellow", "cohort__programme", "seat"]
    search_fields = ["fellow__full_name", "fellow__email", "employer", "supervisor_name"]
    fieldsets = [
        (None, {"fields": ["fellow", "email", "version_seen", "cohort", "seat", "state", "enrolled_at", "left_at"]}),
        ("Work", {"fields": ["employer", "supervisor_name", "supervisor_email"]}),
        ("What they agreed to", {"fields": ["commitment_text", "committed_at"]}),
    ]
    readonly_fields = [
        "fellow", "email", "cohort", "seat", "state", "enrolled_at", "left_at", "commitment_text", "committed_at",
    ]  # fmt: skip

    @admin.display(description="Email", ordering="fellow__email")
    def email(self, place: Place) -> str:
        return place.fellow.email

    def save_through(self, request: HttpRequest, obj: Any, form: Any) -> None:
        fields = changed_values(form, PlaceForm.Meta.fields)
        place = Place.objects.select_related("cohort", "fellow").get(pk=obj.pk)
        change_place(place=place, by=request.user, version=form.cleaned_data["version_seen"], **fields)  # type: ignore[arg-type]


@admin.register(Seat)
class SeatAdmin(ScopedAdmin):
    may_change = False
    list_display = ["number", "cohort", "holder", "taken_at", "fellow"]
    list_display_links = None
    list_filter = [CohortFilter, TakenFilter]
    list_select_related = ["cohort__programme", "holder", "place"]
    search_fields = ["holder__full_name", "holder__email"]
    ordering = ["cohort", "number"]

    @admin.display(description="Held as", empty_value="free")
    def fellow(self, seat: Seat) -> str | None:
        if seat.holder_id is None:
            return None
        return "fellow" if hasattr(seat, "place") else "offer"
