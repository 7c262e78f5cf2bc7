"""Which component draws a bound field, and with which parameters."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from nextstep.design.components import render
from nextstep.design.widgets import DateParts, DatePartsInput, WordCountTextarea

Params = dict[str, Any]

# Attributes that macros take as parameters of their own.
_NAMED = ("autocomplete", "inputmode", "spellcheck", "pattern", "autocapitalize", "disabled", "rows")
# `maxlength` silently cuts what is pasted; a placeholder is no label; `required` and `autofocus` get in the way.
_LEFT_OUT = frozenset(
    {*_NAMED, "type", "class", "id", "cols", "maxlength", "minlength", "placeholder", "required", "autofocus"}
)
# How the macros are told of an attribute that has no value.
_BARE = {"value": True, "optional": True}


def render_form(form: forms.BaseForm) -> SafeString:
    """Every field of a form in order, those revealed by an option inside that option."""
    revealed = {name for options in _conditional(form).values() for names in options.values() for name in names}
    return mark_safe("\n".join(render_field(field) for field in form if field.name not in revealed))  # noqa: S308


def render_field(field: BoundField) -> SafeString:
    """One field with its label, hint and error."""
    if field.is_hidden:
        return _hidden(field)
    for widget, draw in _DRAWN:
        if isinstance(field.field.widget, widget):
            return draw(field)
    return _anything_else(field)


def error_target(field: BoundField) -> str:
    """The id that the error summary should lead to: for a date its first wrong part."""
    if isinstance(field.field.widget, DatePartsInput):
        return f"{field.auto_id}_{_wrong_parts(field)[0]}"
    return str(field.auto_id)


def _conditional(form: forms.BaseForm) -> dict[str, dict[str, list[str]]]:
    return getattr(form, "conditional", {})


def _is_heading(field: BoundField) -> bool:
    return getattr(field.form, "heading_field", "") == field.name


def _label(field: BoundField) -> Params:
    heading = _is_heading(field)
    return {"text": field.label, "size": "l" if heading else "s", "isPageHeading": heading}


def _base(field: BoundField) -> Params:
    """What every component takes."""
    params: Params = {"id": field.auto_id, "name": field.html_name}
    if field.help_text:
        params["hint"] = {"html": field.help_text}
    if field.errors:
        lines = format_html_join(mark_safe("<br>"), "{}", ((error,) for error in field.errors))
        params["errorMessage"] = {"html": lines}
    return params


def _typed(field: BoundField) -> Params:
    """What components with one control take: the label, and the attributes of the widget."""
    attrs = {**field.field.widget.attrs, **field.field.widget_attrs(field.field.widget)}
    if field.field.disabled:
        attrs["disabled"] = True
    params = {**_base(field), "label": _label(field), "classes": attrs.get("class")}
    params |= {name: attrs[name] for name in _NAMED if name in attrs}
    others = {
        name: _BARE if value is True else value
        for name, value in attrs.items()
        if name not in _LEFT_OUT and value not in (None, False)
    }
    if others:
        params["attributes"] = others
    return params


def _value(field: BoundField) -> str | None:
    value = field.field.widget.format_value(field.value())
    return None if value is None else str(value)


def _input(field: BoundField) -> SafeString:
    params = {**_typed(field), "value": _value(field), "type": getattr(field.field.widget, "input_type", "text")}
    if params["type"] == "number":
        # A number input changes under a mouse wheel and hides what it cannot read.
        whole = isinstance(field.field, forms.IntegerField) and not isinstance(
            field.field, (forms.DecimalField, forms.FloatField)
        )
        params |= {"type": "text", "inputmode": "numeric" if whole else "decimal"}
        for name in ("min", "max", "step"):
            params.get("attributes", {}).pop(name, None)
    if params["type"] == "email":
        params.setdefault("spellcheck", False)
    return render("input", params)


def _hidden(field: BoundField) -> SafeString:
    """Without a template for the usual case: every form with a version has one."""
    widget = field.field.widget
    if type(widget) is not forms.HiddenInput:
        return field.as_widget()
    return format_html(
        '<input type="hidden" name="{}" id="{}" value="{}">', field.html_name, field.auto_id, _value(field) or ""
    )


def _textarea(field: BoundField) -> SafeString:
    return render("textarea", {**_typed(field), "value": _value(field)})


def _word_count(field: BoundField) -> SafeString:
    limit = {"maxlength": field.field.widget.max_words, "countType": "words"}
    return render("character-count", {**_typed(field), "value": _value(field), **limit})


def _file(field: BoundField) -> SafeString:
    params = _typed(field)
    if getattr(field.field.widget, "allow_multiple_selected", False):
        params["multiple"] = True
    return render("file-upload", params)


def _options(field: BoundField) -> list[dict[str, Any]]:
    """The widget's options in one list, with the groups of choices laid flat."""
    widget = field.field.widget
    groups = widget.optgroups(field.html_name, widget.format_value(field.value()), {})
    return [option for _, options, _ in groups for option in options]


def _select(field: BoundField) -> SafeString:
    items = [
        {
            "value": str(option["value"]),
            "text": option["label"] if option["value"] not in ("", None) else "Select an option",
            "selected": option["selected"],
        }
        for option in _options(field)
    ]
    params = {**_typed(field), "items": items}
    if getattr(field.field.widget, "allow_multiple_selected", False):
        params["attributes"] = {**params.get("attributes", {}), "multiple": _BARE}
    return render("select", params)


def _ticks(field: BoundField) -> list[Params]:
    hints = getattr(field.form, "option_hints", {}).get(field.name, {})
    revealed = _conditional(field.form).get(field.name, {})
    items = []
    for option in _options(field):
        value = str(option["value"])
        if not value:
            continue
        item: Params = {"value": value, "text": option["label"], "checked": bool(option["selected"])}
        if value in hints:
            item["hint"] = {"text": hints[value]}
        inside = [render_field(field.form[name]) for name in revealed.get(value, ()) if name in field.form.fields]
        if inside:
            item["conditional"] = {"html": mark_safe("\n".join(inside))}  # noqa: S308
        if field.field.disabled:
            item["disabled"] = True
        items.append(item)
    return items


def _legend(field: BoundField) -> Params:
    return {"legend": _label(field)}


def _choice(component: str) -> Callable[[BoundField], SafeString]:
    def draw(field: BoundField) -> SafeString:
        params = _base(field)
        params["idPrefix"] = params.pop("id")
        classes = field.field.widget.attrs.get("class")
        return render(component, {**params, "fieldset": _legend(field), "items": _ticks(field), "classes": classes})

    return draw


def _single_checkbox(field: BoundField) -> SafeString:
    params = _base(field)
    params["idPrefix"] = params.pop("id")
    checked = bool(field.field.widget.check_test(field.value()))
    item: Params = {"value": "true", "text": field.label, "checked": checked}
    inside = [render_field(field.form[name]) for name in _conditional(field.form).get(field.name, {}).get("True", ())]
    if inside:
        item["conditional"] = {"html": mark_safe("\n".join(inside))}  # noqa: S308
    return render("checkboxes", {**params, "items": [item]})


def _wrong_parts(field: BoundField) -> tuple[str, ...]:
    for error in field.errors.as_data():
        parts = (error.params or {}).get("parts") if hasattr(error, "params") else None
        if parts:
            return tuple(parts)
    return DateParts._fields


def _date(field: BoundField) -> SafeString:
    params = _base(field)
    typed = field.field.widget.format_value(field.value())
    wrong = _wrong_parts(field) if field.errors else ()
    names = _date_autocomplete(field)
    params["items"] = [
        {
            "id": f"{field.auto_id}_{part}",
            "name": f"{field.html_name}_{part}",
            "label": {"text": part.capitalize()},
            "width": 4 if part == "year" else 2,
            "value": value or None,
            "error": part in wrong,
            "autocomplete": names.get(part),
        }
        for part, value in typed._asdict().items()
    ]
    del params["name"]
    return render("date-input", {**params, "fieldset": _legend(field), "disabled": field.field.disabled or None})


def _date_autocomplete(field: BoundField) -> dict[str, str]:
    if field.field.widget.attrs.get("autocomplete") != "bday":
        return {}
    return {part: f"bday-{part}" for part in DateParts._fields}


def _anything_else(field: BoundField) -> SafeString:
    """A widget without a component, such as a split date-time: its own markup in a form group."""
    described = " ".join(
        f"{field.auto_id}-{what}" for what, there in (("hint", field.help_text), ("error", field.errors)) if there
    )
    hint = render("hint", {"html": field.help_text, "id": f"{field.auto_id}-hint"}) if field.help_text else ""
    message = _base(field).get("errorMessage")
    error = render("error-message", {**message, "id": f"{field.auto_id}-error"}) if message else ""
    if field.use_fieldset:
        inside = format_html("{}{}{}", hint, error, field)
        content = render("fieldset", {**_legend(field), "html": inside, "describedBy": described or None})
    else:
        label = render("label", {**_label(field), "for": field.id_for_label})
        widget = field.as_widget(attrs={"aria-describedby": described} if described else None)
        content = format_html("{}{}{}{}", label, hint, error, widget)
    return format_html('<div class="nhsuk-form-group{}">{}</div>', " nhsuk-form-group--error" if error else "", content)


_DRAWN: tuple[tuple[type[forms.Widget], Callable[[BoundField], SafeString]], ...] = (
    (DatePartsInput, _date),
    (WordCountTextarea, _word_count),
    (forms.Textarea, _textarea),
    (forms.CheckboxSelectMultiple, _choice("checkboxes")),
    (forms.RadioSelect, _choice("radios")),
    (forms.NullBooleanSelect, _select),
    (forms.Select, _select),
    (forms.CheckboxInput, _single_checkbox),
    (forms.FileInput, _file),
    (Input, _input),
)
