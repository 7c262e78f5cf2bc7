"""Beginning an application and answering its questions, one topic a page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications import services
from applications.forms import FactsForm, bound_again, facts_form, initial_from
from applications.presenters import task_items
from applications.rules.facts import TOPICS
from applications.selectors import CohortForm, applications_of, cohort_at, documents_of
from applications.services import AnswersChanged, WindowClosed
from applications.views.autosaving import autosaved, both_texts, save_page, saved_words, seen_of, standing_here
from applications.views.drafts import Draft, closed_page, with_draft
from nextstep import clock
from nextstep.accounts.access import public, signed_in
from nextstep.accounts.held import wants_a_piece
from nextstep.design.dates import last_moment_words
from sessions_app.selectors import sessions_of


@public
@require_safe
def start(request: HttpRequest, programme: str, cohort: str) -> HttpResponse:
    """What applying takes, and the button that begins it."""
    form = CohortForm(get_object_or_404(cohort_at(programme, cohort)))
    context = {
        "cohort": form.cohort,
        "place": [programme, cohort],
        "rules": [rule.describe() for rule in form.rules],
        "documents": form.documents,
        "topics": [TOPICS[topic] for topic in form.topics],
        "window": form.cohort.window_state(clock.now()),
    }
    if request.user.is_authenticated:
        own = applications_of(request.user).filter(cohort=form.cohort).first()
        context |= {"own": own, "own_open": own is not None and own.window.is_open(clock.now())}
    return render(request, "applications/start.html", context)


@signed_in
@require_POST
def begin(request: HttpRequest, programme: str, cohort: str) -> HttpResponse:
    wanted = get_object_or_404(cohort_at(programme, cohort))
    try:
        services.start_application(cohort=wanted, by=request.user)  # type: ignore[arg-type]
    except WindowClosed:
        return closed_page(request, wanted)
    return redirect("applications:tasks", programme, cohort)


@with_draft
@require_safe
def tasks(request: HttpRequest, draft: Draft) -> HttpResponse:
    items = task_items(draft.form, draft.application, documents_of(draft.application))
    return render(request, "applications/tasks.html", {**draft.context, "items": items})


@with_draft
@require_http_methods(["GET", "POST"])
def topic(request: HttpRequest, draft: Draft, topic: str) -> HttpResponse:
    """One page of questions. What reads is saved, what does not is shown again with its error."""
    if topic not in draft.form.topics:
        raise Http404
    form_class = facts_form(draft.form, draft.form.facts_of(topic), drafting=True)
    if request.method == "GET":
        return _topic_page(request, draft, topic, _opened(draft, topic, form_class))
    form = form_class(request.POST)
    if wants_a_piece(request):
        return autosaved(request, draft, topic, form)
    try:
        saved = save_page(request, draft, topic, form)
    except AnswersChanged as changed:
        return _both_shown(request, draft, topic, form, changed)
    except WindowClosed:
        return closed_page(request, draft.form.cohort, draft.application)
    if form.is_valid():
        return _onwards(request, draft, topic)
    seen = seen_of(draft, topic, saved.answers, saved.unread)
    return _topic_page(request, draft, topic, bound_again(form_class, form.typed(), seen=seen))


def _opened(draft: Draft, topic: str, form_class: type[FactsForm]) -> FactsForm:
    """The page as it was left, with its errors where something did not read."""
    answers, unread = draft.application.answers, draft.application.unread
    seen = seen_of(draft, topic, answers, unread)
    if typed := unread.get(topic):
        return bound_again(form_class, typed, seen=seen)
    return form_class(initial={**initial_from(draft.form.facts_of(topic), answers), "seen": seen})


def _topic_page(request: HttpRequest, draft: Draft, topic: str, form: FactsForm, **further: Any) -> HttpResponse:
    context = {
        **draft.context,
        "topic": topic,
        "title": TOPICS[topic],
        "form": form,
        "return_to": "answers" if request.GET.get("return") == "answers" else "",
        **standing_here(draft, topic, draft.application.answers),
        **further,
    }
    if topic == "commitment":
        context["sessions"] = [s for s in sessions_of(draft.form.cohort) if s.state == "published"]
    return render(request, "applications/topic.html", context)


def _both_shown(
    request: HttpRequest, draft: Draft, topic: str, form: FactsForm, changed: AnswersChanged
) -> HttpResponse:
    """The page was saved elsewhere: show both texts, and let the person choose."""
    seen = seen_of(draft, topic, changed.saved, {topic: changed.unread})
    mine = bound_again(type(form), form.typed(), seen=seen)
    return _topic_page(request, draft, topic, mine, conflicts=both_texts(draft, topic, form, changed))


def _onwards(request: HttpRequest, draft: Draft, topic: str) -> HttpResponse:
    """To where the button says: here again, later, back to the checked answers, or the next page."""
    if "stay" in request.POST:
        messages.success(request, f"{saved_words()}.")
        return redirect(request.get_full_path())
    if "later" in request.POST:
        closes = last_moment_words(draft.deadline.moment)
        messages.success(request, f"Your application is saved. Send it by {closes}.")
        return redirect("applications:tasks", *draft.place)
    if request.GET.get("return") == "answers":
        return redirect("applications:answers", *draft.place)
    topics = draft.form.topics
    following = topics[topics.index(topic) + 1 :]
    if following:
        return redirect("applications:topic", *draft.place, following[0])
    return redirect("applications:documents" if draft.form.documents else "applications:tasks", *draft.place)
