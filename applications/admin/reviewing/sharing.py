"""Sharing out the applications of a round: propose, look, adjust, save."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from applications.models import Application, ReviewRound
from applications.presenters.sharing import SharingPage, shortfall_words
from applications.selectors.reviewing import Desk, desk_of
from applications.services.reviewing import (
    change_proposal,
    discard_proposal,
    propose_assignment,
    save_assignment,
)
from nextstep.refusals import Refused

ROWS = 50


class ReadersForm(forms.Form):
    """The reviewers to be proposed for one application; those with a conflict are named and cannot be chosen."""

    reviewers = forms.TypedMultipleChoiceField(
        label="Who reads it", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, desk: Desk, application: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = [
            one for one in desk.reviewers if (application, one.person.pk) not in {*desk.conflicts.keys(), *desk.kept}
        ]
        field = self.fields["reviewers"]
        field.choices = [(one.person.pk, str(one.person)) for one in able]  # type: ignore[attr-defined]
        self.initial["reviewers"] = [who for one, who in desk.proposed if one == application]


def sharing_page(request: HttpRequest, review_round: ReviewRound, context: dict[str, Any]) -> HttpResponse:
    """What is given and what is proposed; a POST proposes, discards or saves."""
    if request.method == "POST":
        return _carried_out(request, review_round)
    desk = desk_of(review_round)
    page = SharingPage(desk)
    shown = Paginator(page.readings, ROWS).get_page(request.GET.get("page"))
    context |= {"title": f"Who reads what: {review_round.cohort}", "round": review_round, "page": page, "shown": shown}
    return TemplateResponse(request, "admin/applications/reviewround/sharing.html", context)


def _carried_out(request: HttpRequest, review_round: ReviewRound) -> HttpResponse:
    seen = request.POST.get("version", "")
    given: dict[str, Any] = {
        "review_round": review_round, "version": int(seen) if seen.isdigit() else 0, "by": request.user
    }  # fmt: skip
    try:
        if "save" in request.POST:
            count = save_assignment(**given)
            messages.success(request, f"{_readings(count)} given. The reviewers are told by email.")
        elif "discard" in request.POST:
            discard_proposal(**given)
            messages.success(request, "The proposal is discarded. Nobody was told of it.")
        else:
            sharing = propose_assignment(**given)
            messages.success(request, f"{_readings(len(sharing.pairs))} proposed. Nobody is told until you save.")
            for words in shortfall_words(sharing.short, desk_of(review_round).wanted):
                messages.warning(request, words)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:applications_reviewround_sharing", review_round.pk)


def _readings(count: int) -> str:
    return "1 reading is" if count == 1 else f"{count} readings are"


def readers_page(
    request: HttpRequest, review_round: ReviewRound, application_id: int, context: dict[str, Any]
) -> HttpResponse:
    """The readers of one application: those who have it, and those to propose."""
    application = get_object_or_404(Application, pk=application_id, cohort=review_round.cohort_id)
    desk = desk_of(review_round)
    form = ReadersForm(request.POST or None, desk=desk, application=application.pk)
    seen = request.POST.get("version", "")
    if form.is_valid():
        try:
            change_proposal(
                review_round=review_round,
                application=application,
                reviewers=form.cleaned_data["reviewers"],
                version=int(seen) if seen.isdigit() else 0,
                by=request.user,  # type: ignore[arg-type]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            desk = desk_of(ReviewRound.objects.select_related("cohort__programme").get(pk=review_round.pk))
        else:
            messages.success(request, f"The proposal for {application.reference} is changed.")
            return redirect("admin:applications_reviewround_sharing", review_round.pk)
    names = {one.person.pk: str(one.person) for one in desk.reviewers}
    context |= {
        "title": f"Who reads {application.reference}",
        "round": desk.round,
        "form": form,
        "kept": sorted(names.get(who, "Somebody who has left") for one, who in desk.kept if one == application.pk),
        "barred": sorted(
            (names[who], why) for (one, who), why in desk.conflicts.items() if one == application.pk and who in names
        ),
    }
    return TemplateResponse(request, "admin/applications/reviewround/readers.html", context)
