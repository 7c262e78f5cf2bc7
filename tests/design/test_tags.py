"""The tags and filters as templates use them."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from nextstep.design import furniture
from nextstep.design.components import render
from nextstep.design.form_components import render_field, render_form
from nextstep.design.forms import NhsForm


class NameForm(NhsForm):
    name = forms.CharField()


def printed(template, **context):
    return engines["django"].from_string(template).render(context, RequestFactory().get("/?q=a&page=1")).strip()


ROWS = [{"key": "Name", "value": "Amina"}]
TASKS = [{"title": "Send", "status": "Done"}]
CARDS = [{"title": "Next Step", "text": "For doctors"}]
PAGE = Paginator(range(20), 10).page(1)


@pytest.mark.parametrize(
    ("template", "markup"),
    [
        ('{% nhsuk "tag" text="New" colour="green" %}', furniture.tag("New", "green")),
        ('{% nhsuk "tag" params=tag text="New" %}', furniture.tag("New", "blue")),
        ("{% error_summary form %}", furniture.error_summary(NameForm({}))),
        ("{% error_summary nothing %}", ""),
        ('{% button "Go" href="/a/" variant="secondary" %}', furniture.button("Go", href="/a/", variant="secondary")),
        ('{% button "Go" name="a" value="b" %}', furniture.button("Go", name="a", value="b")),
        ('{% back_link "/a/" %}', render("back-link", {"href": "/a/", "text": "Back"})),
        ('{% back_link "/a/" "Back to all" %}', render("back-link", {"href": "/a/", "text": "Back to all"})),
        ('{% tag "New" "blue" %}', furniture.tag("New", "blue")),
        ('{% tag "New" none %}', furniture.tag("New")),
        ("{% summary_list rows %}", furniture.summary_list(ROWS)),
        ("{% task_list tasks prefix='a' %}", furniture.task_list(TASKS, prefix="a")),
        ("{% cards cards level=3 %}", furniture.cards(CARDS, level=3)),
        (
            '{% nhs_table "Marks" head cells responsive=False %}',
            furniture.table("Marks", ["A"], [["x"]], responsive=False),
        ),
        ('{% confirmation_panel "Sent" "Thank you" %}', furniture.confirmation_panel("Sent", "Thank you")),
        ("{% form_field form.name %}", render_field(NameForm({})["name"])),
        ("{% form_fields form %}", render_form(NameForm({}))),
        ("{{ form|crispy }}", render_form(NameForm({}))),
        ("{% crispy form %}", render_form(NameForm({}))),
        ("{{ form.name|as_crispy_field }}", render_field(NameForm({})["name"])),
        ("{{ form|as_crispy_errors }}", furniture.error_summary(NameForm({}))),
        ("{% inset %}<p>{{ word }}</p>{% endinset %}", render("inset-text", {"text": "a & b"})),
    ],
)
def test_a_tag_prints_what_its_function_does(template, markup):
    context = {
        "form": NameForm({}),
        "tag": {"colour": "blue"},
        "rows": ROWS,
        "tasks": TASKS,
        "cards": CARDS,
        "head": ["A"],
        "cells": [["x"]],
        "word": "a & b",
    }
    assert printed(template, **context).split() == markup.split()


@pytest.mark.parametrize(
    "template",
    [
        '{% warning_callout "Before you start" %}<p>{{ word }}</p>{% endwarning_callout %}',
        '{% details "Before you start" %}<p>{{ word }}</p>{% enddetails %}',
    ],
)
def test_blocks_hold_their_content_as_the_template_wrote_it(template):
    markup = printed(template, word="a < b")
    assert [markup.count("<p>a &lt; b</p>"), markup.count("Before you start")] == [1, 1]


def test_headings_that_come_from_data_are_escaped():
    assert "<you>" not in printed("{% details word %}x{% enddetails %}", word="<you>")


def test_pagination_in_a_template_keeps_the_address():
    assert printed("{% pagination page %}", page=PAGE).count('href="?q=a&amp;page=2"') == 2


def test_a_formset_prints_its_management_form_and_each_form():
    formset = forms.formset_factory(NameForm, extra=2)()
    markup = printed("{% load crispy_forms_tags %}{{ formset|crispy }}", formset=formset)
    assert [markup.count(f'id="id_form-{number}-name"') for number in (0, 1)] == [1, 1]
    assert markup.count('name="form-TOTAL_FORMS"') == 1


@pytest.mark.parametrize(
    ("name", "address"), [("home", "/"), ("admin:index", "/admin/"), ("nowhere", ""), ("nowhere:at_all", "")]
)
def test_an_address_is_given_only_where_the_page_exists(name, address):
    assert printed("{% address_if_any name %}", name=name) == address
