"""Lists, tables and summaries made of data."""

from itertools import pairwise

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.safestring import mark_safe

from nextstep.design import furniture
from nextstep.design.forms import NhsForm, VersionedFormMixin
from nextstep.design.gallery import every_field
from tests.design.markup import outline


def lines(markup, *containing):
    return [line.strip() for line in outline(markup).splitlines() if any(part in line for part in containing)]


def links(markup):
    """Pairs of address and words."""
    found, rows = [], outline(markup).splitlines()
    for row, following in pairwise(rows):
        if row.strip().startswith("<a "):
            found.append((row.split('href="')[1].split('"')[0], following.strip()))
    return found


def test_the_summary_links_each_error_to_its_control():
    assert links(furniture.error_summary(every_field(refused=True))) == [
        ("#id_oop_return_on_day", "Your return date must be a real date"),
        ("#id_full_name", "Enter full name"),
        ("#id_email", "Enter an email address in the correct format, like name@example.com"),
        ("#id_code", "Enter security code"),
        ("#id_cct_on_month", "Your CCT date must include a month"),
        ("#id_sessions", "Sessions a week must be a whole number"),
        ("#id_region", "Select an answer to ‘Where do you train?’"),
        ("#id_trust", "Select trust"),
        ("#id_days", "Select an answer to ‘Which days can you attend?’"),
        ("#id_phone", "Enter phone number"),
        ("#id_statement", "Supporting statement must be 20 words or fewer. You have written 21"),
        ("#id_cv", "Select a file for ‘CV’"),
        ("#id_agrees", "Tick ‘I can attend all four face-to-face days’ to continue"),
    ]


class NameForm(VersionedFormMixin, NhsForm):
    name = forms.CharField()


@pytest.mark.parametrize("source", ["", None, [], NameForm(), [NameForm()], NameForm({"version": 1, "name": "x"})])
def test_there_is_no_summary_without_errors(source):
    assert furniture.error_summary(source) == ""


def test_errors_of_the_form_and_of_hidden_fields_lead_nowhere():
    form = NameForm({"version": "", "name": "x"})
    form.add_error(None, "Somebody changed this before you")
    printed = furniture.error_summary(form)
    assert links(printed) == []
    assert lines(printed, "Somebody", "Enter") == ["Somebody changed this before you", "Enter version"]


def test_several_forms_share_a_summary():
    first, second = NameForm({"version": 1}, prefix="a"), NameForm({"version": 1}, prefix="b")
    printed = furniture.error_summary([first, second])
    assert [href for href, _ in links(printed)] == ["#id_a-name", "#id_b-name"]


def test_a_summary_of_plain_words_and_of_links():
    printed = furniture.error_summary(["Too late", {"text": "No CV", "href": "#cv"}])
    assert links(printed) == [("#cv", "No CV")]
    assert lines(printed, "Too late") == ["Too late"]


def test_a_summary_list_says_what_was_not_given_and_escapes_what_was():
    printed = furniture.summary_list(
        [
            {"key": "Name", "value": "<b>Amina</b>", "change_href": "/name/?a=1&b=2"},
            {"key": "GMC", "value": 0, "change_href": "/gmc/", "change_hidden": "GMC number"},
            {"key": "Known as", "value": None},
            {"key": "Status", "value": furniture.tag("New", "blue")},
        ]
    )
    assert "<b>" not in printed
    assert printed.count("&lt;b&gt;Amina&lt;/b&gt;") == 1
    assert lines(printed, "Not given", '"nhsuk-tag', "<a ") == [
        '<a class="nhsuk-link" href="/name/?a=1&b=2">',
        '<a class="nhsuk-link" href="/gmc/">',
        "Not given",
        '<strong class="nhsuk-tag nhsuk-tag--blue">',
    ]
    assert [line.strip() for line in outline(printed).splitlines() if line.strip() in {"name", "GMC number"}] == [
        "name",
        "GMC number",
    ]


def test_a_task_list_tells_tasks_that_cannot_start_apart():
    printed = furniture.task_list(
        [
            {"title": "Details", "href": "/a/", "hint": "Two minutes", "status": "Completed", "colour": None},
            {"title": "Send", "href": None, "status": "Cannot start yet", "colour": "grey"},
        ],
        prefix="apply",
    )
    assert outline(printed).splitlines() == [
        '<ul class="nhsuk-task-list">',
        '  <li class="nhsuk-task-list__item nhsuk-task-list__item--with-link">',
        '    <div class="nhsuk-task-list__name-and-hint">',
        '      <a aria-describedby="apply-1-hint apply-1-status" class="nhsuk-task-list__link nhsuk-link" href="/a/">',
        "        Details",
        '      <div class="nhsuk-task-list__hint" id="apply-1-hint">',
        "        Two minutes",
        '    <div class="nhsuk-task-list__status" id="apply-1-status">',
        "      Completed",
        '  <li class="nhsuk-task-list__item">',
        '    <div class="nhsuk-task-list__name-and-hint">',
        "      <div>",
        "        Send",
        '    <div class="nhsuk-task-list__status" id="apply-2-status">',
        '      <strong class="nhsuk-tag nhsuk-tag--grey">',
        "        Cannot start yet",
    ]


def page_of(total, number):
    return Paginator(range(total), 10).get_page(number)


@pytest.mark.parametrize(
    ("total", "number", "addresses"),
    [
        (0, 1, []),
        (10, 1, []),
        (11, 1, ["?page=1", "?page=2", "?page=2"]),
        (11, 2, ["?page=1", "?page=1", "?page=2"]),
        (100, 5, ["?page=4", "?page=1", "?page=4", "?page=5", "?page=6", "?page=10", "?page=6"]),
    ],
)
def test_pagination_links_the_pages_around(total, number, addresses):
    assert [href for href, _ in links(furniture.pagination(page_of(total, number)))] == addresses


def test_pagination_keeps_the_rest_of_the_address():
    query = QueryDict("state=offered&q=a%26b&page=1")
    printed = furniture.pagination(page_of(11, 1), query)
    assert [href for href, _ in links(printed)][-1] == "?state=offered&q=a%26b&page=2"
    assert query["page"] == "1"


def test_the_current_page_is_announced():
    assert lines(furniture.pagination(page_of(20, 2)), "aria-current") == [
        '<a aria-current="page" aria-label="Page 2" class="nhsuk-pagination__link" href="?page=2">'
    ]


def test_a_table_prints_each_row_once_and_escapes_its_cells():
    printed = furniture.table(
        "Scores <1>", ["Who", {"text": "Score", "format": "numeric"}], [["<b>", 4], [mark_safe("<i>Amina</i>"), None]]
    )
    assert outline(printed).splitlines() == [
        '<table class="nhsuk-table nhsuk-table--responsive" role="table">',
        '  <caption class="nhsuk-table__caption nhsuk-table__caption--m">',
        "    Scores <1>",
        '  <thead class="nhsuk-table__head" role="rowgroup">',
        '    <tr class="nhsuk-table__row" role="row">',
        '      <th class="nhsuk-table__header" role="columnheader" scope="col">',
        "        Who",
        '      <th class="nhsuk-table__header nhsuk-table__header--numeric" role="columnheader" scope="col">',
        "        Score",
        '  <tbody class="nhsuk-table__body">',
        '    <tr class="nhsuk-table__row" role="row">',
        '      <td class="nhsuk-table__cell" role="cell">',
        '        <span aria-hidden="true" class="nhsuk-table__heading">',
        "          Who",
        "        <span>",
        "          <b>",
        '      <td class="nhsuk-table__cell nhsuk-table__cell--numeric" role="cell">',
        '        <span aria-hidden="true" class="nhsuk-table__heading">',
        "          Score",
        "        <span>",
        "          4",
        '    <tr class="nhsuk-table__row" role="row">',
        '      <td class="nhsuk-table__cell" role="cell">',
        '        <span aria-hidden="true" class="nhsuk-table__heading">',
        "          Who",
        "        <span>",
        "          <i>",
        "            Amina",
        '      <td class="nhsuk-table__cell nhsuk-table__cell--numeric" role="cell">',
        '        <span aria-hidden="true" class="nhsuk-table__heading">',
        "          Score",
        "        <span>",
    ]


def test_an_empty_table_keeps_its_heads():
    printed = furniture.table("Nobody yet", ["Who"], [])
    assert lines(printed, "<tr", "<td", "<th") == [
        '<thead class="nhsuk-table__head" role="rowgroup">',
        '<tr class="nhsuk-table__row" role="row">',
        '<th class="nhsuk-table__header" role="columnheader" scope="col">',
    ]


def test_a_table_that_stays_a_table_scrolls_in_a_frame():
    printed = furniture.table("Register", ["Who"], [["Amina"]], responsive=False)
    assert outline(printed).splitlines()[:2] == [
        '<div aria-label="Register" class="app-scroll" role="region" tabindex="0">',
        '  <table class="nhsuk-table">',
    ]


def test_the_first_cell_can_name_its_row():
    printed = furniture.table("Register", ["Who", "Mark"], [["Amina", "Late"]], firstCellIsHeader=True)
    assert lines(printed, "rowheader") == ['<th class="nhsuk-table__header" role="rowheader" scope="row">']


def test_cards_lead_somewhere_or_just_say_something():
    printed = furniture.cards(
        [{"title": "A", "href": "/a/", "text": "x"}, {"title": "B", "html": mark_safe("<p>y</p>")}], level=3
    )
    assert links(printed) == [("/a/", "A")]
    assert lines(printed, "<h3", "<li") == [
        '<li class="nhsuk-grid-column-one-half nhsuk-card-group__item">',
        '<h3 class="nhsuk-card__heading nhsuk-heading-m">',
        '<li class="nhsuk-grid-column-one-half nhsuk-card-group__item">',
        '<h3 class="nhsuk-card__heading nhsuk-heading-m">',
    ]


@pytest.mark.parametrize(
    ("arguments", "element"),
    [
        ({}, '<button class="nhsuk-button" data-module="nhsuk-button" data-prevent-double-click="true" type="submit">'),
        (
            {"variant": "reverse", "name": "a", "preventDoubleClick": None},
            '<button class="nhsuk-button nhsuk-button--reverse" data-module="nhsuk-button" name="a" type="submit">',
        ),
        (
            {"href": "/a/"},
            '<a class="nhsuk-button" data-module="nhsuk-button" draggable="false" href="/a/" role="button">',
        ),
    ],
)
def test_buttons_and_links_that_look_like_them(arguments, element):
    assert outline(furniture.button("Go", **arguments)).splitlines() == [element, "  Go"]


def test_links_tell_alike_words_apart():
    assert outline(furniture.link("View", "/a/?b=1&c=2", hidden="Amina <1>")).splitlines() == [
        '<a class="nhsuk-link" href="/a/?b=1&c=2">',
        "  View",
        '  <span class="nhsuk-u-visually-hidden">',
        "    Amina <1>",
    ]


@pytest.mark.parametrize(("text", "level"), [("", 1), ("Reference 7", 2)])
def test_the_panel_that_ends_a_task(text, level):
    printed = outline(furniture.confirmation_panel("Sent", text, level=level)).splitlines()
    body = ['  <div class="nhsuk-panel__body">', f"    {text}"] if text else []
    assert printed == ['<div class="nhsuk-panel">', f'  <h{level} class="nhsuk-panel__heading">', "    Sent", *body]
