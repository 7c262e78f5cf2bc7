"""Withdrawing a fellow, and the fees that come of it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from cohorts.admin.scoped import CohortFilter, ScopedAdmin
from cohorts.models import Place, WithdrawalFee
from cohorts.services import leave_programme, waive_fee
from nextstep.refusals import Refused


class LeaveForm(forms.Form):
    reason = forms.CharField(
        label="Why do they withdraw?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Say why they withdraw."},
    )
    circumstances = forms.CharField(
        label="Extenuating circumstances that you have agreed. Empty: none, and any fee is owed.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )


class WaiveForm(forms.Form):
    circumstances = forms.CharField(
        label="Which extenuating circumstances have been agreed? The letter says this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say which extenuating circumstances have been agreed."},
    )


def ask_and_do(model_admin: Any, request: HttpRequest, chosen: list[Any], page: dict[str, Any]) -> HttpResponse | None:
    """Show `page` with its form for the one chosen row; posted, do `work` with it or show the refusal in the form."""
    if len(chosen) != 1:
        messages.error(request, "Choose one row.")
        return None
    [row] = chosen
    form = page["form"](request.POST if "confirmed" in request.POST else None)
    if form.is_bound and form.is_valid():
        seen = request.POST.get("version", "")
        try:
            page["work"](row, form.cleaned_data, int(seen) if seen.isdecimal() else None)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, page["done"].format(row))
            return HttpResponseRedirect(request.get_full_path())
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        **page,
        "form": form,
        "row": row,
        "list_address": request.path,
    }
    return TemplateResponse(request, "admin/cohorts/ask.html", context)


@admin.action(description="Withdraw from the programme", permissions=["view"])
def withdraw(model_admin: Any, request: HttpRequest, queryset: QuerySet[Place]) -> HttpResponse | None:
    """Ask why, and whether circumstances are extenuating; then end the place."""

    def work(place: Place, said: dict[str, Any], version: int | None) -> None:
        by: Any = request.user
        leave_programme(place=place, by=by, reason=said["reason"], circumstances=said["circumstances"], version=version)

    page = {
        "title": "Withdraw from the programme",
        "action": "withdraw",
        "effect": "Their place ends now and its seat can go to somebody else. They are emailed. This cannot be undone.",
        "button": "Withdraw them",
        "done": "{} is withdrawn.",
        "form": LeaveForm,
        "work": work,
    }
    chosen = list(queryset.select_related("fellow", "cohort__programme"))
    return ask_and_do(model_admin, request, chosen, page)


@admin.register(WithdrawalFee)
class WithdrawalFeeAdmin(ScopedAdmin):
    """What organisations owe for fellows who withdrew, with the letter."""

    cohort_path = "place__cohort"
    may_change = False
    list_display = ["fellow", "organisation", "amount_pounds", "state", "raised_at"]
    list_filter = ["state", CohortFilter.for_path("place__cohort")]
    list_select_related = ["place__fellow"]
    search_fields = ["place__fellow__full_name", "organisation"]
    fields = ["fellow", "organisation", "amount_pounds", "state", "raised_at", "raised_by", "circumstances", "letter"]
    actions = ["waive"]

    @admin.display(description="Fellow", ordering="place__fellow__full_name")
    def fellow(self, fee: WithdrawalFee) -> str:
        return str(fee.place.fellow)

    @admin.action(description="Waive: extenuating circumstances agreed", permissions=["view"])
    def waive(self, request: HttpRequest, queryset: QuerySet[WithdrawalFee]) -> HttpResponse | None:
        def work(fee: WithdrawalFee, said: dict[str, Any], version: int | None) -> None:
            by: Any = request.user
            waive_fee(fee=fee, by=by, circumstances=said["circumstances"], version=version)

        page = {
            "title": "Waive a withdrawal fee",
            "action": "waive",
            "effect": "The organisation owes nothing, and the letter is written anew.",
            "button": "Waive the fee",
            "done": "The fee is waived. The letter says why.",
            "form": WaiveForm,
            "work": work,
        }
        return ask_and_do(
            self, request, list(queryset.select_related("place__fellow", "place__cohort__programme")), page
        )
