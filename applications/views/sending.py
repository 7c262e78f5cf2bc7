"""Checking the answers, sending them, and the receipt."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from applications import services
from applications.forms import SendForm
from applications.presenters import answer_sections, document_slots, missing_things, verdict_rows
from applications.rules.declaration import DECLARATION
from applications.rules.draft import worst
from applications.selectors import documents_of, statements_asked
from applications.services import FullySubscribed, WindowClosed
from applications.views.drafts import Draft, closed_page, with_draft
from cohorts.rules.verdicts import Outcome
from nextstep import clock
from nextstep.refusals import Refused


@with_draft
@require_http_methods(["GET", "POST"])
def answers(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Everything that will be sent, the verdicts, what is missing, and the declaration."""
    verdicts = draft.form.verdicts(draft.application.answers, clock.today())
    all_met = worst(verdicts) != Outcome.NOT_MET
    form = SendForm(
        request.POST if request.method == "POST" else None,
        all_met=all_met,
        initial={"version": draft.application.version},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.submit_application(
                application=draft.application,
                by=request.user,  # type: ignore[arg-type]
                declared=form.cleaned_data["declared"],
                acknowledged=form.cleaned_data.get("acknowledged", False),
                seen_version=form.cleaned_data["version"],
            )
        except WindowClosed:
            return closed_page(request, draft.form.cohort, draft.application)
        except FullySubscribed:
            return render(request, "applications/full.html", draft.context, status=HTTPStatus.CONFLICT)
        except Refused as refusal:
            # The version that the person now sees is the present one.
            draft.application.refresh_from_db()
            form.data = {**form.data.dict(), "version": str(draft.application.version)}  # type: ignore[attr-defined]
            form.add_error(None, str(refusal))
        else:
            return redirect("applications:sent", draft.application.public_id)
    return render(request, "applications/answers.html", _page(draft, form, verdicts))


def _page(draft: Draft, form: SendForm, verdicts: list[Any]) -> dict[str, Any]:
    sent = documents_of(draft.application)
    links = {
        topic: reverse("applications:topic", args=[*draft.place, topic]) + "?return=answers"
        for topic in draft.form.topics
    }
    return {
        **draft.context,
        "form": form,
        "sections": answer_sections(draft.form, draft.application.answers, links),
        "slots": document_slots(draft.form, sent, statements_asked(draft.application)),
        "missing": missing_things(draft.form, draft.application, sent),
        "verdicts": verdict_rows(draft.form, verdicts),
        "outcome": worst(verdicts),
        "declaration": DECLARATION,
    }
