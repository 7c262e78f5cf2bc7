"""What the gallery shows: one of each field, and data for each component."""

from typing import Any, ClassVar

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict

from nextstep.design.fields import DateField, FileField, WordLimitedField, YesNoField
from nextstep.design.forms import NhsForm, VersionedFormMixin
from nextstep.design.furniture import link, tag

REGIONS = [("EAN", "East of England"), ("LDN", "London"), ("OXF", "Thames Valley")]
DAYS = [("mon", "Monday"), ("tue", "Tuesday"), ("fri", "Friday")]


class EveryFieldForm(VersionedFormMixin, NhsForm):
    """One of each field that the portal uses."""

    heading_field = "oop_now"
    conditional: ClassVar[dict[str, dict[str, list[str]]]] = {
        "oop_now": {"yes": ["oop_return_on"]},
        "contact_by": {"phone": ["phone"]},
    }
    option_hints: ClassVar[dict[str, dict[str, str]]] = {"region": {"EAN": "Region Y61, with three care boards"}}

    oop_now = YesNoField(label="Are you out of programme?", help_text="OOPT, OOPR, OOPE, OOPC or OOPP")
    oop_return_on = DateField(label="When do you return?", name="Your return date", help_text="For example, 27 3 2027")
    full_name = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label="Email address",
        help_text="We only use it for this programme",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    code = forms.CharField(
        label="Security code",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "nhsuk-input--width-5"}
        ),
    )
    cct_on = DateField(label="What is your CCT date?", name="Your CCT date", help_text="For example, 27 3 2027")
    sessions = forms.IntegerField(
        label="Sessions a week", widget=forms.NumberInput(attrs={"class": "nhsuk-input--width-2"})
    )
    region = forms.ChoiceField(label="Where do you train?", choices=REGIONS, widget=forms.RadioSelect)
    trust = forms.ChoiceField(label="Trust", choices=[("", "---------"), ("RGT", "Cambridge"), ("RM1", "Norfolk")])
    days = forms.MultipleChoiceField(
        label="Which days can you attend?",
        help_text="Select all that apply",
        choices=DAYS,
        widget=forms.CheckboxSelectMultiple,
    )
    contact_by = forms.ChoiceField(
        label="How should we contact you?",
        choices=[("email", "Email"), ("phone", "Phone")],
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(label="Phone number", widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
    notes = forms.CharField(label="Anything else (optional)", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    statement = WordLimitedField(max_words=20, label="Supporting statement", help_text="Why this programme, why now")
    cv = FileField(label="CV", accept=".pdf,.docx", max_megabytes=5, help_text="PDF or Word, up to 5MB")
    agrees = forms.BooleanField(label="I can attend all four face-to-face days")


REFUSED = QueryDict(
    "version=1&oop_now=yes&oop_return_on_day=31&oop_return_on_month=2&oop_return_on_year=2027&email=somebody"
    "&cct_on_day=8&cct_on_year=2027&sessions=two&contact_by=phone&statement=" + "word+" * 21
)


def every_field(*, refused: bool) -> EveryFieldForm:
    """The form as first met, or as it comes back from the server with an error on almost every field."""
    return EveryFieldForm(REFUSED, {}) if refused else EveryFieldForm(initial={"version": 1})


def components() -> dict[str, Any]:
    """Data for the components of the gallery."""
    return {
        "summary_rows": [
            {"key": "Name", "value": "Amina Example", "change_href": "#name", "change_hidden": "name"},
            {"key": "Registration", "value": "GMC 1234567", "change_href": "#registration"},
            {"key": "Preferred name", "value": ""},
        ],
        "tasks": [
            {"title": "Your details", "href": "#details", "status": "Completed", "colour": None},
            {
                "title": "Your training",
                "href": "#training",
                "hint": "You need your NTN",
                "status": "Incomplete",
                "colour": "blue",
            },
            {"title": "Check and send", "href": None, "status": "Cannot start yet", "colour": "grey"},
        ],
        "cards": [
            {"title": "Next Step", "href": "#next-step", "text": "For doctors in the last two years of training."},
            {"title": "Stepping Up", "href": "#stepping-up", "text": "For bands 5 to 7."},
            {"title": "Without a link", "text": "A card may just say something."},
        ],
        "table_head": ["Applicant", "Status", {"text": "Score", "format": "numeric"}],
        "table_rows": [
            [link("Amina Example", "#amina"), tag("Offered", "green"), "4.25"],
            [link("Ben Invented", "#ben"), tag("Reserve list", "yellow"), "3.80"],
            ["O'Neil & <Sons>", None, 3],
        ],
        "wide_head": [f"Masterclass {number}" for number in range(1, 9)],
        "wide_rows": [["Present", "Late", "Absent", "Unmarked"] * 2] * 2,
        "page_of_many": _page_of_many(),
        "colours": ["white", "grey", "green", "aqua-green", "blue", "purple", "pink", "red", "orange", "yellow"],
    }


def _page_of_many() -> Page[Any]:
    return Paginator(range(500), 50).page(5)
