"""The floors: what bare Django costs for a page like ours, with the same database, session and sign-in.

A project of one file: `benchmarks.floor:application` serves it, `python -m benchmarks.floor` fills its database and
prints the calls. Each view is the least that its kind can be; a page of the portal is quoted as a ratio to it.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path

import django
from django.conf import settings

if not settings.configured:
    from nextstep.settings.environment import environment

    settings.configure(
        ROOT_URLCONF="benchmarks.floor",
        SECRET_KEY="only-for-the-benchmark",
        ALLOWED_HOSTS=["*"],
        # As settings.py has it for the portal.
        DATABASES={"default": {**environment(Path(os.environ["BENCHMARK_DIR"])).database, "CONN_MAX_AGE": None}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "benchmarks.floor_app",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                    ]
                },
            }
        ],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LANGUAGE_CODE="en-gb",
        TIME_ZONE="Europe/London",
        USE_I18N=False,
    )
    django.setup()

from django import forms
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path

from benchmarks.client import Call
from benchmarks.floor_app.models import Row

ROWS = 200
CLIENTS = 2


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Row
        fields = ("name", "place", "trust", "state", "score", "note")


def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@login_required
def signed_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"ok {request.user.pk}")


@login_required
def table(request: HttpRequest) -> HttpResponse:
    return render(request, "floor/table.html", {"rows": Row.objects.all()[:50]})


@login_required
def form(request: HttpRequest, key: int) -> HttpResponse:
    row = get_object_or_404(Row, pk=key)
    bound = RowForm(request.POST or None, instance=row)
    if request.method == "POST" and bound.is_valid():
        bound.save()
        return HttpResponseRedirect(request.path)
    return render(request, "floor/form.html", {"form": bound})


def anonymous_form(request: HttpRequest) -> HttpResponse:
    return render(request, "floor/form.html", {"form": RowForm()})


urlpatterns = [
    path("ok/", ok),
    path("signed-in/", signed_in),
    path("table/", table),
    path("form/<int:key>/", form),
    path("anonymous-form/", anonymous_form),
]

application = get_wsgi_application()


def fill() -> list[str]:
    """Make the tables, their rows and somebody for each client; returns their cookies."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    Row.objects.bulk_create(
        Row(name=f"Person {n}", place="Ward", trust="An NHS trust", state="open", score=n, note="In order")
        for n in range(ROWS)
    )
    return [_cookie(User.objects.create_user(f"person-{n}")) for n in range(CLIENTS)]


def _cookie(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}"


def floor_calls(cookies: list[str]) -> dict[str, list[Call]]:
    fields = {"name": "A person", "place": "Ward", "trust": "An NHS trust", "state": "open", "note": "In order"}
    posted = [{**fields, "score": score} for score in "12"]
    clients = list(enumerate(cookies, start=1))
    return {
        "anonymous ok": [Call("/ok/", "ok") for _ in clients],
        "signed-in ok": [Call("/signed-in/", "ok", cookie) for _, cookie in clients],
        "table of 50 rows": [Call("/table/", "Person 49", cookie) for _, cookie in clients],
        "form, GET": [Call(f"/form/{key}/", "An NHS trust", cookie) for key, cookie in clients],
        "form, POST": [
            Call(f"/form/{key}/", "Location: /form/", cookie, posted, status=302) for key, cookie in clients
        ],
        "anonymous form": [Call("/anonymous-form/", "<form") for _ in clients],
    }


if __name__ == "__main__":
    print(json.dumps({name: [asdict(call) for call in calls] for name, calls in floor_calls(fill()).items()}))
