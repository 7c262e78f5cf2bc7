"""The requests upon a filled database: `python -m benchmarks.calls` prints them, as JSON, by the names of the pages."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.urls import reverse  # noqa: E402

from applications.enums import ApplicationState  # noqa: E402
from applications.models import Application  # noqa: E402
from benchmarks.client import Call  # noqa: E402
from benchmarks.filling import SEED, applying_cohort  # noqa: E402
from cohorts.models import Cohort, Place  # noqa: E402
from nextstep import clock  # noqa: E402
from nextstep.accounts.models import User  # noqa: E402
from nextstep.demo.answers import answers_of  # noqa: E402
from nextstep.demo.people import applicants  # noqa: E402
from qip.models import Assessment, Criterion, Judge, Panel, Project  # noqa: E402
from sessions_app.models import TeachingSession  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ADMINISTRATOR, FACILITATOR = "Ada Ledgerwick", "Fay Circleworth"
# As many clients as the measured servers have workers.
CLIENTS = 2

Calls = dict[str, list[Call]]


def all_calls() -> Calls:
    cohort = applying_cohort()
    return {**public_calls(cohort), **applicant_calls(cohort), **team_calls(cohort), **year_calls(), **judging_calls()}


def signed_in(user: User) -> str:
    """The cookie of a browser in which `user` is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}"


def named(name: str) -> User:
    return User.objects.get(full_name=name)


def both(call: Call) -> list[Call]:
    return [call] * CLIENTS


def public_calls(cohort: Cohort) -> Calls:
    address = [cohort.programme.slug, cohort.slug]
    person = applicants(1, seed=SEED, commences_on=cohort.commences_on, ends_on=cohort.ends_on)[0]
    check = as_posted(answers_of(person, commences_on=cohort.commences_on))
    return {
        "home": both(Call("/", "Leadership and management programmes</h1>")),
        "cohort page": both(Call(reverse("cohort_page", args=address), cohort.programme.name)),
        "sign-in": both(Call(reverse("account_login"), "Sign in</h1>")),
        "eligibility check, POST": both(
            Call(reverse("applications:check", args=address), "<h2>Your answers</h2>", forms=[check])
        ),
    }


def as_posted(answers: Mapping[str, Any]) -> dict[str, str]:
    """Answers as the form's fields: a date in three parts."""
    posted = {}
    for name, value in answers.items():
        if name.endswith("_on") and value:
            year, month, day = value.split("-")
            posted |= {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}
        else:
            posted[name] = value
    return posted


def applicant_calls(cohort: Cohort) -> Calls:
    """Two people with drafts: the page about training, which has most kinds of questions."""
    drafts = Application.objects.filter(cohort=cohort, state=ApplicationState.DRAFT).select_related("applicant")
    cookies = [signed_in(draft.applicant) for draft in drafts.order_by("pk")[:CLIENTS]]
    address = [cohort.programme.slug, cohort.slug]
    tasks, page = (
        reverse("applications:tasks", args=address),
        reverse("applications:topic", args=[*address, "training"]),
    )
    person = applicants(1, seed=SEED, commences_on=cohort.commences_on, ends_on=cohort.ends_on)[0]
    answers = as_posted(answers_of(person, commences_on=cohort.commences_on))
    forms = [{**answers, "cct_confirmed_by": name} for name in ("Dr Field", "Dr Moor")]
    seen = {"seen": r'name="seen" id="id_seen" value="(\w+)"'}
    return {
        "task list": [Call(tasks, "Your application</h1>", cookie) for cookie in cookies],
        "application page, GET": [Call(page, "Training and CCT</h1>", cookie) for cookie in cookies],
        "application page, POST": [
            Call(page, "/apply/about/", cookie, forms, shown_at=page, shown=seen, status=302) for cookie in cookies
        ],
    }


def team_calls(cohort: Cohort) -> Calls:
    cookie = signed_in(named(ADMINISTRATOR))
    sent = Application.objects.filter(cohort=cohort, state=ApplicationState.SUBMITTED, documents__isnull=False)
    one = sent.order_by("pk")[0]
    page = reverse("admin:applications_application_change", args=[one.pk])
    return {
        "application list in the admin": both(
            Call(reverse("admin:applications_application_changelist"), "result_list", cookie)
        ),
        "one application in the admin": both(Call(page, one.reference, cookie)),
    }


def year_calls() -> Calls:
    cohort = judged_panel().cohort
    places = list(Place.objects.active().filter(cohort=cohort).select_related("fellow").order_by("pk")[:CLIENTS])
    session = TeachingSession.objects.filter(cohort=cohort, ends_at__lte=clock.now()).order_by("-starts_at")[0]
    cookie = signed_in(named(FACILITATOR))
    register = reverse("attendance:register", args=[session.public_id])
    return {
        "fellow's home": [
            Call(reverse("portal:dashboard"), place.fellow.full_name, signed_in(place.fellow)) for place in places
        ],
        "register, GET": both(Call(register, places[0].fellow.full_name, cookie)),
        "register, tick": [tick(session, place, cookie, by_script=True) for place in places],
        "register, tick without script": [tick(session, place, cookie, by_script=False) for place in places],
    }


def tick(session: TeachingSession, place: Place, cookie: str, *, by_script: bool) -> Call:
    """Late, present, late: the version in the person's row rises with each."""
    return Call(
        reverse("attendance:mark", args=[session.public_id, place.public_id]),
        holds=f"person-{place.public_id}",
        cookie=cookie,
        forms=[{"state": "late"}, {"state": "present"}],
        shown_at=reverse("attendance:register", args=[session.public_id]),
        shown={"seen": rf'mark/{place.public_id}/".*?name="seen" value="(\d+)"'},
        by_script=by_script,
        status=200 if by_script else 302,
    )


def judged_panel() -> Panel:
    return Panel.objects.select_related("cohort").get(cohort__programme__slug="next-step", results__isnull=True)


def judging_calls() -> Calls:
    panel = judged_panel()
    judges = list(Judge.objects.filter(panel=panel).select_related("person").order_by("pk")[:CLIENTS])
    sheets = [
        Assessment.objects.filter(judge=judge, state="open").select_related("project").order_by("pk")[0]
        for judge in judges
    ]
    cookies = [signed_in(judge.person) for judge in judges]
    pages = list(zip((score_page(panel, sheet.project) for sheet in sheets), cookies, strict=True))
    opened = Panel.objects.get(cohort__programme__slug="next-step", results__isnull=False)
    results = reverse("qip:results", args=[opened.public_id])
    listed = reverse("qip:panel", args=[panel.public_id])
    return {
        "judge's list": [Call(listed, "Projects to judge\n", cookie) for cookie in cookies],
        "score, GET": [Call(page, "Make final", cookie) for page, cookie in pages],
        "score, POST": [touch(panel, page, cookie) for page, cookie in pages],
        "score, POST without script": [whole_sheet(panel, page, cookie) for page, cookie in pages],
        "results": both(Call(results, "Results\n", signed_in(named(ADMINISTRATOR)))),
    }


def score_page(panel: Panel, project: Project) -> str:
    return reverse("qip:score", args=[panel.public_id, project.public_id])


def touch(panel: Panel, page: str, cookie: str) -> Call:
    """One criterion's score, sent as it is touched."""
    code = criteria(panel)[0].code
    forms = [{"only": code, f"score-{code}": value, f"comment-{code}": ""} for value in "34"]
    return Call(page, "Saved at", cookie, forms, page, versions([code]), by_script=True)


def whole_sheet(panel: Panel, page: str, cookie: str) -> Call:
    """The whole sheet with each score changed."""
    codes = [each.code for each in criteria(panel)]
    forms = [
        {"action": "save", **{f"score-{code}": value for code in codes}, **{f"comment-{code}": "" for code in codes}}
        for value in "34"
    ]
    return Call(page, f"Location: {page}", cookie, forms, page, versions(codes), status=302)


def criteria(panel: Panel) -> list[Criterion]:
    return list(Criterion.objects.filter(rubric__cohort=panel.cohort).order_by("position"))


def versions(codes: list[str]) -> dict[str, str]:
    return {f"version-{code}": rf'name="version-{code}" value="(\d+)"' for code in codes}


if __name__ == "__main__":
    print(json.dumps({name: [asdict(call) for call in calls] for name, calls in all_calls().items()}))
