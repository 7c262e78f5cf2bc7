"""Forms made from facts: the eligibility check demands what its rules need, a page of a draft demands nothing."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from applications.rules.answers import day_of, kept
from applications.rules.facts import Fact, Kind
from applications.selectors import CohortForm
from nextstep.accounts.rules.registration import registration_problem
from nextstep.design.fields import DateField
from nextstep.design.forms import NhsForm


class FactsForm(NhsForm):
    """Questions about facts. `seen` stands for the answers that the page was opened with."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        number = cleaned.get("registration_number", "")
        if number and cleaned.get("registration_body"):
            problem = registration_problem(cleaned["registration_body"], number)
            if problem:
                self.add_error("registration_number", problem)
        return cleaned

    @property
    def answers(self) -> dict[str, str]:
        """What reads, as it is kept."""
        return kept({name: value for name, value in self.cleaned_data.items() if name != "seen"})

    def typed(self) -> dict[str, list[str]]:
        """Everything as it was typed, so that a draft can keep what does not read."""
        sent = self.data
        if not isinstance(sent, QueryDict):
            return {}
        return {name: [str(one) for one in sent.getlist(name)] for name in sent if self._is_ours(name)}

    def unread_words(self) -> dict[str, str]:
        """What does not read, by question, as it was typed."""
        typed = self.typed()
        parts = {name: (name, f"{name}_day", f"{name}_month", f"{name}_year") for name in self.errors}
        return {name: " ".join(word for part in parts[name] for word in typed.get(part, []) if word) for name in parts}

    def _is_ours(self, name: str) -> bool:
        base = name.removesuffix("_day").removesuffix("_month").removesuffix("_year")
        return name != "seen" and (name in self.fields or base in self.fields)


def facts_form(form: CohortForm, facts: Iterable[Fact], *, drafting: bool) -> type[FactsForm]:
    """A form that asks for `facts` of a cohort in their order."""
    asked = list(facts)
    fields: dict[str, Any] = {fact.name: _field(form, fact, drafting=drafting) for fact in asked}
    return type("AskedFactsForm", (FactsForm,), {**fields, "conditional": _conditional(asked)})


def initial_from(facts: Iterable[Fact], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Kept answers as a form shows them."""
    return {fact.name: _shown(fact, answers) for fact in facts}


def bound_again(form_class: type[FactsForm], typed: Mapping[str, list[str]], *, seen: str) -> FactsForm:
    """A form over what was typed before, with the fingerprint of what is saved now."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, list(values))
    data["seen"] = seen
    return form_class(data)


def _shown(fact: Fact, answers: Mapping[str, Any]) -> Any:
    if fact.kind is Kind.DATE:
        return day_of(answers, fact.name)
    answer = answers.get(fact.name, "")
    return answer == "yes" if fact.kind is Kind.TICK else answer


def _conditional(facts: list[Fact]) -> dict[str, dict[str, list[str]]]:
    revealed: dict[str, dict[str, list[str]]] = {}
    there = {fact.name for fact in facts}
    for fact in facts:
        if fact.only_if and fact.only_if[0] in there:
            revealed.setdefault(fact.only_if[0], {}).setdefault(fact.only_if[1], []).append(fact.name)
    return revealed


def _field(form: CohortForm, fact: Fact, *, drafting: bool) -> forms.Field:
    shared: dict[str, Any] = {
        "label": fact.question.format(**form.words),
        "help_text": fact.hint.format(**form.words),
        "required": not drafting and not fact.optional,
        "error_messages": {"required": fact.missing},
    }
    if fact.kind is Kind.DATE:
        return DateField(name=fact.short, **shared)
    if fact.kind is Kind.CHOICE:
        return forms.ChoiceField(choices=form.options_of(fact), widget=forms.RadioSelect, **shared)
    if fact.kind is Kind.TICK:
        return forms.BooleanField(**shared)
    return _text_field(fact, shared)


def _text_field(fact: Fact, shared: dict[str, Any]) -> forms.Field:
    attrs = {"autocomplete": fact.autocomplete} if fact.autocomplete else {}
    if fact.kind is Kind.EMAIL:
        return forms.EmailField(max_length=fact.max_length, **shared)
    if fact.kind is Kind.LONG_TEXT:
        return forms.CharField(max_length=fact.max_length, widget=forms.Textarea({"rows": 4}), **shared)
    widget = forms.TextInput(attrs)
    if fact.kind is Kind.TELEPHONE:
        widget.input_type = "tel"
    return forms.CharField(max_length=fact.max_length, widget=widget, **shared)
