"""Saving a page of a draft: whole by its button, or a question at a time by script, which is answered in pieces."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse, QueryDict
from django.template.loader import render_to_string

from applications import services
from applications.forms import FactsForm, bound_again
from applications.models import Application
from applications.presenters import Conflict, PageText, conflicts, ntn_as_read, topic_verdicts
from applications.rules.draft import fingerprint
from applications.services import AnswersChanged, Attempt
from applications.views.drafts import Draft
from nextstep import clock
from nextstep.clock import LONDON
from nextstep.refusals import Refused

# A page that hears nothing sends what it sent before along with its next attempt, at most this often.
_MOST_UNCONFIRMED = 5


def save_page(request: HttpRequest, draft: Draft, topic: str, form: FactsForm) -> Application:
    """Keep what the page sent. Raises what `save_answers` raises."""
    sent = _sent(form)
    return services.save_answers(
        application=draft.application,
        topic=topic,
        answers=sent.answers,
        unread=sent.unread,
        seen=form.cleaned_data.get("seen", ""),
        unconfirmed=[_sent(type(form)(QueryDict(body))) for body in request.POST.getlist("tried")[-_MOST_UNCONFIRMED:]],
        by=request.user,  # type: ignore[arg-type]
    )


def _sent(form: FactsForm) -> Attempt:
    valid = form.is_valid()
    return Attempt(form.answers, None if valid else form.typed())


def autosaved(request: HttpRequest, draft: Draft, topic: str, form: FactsForm) -> JsonResponse:
    """When it was saved, and how the answers stand now; or both texts; or why nothing can be saved."""
    try:
        saved = save_page(request, draft, topic, form)
    except AnswersChanged as changed:
        context = {"conflicts": both_texts(draft, topic, form, changed), "address": request.get_full_path()}
        piece = render_to_string("applications/parts/conflicts.html", context)
        seen = seen_of(draft, topic, changed.saved, {topic: changed.unread})
        return JsonResponse({"conflict": piece, "seen": seen}, status=409)
    except Refused as refusal:
        return JsonResponse({"refusal": str(refusal)}, status=409)
    standing = render_to_string("applications/parts/standing.html", standing_here(draft, topic, saved.answers))
    seen = seen_of(draft, topic, saved.answers, saved.unread)
    deadline = render_to_string("applications/parts/deadline.html", {"deadline": draft.deadline})
    return JsonResponse({"saved": saved_words(), "seen": seen, "standing": standing, "deadline": deadline})


def seen_of(draft: Draft, topic: str, answers: Mapping[str, Any], unread: Mapping[str, Any]) -> str:
    """The fingerprint of a page as it is saved."""
    return fingerprint(draft.form.facts_of(topic), answers, unread.get(topic))


def both_texts(draft: Draft, topic: str, form: FactsForm, changed: AnswersChanged) -> list[Conflict]:
    """Each question that was answered differently here and elsewhere."""
    elsewhere = bound_again(type(form), changed.unread, seen="").unread_words() if changed.unread else {}
    saved, typed = PageText(changed.saved, elsewhere), PageText(form.answers, form.unread_words())
    return conflicts(draft.form, topic, saved, typed)


def standing_here(draft: Draft, topic: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """How the answers stand against the rules that this page asks for."""
    asks_ntn = any(fact.name == "ntn" for fact in draft.form.facts_of(topic))
    return {
        "verdicts": topic_verdicts(draft.form, topic, answers, clock.today()),
        "ntn_as_read": ntn_as_read(answers) if asks_ntn else "",
    }


def saved_words() -> str:
    return f"Saved {clock.now().astimezone(LONDON):%H:%M}"
