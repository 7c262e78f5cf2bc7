"""The parts of a page that are made of data: lists, tables, summaries. The template tags are thin names for these."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.paginator import Page
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from nextstep.design.components import render, render_table
from nextstep.design.form_components import error_target

Row = Mapping[str, Any]


def tag(text: str, colour: str | None = None) -> SafeString:
    """A status tag; colours are white, grey, green, aqua-green, blue, purple, pink, red, orange, yellow."""
    return render("tag", {"text": text, "colour": colour or None})


def link(text: str, href: str, *, hidden: str = "") -> SafeString:
    """A link for a table's cell or a summary's value; `hidden` words tell alike links apart to a screen reader."""
    more = format_html('<span class="nhsuk-u-visually-hidden"> {}</span>', hidden) if hidden else ""
    return format_html('<a class="nhsuk-link" href="{}">{}{}</a>', href, text, more)


def button(text: str, *, href: str = "", variant: str = "", **attributes: Any) -> SafeString:
    """A button, or a link that looks like one where `href` is given. Buttons take a second click for the first."""
    params: dict[str, Any] = {"text": text, "variant": variant or None, "href": href or None, **attributes}
    if not href:
        params.setdefault("preventDoubleClick", True)
    return render("button", params)


def error_summary(source: Any) -> SafeString:
    """The summary of a form's errors (or of several forms', or of {text, href}s), or nothing without any."""
    errors = list(_errors(source))
    if not errors:
        return SafeString("")
    return render("error-summary", {"heading": "There is a problem", "errorList": errors})


def _errors(source: Any) -> Iterable[Row]:
    if not source:
        return
    if isinstance(source, forms.BaseForm):
        yield from _form_errors(source)
        return
    for item in source:
        if isinstance(item, forms.BaseForm):
            yield from _form_errors(item)
        elif isinstance(item, Mapping):
            yield item
        else:
            yield {"text": item}


def _form_errors(form: forms.BaseForm) -> Iterable[Row]:
    for error in form.non_field_errors():
        yield {"text": error}
    for field in form:
        # A hidden field has nowhere to go to.
        href = None if field.is_hidden else f"#{error_target(field)}"
        for error in field.errors:
            yield {"text": error, "href": href}


def summary_list(rows: Iterable[Row]) -> SafeString:
    """Rows of key and value, each with an optional `change_href` and the words `change_hidden` for screen readers."""
    return render("summary-list", {"rows": [_summary_row(row) for row in rows]})


def _summary_row(row: Row) -> Row:
    value = row["value"]
    printed = {"key": {"text": row["key"]}, "value": {"html": "Not given" if value in (None, "") else value}}
    if row.get("change_href"):
        hidden = row.get("change_hidden") or str(row["key"]).lower()
        action = {"href": row["change_href"], "text": "Change", "visuallyHiddenText": hidden}
        return {**printed, "actions": {"items": [action]}}
    return printed


def task_list(items: Iterable[Row], *, prefix: str = "task-list") -> SafeString:
    """Tasks with `title`, `href` or None, `hint`, `status`, and the status tag's `colour` or None for plain words."""
    return render("task-list", {"idPrefix": prefix, "items": [_task(item) for item in items]})


def _task(item: Row) -> Row:
    status = item["status"]
    colour = item.get("colour")
    return {
        "heading": {"text": item["title"]},
        "href": item.get("href"),
        "hint": {"text": item["hint"]} if item.get("hint") else None,
        "status": {"tag": {"text": status, "colour": colour}} if colour else {"text": status},
    }


def cards(items: Iterable[Row], *, level: int = 2) -> SafeString:
    """Cards in a list: `title`, `text` or `html`, and `href` where the whole card leads somewhere."""
    printed = [
        format_html(
            '<li class="nhsuk-grid-column-one-half nhsuk-card-group__item">{}</li>', render("card", _card(item, level))
        )
        for item in items
    ]
    return format_html('<ul class="nhsuk-grid-row nhsuk-card-group">{}</ul>', mark_safe("".join(printed)))  # noqa: S308


def _card(item: Row, level: int) -> Row:
    description = {"html": item["html"]} if item.get("html") else {"text": item.get("text")}
    return {
        "heading": {"text": item["title"], "level": level, "size": "m"},
        "href": item.get("href"),
        "clickable": bool(item.get("href")),
        "description": description,
    }


def table(caption: str, head: Sequence[Any], rows: Iterable[Sequence[Any]], **options: Any) -> SafeString:
    """A table of printable cells. On a phone each row becomes a block with the heads beside its cells.

    With `responsive=False` it stays a table, and scrolls sideways in a frame that the keyboard can reach.
    """
    params = {
        "caption": {"text": caption, "size": "m"},
        "responsive": True,
        "head": [one if isinstance(one, Mapping) else {"text": one} for one in head],
        **options,
    }
    printed = render_table(params, [["" if cell is None else cell for cell in row] for row in rows])
    if params["responsive"]:
        return printed
    return format_html('<div class="app-scroll" role="region" aria-label="{}" tabindex="0">{}</div>', caption, printed)


def pagination(page: Page[Any], query: QueryDict | None = None, *, parameter: str = "page") -> SafeString:
    """Links to the pages around this one; what else is in the address, such as filters, is kept."""
    if page.paginator.num_pages < 2:
        return SafeString("")
    kept = query.copy() if query is not None else QueryDict(mutable=True)

    def address(number: int) -> str:
        kept[parameter] = str(number)
        return f"?{kept.urlencode()}"

    items: list[Row] = [
        {"number": number, "href": address(number), "current": number == page.number}
        if isinstance(number, int)
        else {"ellipsis": True}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    params: dict[str, Any] = {"items": items}
    if page.has_previous():
        params["previous"] = {"href": address(page.previous_page_number())}
    if page.has_next():
        params["next"] = {"href": address(page.next_page_number())}
    return render("pagination", params)


def confirmation_panel(title: str, text: str = "", *, level: int = 1) -> SafeString:
    """The green panel that ends a task; its title is the page's h1."""
    return render("panel", {"heading": {"text": title, "level": level}, "html": text or None})
