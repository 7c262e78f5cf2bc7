"""The frame around every page."""

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse

from nextstep.design.forms import NhsForm
from tests.design.markup import outline
from tests.factories.accounts import UserFactory

PAGE = """{% extends "layout.html" %}
{% block title %}Your name{% endblock %}
{% block content %}<h1>Your name</h1>{% endblock %}"""


class NameForm(NhsForm):
    name = forms.CharField()


def page(user=None, path="/", **context):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return engines["django"].from_string(PAGE).render(context, request)


def words(markup):
    return [line.strip() for line in outline(markup).splitlines() if not line.strip().startswith("<")]


@pytest.mark.parametrize(
    ("context", "title"),
    [
        ({}, "Your name – Next Step"),
        ({"form": NameForm()}, "Your name – Next Step"),
        ({"form": NameForm({"name": "x"})}, "Your name – Next Step"),
        ({"form": NameForm({})}, "Error: Your name – Next Step"),
        ({"form": None}, "Your name – Next Step"),
    ],
)
def test_the_title_says_when_the_form_was_refused(context, title):
    assert words(page(**context))[0] == title


def test_the_service_is_called_as_the_settings_say(settings):
    settings.SERVICE_NAME = "Stepping Up"
    printed = words(page())
    assert [printed[0], printed[2]] == ["Your name – Stepping Up", "Stepping Up"]


def test_somebody_who_is_not_signed_in_can_sign_in():
    printed = page()
    assert printed.count(f'href="{reverse("account_login")}"') == 1
    assert "Sign out" not in printed
    assert "csrfmiddlewaretoken" not in printed


def test_the_signed_in_person_is_named_and_can_sign_out_by_post():
    printed = page(UserFactory.build(full_name="Amina <Example>"))
    assert "Amina &lt;Example&gt;" in printed
    assert printed.count(f'action="{reverse("account_logout")}" method="post"') == 1
    assert printed.count("csrfmiddlewaretoken") == 1
    assert "Sign in" not in words(printed)


@pytest.mark.parametrize(("path", "current"), [("/", 1), ("/elsewhere/", 0)])
def test_the_menu_marks_the_page_one_is_on(path, current):
    assert page(path=path).count('aria-current="page"') == current


@pytest.mark.parametrize(
    ("level", "name", "role", "title"),
    [(constants.SUCCESS, "success", "alert", "Success"), (constants.INFO, "info", "region", "Important")],
)
def test_messages_are_banners(level, name, role, title):
    printed = page(messages=[Message(level, "Saved <today>")])
    assert printed.count(f'role="{role}" aria-labelledby="notification-1"') == 1
    assert printed.count("nhsuk-notification-banner--success") == (name == "success")
    assert [word for word in words(printed) if word in {title, "Saved <today>"}] == [title, "Saved <today>"]


@pytest.mark.parametrize(("demo", "tags"), [(True, 1), (False, 0)])
def test_the_demo_says_that_it_is_one(settings, demo, tags):
    settings.DEMO = demo
    assert words(page()).count("Demo") == tags


@pytest.mark.parametrize(("entitled", "logos"), [(True, 1), (False, 0)])
def test_the_logo_waits_until_the_owner_is_entitled_to_it(settings, entitled, logos):
    settings.NHS_LOGO = entitled
    assert page().count("nhsuk-header__logo") == logos


def test_there_is_no_inline_script_or_style():
    printed = page(UserFactory.build())
    assert "<style" not in printed
    assert " style=" not in printed
    assert printed.count("<script") == printed.count("<script src=") + printed.count('<script type="module" src=') == 2


def test_a_page_that_is_not_there_says_so_in_the_frame(client):
    answer = client.get("/nowhere/at/all/")
    assert answer.status_code == 404
    assert words(answer.content.decode())[0] == "Page not found – Next Step"


@pytest.mark.parametrize(
    ("template", "heading"), [("403.html", "You cannot see this page"), ("500.html", "Sorry, there is a problem")]
)
def test_pages_of_refusal_stand_without_a_context(template, heading):
    printed = engines["django"].get_template(template).render({})
    assert words(printed)[0] == f"{heading} – Next Step"
    assert heading in words(printed)[1:]
