"""Template tags and filters over the NHS design system; every template has them without a load."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django import forms, template
from django.conf import settings
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from nextstep.clock import LONDON
from nextstep.design import dates, form_components, furniture
from nextstep.design.components import render

register = template.Library()


@register.simple_tag
def nhsuk(component: str, params: Mapping[str, Any] | None = None, **more: Any) -> SafeString:
    """Any component: {% nhsuk "tag" text="New" colour="green" %}, or params=a_dictionary."""
    return render(component, {**(params or {}), **more})


register.simple_tag(furniture.error_summary, name="error_summary")
register.simple_tag(furniture.button, name="button")
register.simple_tag(furniture.tag, name="tag")
register.simple_tag(furniture.summary_list, name="summary_list")
register.simple_tag(furniture.task_list, name="task_list")
register.simple_tag(furniture.cards, name="cards")
register.simple_tag(furniture.table, name="nhs_table")
register.simple_tag(furniture.confirmation_panel, name="confirmation_panel")
register.simple_tag(form_components.render_form, name="form_fields")


@register.simple_tag
def form_field(field: BoundField) -> SafeString:
    """One field of a form with its label, hint and error."""
    return form_components.render_field(field)


@register.simple_tag
def back_link(href: str, text: str = "Back") -> SafeString:
    """The link above the heading that leads one step back."""
    return render("back-link", {"href": href, "text": text})


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], parameter: str = "page") -> SafeString:
    """Links to the other pages of a list; the rest of the address is kept."""
    request = context.get("request")
    return furniture.pagination(page, request.GET if request else None, parameter=parameter)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """{% inset %}…{% endinset %}"""
    return render("inset-text", {"html": content})


@register.simple_block_tag
def warning_callout(content: str, heading: str) -> SafeString:
    """{% warning_callout "Heading" %}…{% endwarning_callout %}"""
    return render("warning-callout", {"heading": {"text": heading, "level": 2}, "html": content})


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    """{% details "Summary" %}…{% enddetails %}"""
    return render("details", {"summary": {"text": summary}, "html": content})


@register.filter
def london(moment: datetime | None) -> str:
    """Reads "2 June 2025 at 5pm"."""
    return dates.moment_words(moment) if moment else ""


@register.filter
def london_date(moment: datetime | date | None) -> str:
    """Reads "2 June 2025"; of a moment, the day it is in London."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(LONDON)
    return dates.date_words(moment) if moment else ""


@register.filter
def london_weekday(moment: datetime | date | None) -> str:
    """Reads "Monday 2 June 2025"."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(LONDON)
    return dates.weekday_words(moment) if moment else ""


@register.filter
def london_time(moment: datetime | None) -> str:
    """Reads "5:30pm"."""
    return dates.time_words(moment.astimezone(LONDON).time()) if moment else ""


@register.filter
def last_moment(exclusive_end: datetime | None) -> str:
    """Reads "11:59pm on 2 June 2025" of a window that ends before midnight on the 3rd."""
    return dates.last_moment_words(exclusive_end) if exclusive_end else ""


@register.filter
def session_times(session: Any) -> str:
    """Reads "2 June 2025, 9am to 5pm" of anything with `starts_at` and `ends_at`."""
    return dates.span_words(session.starts_at, session.ends_at)


@cache
def _existing(names: tuple[tuple[str, str], ...]) -> tuple[dict[str, str], ...]:
    found = []
    for text, name in names:
        try:
            found.append({"text": text, "href": reverse(name)})
        except NoReverseMatch:
            continue
    return tuple(found)


_FOOTER = (
    ("Help", "help"),
    ("Privacy notice", "privacy"),
    ("Accessibility statement", "accessibility"),
    ("Cookies", "cookies"),
)


@register.simple_tag
def footer_links() -> Iterable[Mapping[str, str]]:
    """The links of the footer whose pages exist."""
    return _existing(_FOOTER)


_NAVIGATION = (("Programmes", "home"), ("Your home", "portal:dashboard"))


@register.simple_tag(takes_context=True)
def navigation_links(context: Context) -> list[Mapping[str, Any]]:
    """The links of the menu: public pages for everybody, a home for the signed-in."""
    request = context.get("request")
    user = context.get("user")
    here = request.path if request else ""
    signed_in = bool(user and user.is_authenticated)
    links = _existing(_NAVIGATION if signed_in else _NAVIGATION[:1])
    return [{**link, "current": link["href"] == here} for link in links]


@register.simple_tag
def address_if_any(name: str) -> str:
    """The address of a page without parameters, or nothing where it does not exist."""
    found: Sequence[Mapping[str, str]] = _existing((("", name),))
    return found[0]["href"] if found else ""


@register.simple_tag
def setting(name: str) -> Any:
    """One of the settings that the page's frame depends on: DEMO, NHS_LOGO, SERVICE_NAME."""
    return getattr(settings, name, "Next Step" if name == "SERVICE_NAME" else False)


@register.filter
def has_errors(form: forms.BaseForm | str | None) -> bool:
    """Whether a form of the page was refused; asked by the title."""
    return bool(form and not isinstance(form, str) and form.errors)
