"""Each field becomes the design system's component, with its ids, descriptions and classes."""

from pathlib import Path

import pytest
from django import forms
from django.http import QueryDict

from nextstep.design.fields import DateField, WordLimitedField, YesNoField
from nextstep.design.form_components import error_target, render_field, render_form
from nextstep.design.forms import NhsForm
from nextstep.design.gallery import every_field
from tests.design.markup import outline

HERE = Path(__file__).parent


def expected(state: str) -> dict[str, str]:
    """The outlines on file, looked over by a person."""
    parts = (HERE / f"fields_{state}.txt").read_text().split("=== ")[1:]
    return {name: rest.rstrip("\n") for name, _, rest in (part.partition("\n") for part in parts)}


CASES = [(state, name) for state in ("valid", "refused") for name in expected(state)]


@pytest.mark.parametrize(("state", "name"), CASES)
def test_each_field_has_the_components_markup(state, name):
    form = every_field(refused=state == "refused")
    assert outline(render_field(form[name])) == expected(state)[name]


def test_every_field_of_the_gallery_is_on_file():
    assert [name for state, name in CASES if state == "valid"] == list(every_field(refused=False).fields)


class OneField(NhsForm):
    def __init__(self, field, *args, **kwargs):
        self.base_fields = {"it": field}
        super().__init__(*args, **kwargs)


def drawn(field, data=None, **initial):
    form = OneField(field, None if data is None else QueryDict(data), initial=initial)
    return outline(render_field(form["it"]))


HOSTILE = '"><script>alert(1)</script>'


def test_what_a_person_typed_is_escaped():
    form = OneField(forms.CharField(), {"it": HOSTILE})
    assert render_field(form["it"]).count("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;") == 1
    assert "<script>" not in render_field(form["it"])


def test_words_of_labels_and_options_are_escaped():
    field = forms.ChoiceField(label=HOSTILE, choices=[("a", HOSTILE)], widget=forms.RadioSelect)
    assert "<script>" not in render_field(OneField(field)["it"])


def test_marks_of_another_field_typed_by_a_person_stay_as_typed():
    form = OneField(forms.CharField(), {"it": "\ue0000\ue001"})
    assert render_field(form["it"]).count('value="\ue0000\ue001"') == 1


def test_a_textarea_keeps_spaces_and_lines_as_typed():
    typed = "  First\n    second\n\nthird  "
    form = OneField(forms.CharField(widget=forms.Textarea, strip=False), {"it": typed})
    assert render_field(form["it"]).count(f">{typed}</textarea>") == 1


@pytest.mark.parametrize(
    ("attributes", "printed"),
    [
        ({"autocomplete": "one-time-code", "inputmode": "numeric"}, 'autocomplete="one-time-code"'),
        ({"inputmode": "numeric"}, 'inputmode="numeric"'),
        ({"class": "nhsuk-input--width-10"}, 'class="nhsuk-input nhsuk-input--width-10"'),
        ({"spellcheck": False}, 'spellcheck="false"'),
        ({"data-reads": "code"}, 'data-reads="code"'),
        ({"type": "tel"}, 'type="tel"'),
    ],
)
def test_attributes_of_a_widget_reach_the_input(attributes, printed):
    assert drawn(forms.CharField(widget=forms.TextInput(attrs=attributes))).count(printed) == 1


@pytest.mark.parametrize("attribute", ["maxlength", "placeholder", "required", "autofocus", "minlength"])
def test_attributes_that_get_in_the_way_are_left_out(attribute):
    field = forms.CharField(
        max_length=5, min_length=2, widget=forms.TextInput(attrs={"placeholder": "x", "autofocus": 1})
    )
    assert attribute not in drawn(field)


@pytest.mark.parametrize(
    ("field", "mode"),
    [(forms.IntegerField(), "numeric"), (forms.DecimalField(), "decimal"), (forms.FloatField(), "decimal")],
)
def test_numbers_are_text_with_a_keyboard_of_digits(field, mode):
    assert drawn(field).splitlines()[-1] == (
        f'  <input class="nhsuk-input" id="id_it" inputmode="{mode}" name="it" type="text">'
    )


def test_several_errors_of_a_field_stand_on_lines_of_their_own():
    form = OneField(forms.CharField(), {"it": "x"})
    form.add_error("it", "Too short")
    form.add_error("it", "Too dull")
    assert render_field(form["it"]).count("Too short<br>Too dull") == 1


def test_the_heading_field_is_the_pages_heading():
    class Question(NhsForm):
        heading_field = "oop"
        oop = YesNoField(label="Are you out of programme?")
        name = forms.CharField()

    form = Question()
    lines = outline(render_field(form["oop"])).splitlines()
    assert lines[2:5] == [
        '    <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--l">',
        '      <h1 class="nhsuk-fieldset__heading">',
        "        Are you out of programme?",
    ]
    assert "<h1" not in render_field(form["name"])


def test_a_label_can_be_the_pages_heading():
    class Question(NhsForm):
        heading_field = "name"
        name = forms.CharField(label="What is your name?")

    assert outline(render_field(Question()["name"])).splitlines()[1:4] == [
        '  <h1 class="nhsuk-label-wrapper">',
        '    <label class="nhsuk-label nhsuk-label--l" for="id_name">',
        "      What is your name?",
    ]


def test_a_revealed_field_is_drawn_once_and_inside_its_option():
    printed = render_form(every_field(refused=False))
    assert printed.count('id="id_phone"') == 1
    assert printed.index('id="conditional-id_contact_by-2"') < printed.index('id="id_phone"')


def test_fields_revealed_by_an_option_that_a_form_left_out_are_not_missed():
    class Shortened(type(every_field(refused=False))):
        def __init__(self):
            super().__init__()
            del self.fields["phone"]

    assert "conditional-id_contact_by" not in render_form(Shortened())


def test_a_checkbox_can_reveal_a_field():
    class Consent(NhsForm):
        conditional = {"agrees": {"True": ["name"]}}
        agrees = forms.BooleanField(label="I agree", required=False)
        name = forms.CharField()

    printed = render_form(Consent({"agrees": "on"}))
    assert printed.count('id="id_name"') == 1
    assert printed.count('<div class="nhsuk-checkboxes__conditional" id="conditional-id_agrees">') == 1
    assert not Consent({"agrees": "on"}).is_valid()
    assert Consent({"agrees": ""}).is_valid()


@pytest.mark.parametrize("field", [forms.CharField(disabled=True), YesNoField(disabled=True), DateField(disabled=True)])
def test_a_disabled_field_says_so(field):
    assert " disabled" in drawn(field)


def test_a_prefix_stands_in_names_and_ids():
    form = every_field(refused=False)
    form.prefix = "first"
    assert [form["cct_on"].auto_id, form["cct_on"].html_name] == ["id_first-cct_on", "first-cct_on"]
    assert render_field(form["cct_on"]).count('id="id_first-cct_on_day" name="first-cct_on_day"') == 1


def test_a_birthday_is_completed_part_by_part():
    widget = DateField.widget(attrs={"autocomplete": "bday"})
    printed = drawn(DateField(widget=widget))
    assert [part for part in ("bday-day", "bday-month", "bday-year") if f'autocomplete="{part}"' in printed] == [
        "bday-day",
        "bday-month",
        "bday-year",
    ]


def test_grouped_choices_are_laid_flat():
    choices = [("East", [("a", "Acute"), ("b", "Board")]), ("c", "Community")]
    lines = drawn(forms.ChoiceField(choices=choices)).splitlines()
    assert [line.strip() for line in lines if line.startswith("    <option")] == [
        '<option value="a">',
        '<option value="b">',
        '<option value="c">',
    ]


def test_a_select_of_several_says_so():
    printed = drawn(forms.MultipleChoiceField(choices=[("a", "A")]), it=["a"])
    assert [line for line in printed.splitlines() if "select" in line] == [
        '  <select class="nhsuk-select" id="id_it" multiple name="it">',
        '    <option selected value="a">',
    ]


class Sliders(forms.Widget):
    template_name = "django/forms/widgets/input.html"


def test_a_widget_without_a_component_keeps_label_hint_and_error():
    form = OneField(forms.Field(label="When", help_text="In London", widget=Sliders), {})
    assert outline(render_field(form["it"])).splitlines() == [
        '<div class="nhsuk-form-group nhsuk-form-group--error">',
        '  <label class="nhsuk-label nhsuk-label--s" for="id_it">',
        "    When",
        '  <div class="nhsuk-hint" id="id_it-hint">',
        "    In London",
        '  <span class="nhsuk-error-message" id="id_it-error">',
        '    <span class="nhsuk-u-visually-hidden">',
        "      Error:",
        "    Enter when",
        '  <input aria-describedby="id_it-hint id_it-error" aria-invalid="true" id="id_it" name="it" type="">',
    ]


def test_a_widget_of_several_inputs_without_a_component_gets_a_legend():
    form = OneField(forms.SplitDateTimeField(label="When", help_text="In London"))
    assert outline(render_field(form["it"])).splitlines()[:6] == [
        '<div class="nhsuk-form-group">',
        '  <fieldset aria-describedby="id_it-hint" class="nhsuk-fieldset">',
        '    <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">',
        "      When",
        '    <div class="nhsuk-hint" id="id_it-hint">',
        "      In London",
    ]


@pytest.mark.parametrize(
    ("field", "data", "target"),
    [
        (forms.CharField(), "", "id_it"),
        (YesNoField(), "", "id_it"),
        (WordLimitedField(max_words=1), "it=a+b", "id_it"),
        (DateField(), "", "id_it_day"),
        (DateField(), "it_day=1&it_year=2027", "id_it_month"),
        (DateField(), "it_day=1&it_month=2", "id_it_year"),
        (DateField(), "it_day=1&it_month=2&it_year=27", "id_it_year"),
        (DateField(), "it_day=1&it_month=13&it_year=2027", "id_it_month"),
    ],
)
def test_the_error_summary_leads_to_the_first_wrong_control(field, data, target):
    form = OneField(field, QueryDict(data))
    assert not form.is_valid()
    assert error_target(form["it"]) == target


def test_an_error_given_by_a_view_marks_the_whole_date():
    form = OneField(DateField(), QueryDict("it_day=1&it_month=2&it_year=2027"))
    assert form.is_valid()
    form.add_error("it", "That day is taken")
    assert error_target(form["it"]) == "id_it_day"
    assert render_field(form["it"]).count("nhsuk-input--error") == 3
