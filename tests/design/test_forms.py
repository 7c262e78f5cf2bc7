"""What NhsForm adds: plain messages, conditional questions, a version carried along."""

import pytest
from django import forms
from django.http import QueryDict

from nextstep.accounts.models import User
from nextstep.design.fields import DateField, FileField, YesNoField
from nextstep.design.forms import NhsForm, NhsModelForm, VersionedFormMixin


class OutOfProgrammeForm(NhsForm):
    conditional = {"oop_now": {"yes": ["returns_on", "kinds", "why"], "no": ["plans"]}}

    oop_now = YesNoField(label="Are you out of programme?")
    returns_on = DateField(name="Your return date")
    kinds = forms.MultipleChoiceField(choices=[("r", "Research"), ("c", "Career break")])
    why = forms.CharField()
    plans = forms.CharField()


def test_a_revealed_question_is_demanded_when_its_option_is_chosen():
    form = OutOfProgrammeForm(QueryDict("oop_now=yes"))
    assert form.errors == {
        "returns_on": ["Enter your return date"],
        "kinds": ["Select kinds"],
        "why": ["Enter why"],
    }
    assert form.cleaned_data == {"oop_now": True, "plans": ""}


def test_answers_to_questions_that_were_not_asked_are_left_out():
    data = "oop_now=no&returns_on_day=31&returns_on_month=2&returns_on_year=2027&kinds=r&why=because&plans=none"
    form = OutOfProgrammeForm(QueryDict(data))
    assert form.errors == {}
    assert form.cleaned_data == {"oop_now": False, "returns_on": None, "kinds": [], "why": "", "plans": "none"}


def test_without_a_choice_none_of_the_revealed_questions_is_asked():
    assert OutOfProgrammeForm(QueryDict("")).errors == {"oop_now": ["Select an answer to ‘Are you out of programme?’"]}


def test_a_checked_box_of_several_reveals_its_question():
    class NeedsForm(NhsForm):
        conditional = {"needs": {"other": ["which"]}}
        needs = forms.MultipleChoiceField(
            choices=[("ramp", "A ramp"), ("other", "Other")], widget=forms.CheckboxSelectMultiple, required=False
        )
        which = forms.CharField(label="Which?")

    assert NeedsForm(QueryDict("needs=ramp&which=x")).errors == {}
    assert NeedsForm(QueryDict("needs=ramp&needs=other")).errors == {"which": ["Enter an answer to ‘Which?’"]}


def test_a_conditional_question_that_the_form_left_out_is_not_missed():
    class Shortened(OutOfProgrammeForm):
        def __init__(self, *args):
            super().__init__(*args)
            del self.fields["plans"]

    assert Shortened(QueryDict("oop_now=no")).errors == {}


@pytest.mark.parametrize(
    ("field", "message"),
    [
        (forms.CharField(label="Full name"), "Enter full name"),
        (forms.CharField(label="GMC number"), "Enter GMC number"),
        (forms.CharField(label="What is your name?"), "Enter an answer to ‘What is your name?’"),
        (forms.CharField(), "Enter first thing"),
        (forms.CharField(label="Name", error_messages={"required": "Tell us your name"}), "Tell us your name"),
        (forms.ChoiceField(label="Trust", choices=[]), "Select trust"),
        (forms.ChoiceField(label="Which trust?", choices=[]), "Select an answer to ‘Which trust?’"),
        (YesNoField(label="Will you come?"), "Select an answer to ‘Will you come?’"),
        (forms.BooleanField(label="I agree"), "Tick ‘I agree’ to continue"),
        (FileField(label="CV"), "Select a file for ‘CV’"),
        (DateField(label="When?"), "Enter an answer to ‘When?’"),
        (DateField(label="When?", name="Your CCT date"), "Enter your CCT date"),
    ],
)
def test_a_missing_answer_is_asked_for_by_name(field, message):
    form = type("OneForm", (NhsForm,), {"first_thing": field})({}, {})
    assert form.errors == {"first_thing": [message]}


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (
            forms.EmailField(label="Email"),
            "somebody",
            "Enter an email address in the correct format, like name@example.com",
        ),
        (forms.IntegerField(label="Hours"), "two", "Hours must be a whole number"),
        (forms.CharField(label="Name", max_length=3), "Long", "Name must be 3 characters or fewer"),
        (forms.CharField(label="Name?", max_length=3), "Long", "Your answer must be 3 characters or fewer"),
        (forms.ChoiceField(label="Trust", choices=[("a", "A")]), "b", "Select one of the options"),
    ],
)
def test_a_wrong_answer_is_refused_in_plain_words(field, typed, message):
    form = type("OneForm", (NhsForm,), {"it": field})({"it": typed})
    assert form.errors == {"it": [message]}


def test_a_version_travels_with_the_form():
    class Stale(VersionedFormMixin, NhsForm):
        name = forms.CharField()

    assert Stale(initial={"version": 3})["version"].value() == 3
    form = Stale({"version": "3", "name": "x"})
    assert form.is_valid()
    assert form.cleaned_data == {"version": 3, "name": "x"}


def test_a_model_form_speaks_as_plainly():
    class PersonForm(NhsModelForm):
        class Meta:
            model = User
            fields = ["full_name", "email"]

    form = PersonForm({"full_name": "x" * 151, "email": ""})
    form.fields["email"].validators = []
    assert form._errors is None
    assert form.fields["email"].error_messages["required"] == "Enter email address"


def test_browsers_are_not_told_to_check_for_themselves():
    class Question(NhsForm):
        name = forms.CharField()

    assert Question().use_required_attribute is False
