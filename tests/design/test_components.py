"""Words laid into finished markup give what the macro would have given."""

import pytest
from django.utils.functional import lazystr
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import strategies as st

from nextstep.design import components
from nextstep.design.components import render, render_table
from tests.design.markup import outline

# What people and programmers write, with all that could break markup or be taken for a mark.
words = st.one_of(
    st.sampled_from(
        ['"><script>', "O'Neil & Sons", "a & b", "&amp;", "{{ x }}", "{% x %}", "\ue0000\ue001", "100%", "0"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(str.strip),
)
texts = st.fixed_dictionaries({"text": words})


def items(**optional):
    return st.lists(st.fixed_dictionaries({"text": words}, optional=optional), min_size=1, max_size=4)


PARAMS = {
    "button": st.fixed_dictionaries({"text": words}, optional={"href": words, "variant": st.just("secondary")}),
    "tag": st.fixed_dictionaries({"text": words}, optional={"colour": st.sampled_from(["blue", "red"])}),
    "input": st.fixed_dictionaries(
        {"label": texts, "id": st.just("a"), "name": st.just("a")},
        optional={"value": words, "hint": texts, "errorMessage": texts, "autocomplete": st.just("email")},
    ),
    "textarea": st.fixed_dictionaries(
        {"label": texts, "id": st.just("a"), "name": st.just("a")}, optional={"value": words}
    ),
    "back-link": st.fixed_dictionaries({"text": words, "href": words}),
    "details": st.fixed_dictionaries({"summary": texts, "text": words}),
    "inset-text": texts,
    "error-summary": st.fixed_dictionaries({"heading": st.just("Oh"), "errorList": items(href=words)}),
    "summary-list": st.fixed_dictionaries(
        {"rows": st.lists(st.fixed_dictionaries({"key": texts, "value": texts}), min_size=1, max_size=3)}
    ),
    "radios": st.fixed_dictionaries(
        {
            "name": st.just("a"),
            "fieldset": st.fixed_dictionaries({"legend": texts}),
            "value": st.sampled_from(["x", "y"]),
            "items": st.just([{"value": "x", "text": "X"}, {"value": "y", "text": "Y", "hint": {"text": "Why"}}]),
        }
    ),
    "warning-callout": st.fixed_dictionaries(
        {
            "heading": st.sampled_from([{"text": "Important"}, {"text": "Before you start"}]),
            "text": words.filter(lambda text: "\ue000" not in text),
        }
    ),
}


@pytest.mark.parametrize("component", PARAMS)
@given(data=st.data())
def test_a_component_is_what_its_macro_prints(component, data):
    params = data.draw(PARAMS[component])
    printed = str(components._macro(component)(params))
    assert outline(render(component, params)) == outline(printed)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("<b>", "&lt;b&gt;"),
        (mark_safe("<b>x</b>"), "<b>x</b>"),
        (7, "7"),
        (0, "0"),
        (lazystr("<later>"), "&lt;later&gt;"),
    ],
)
def test_words_are_escaped_unless_they_are_marked_safe(value, printed):
    assert " ".join(render("tag", {"text": value}).split()) == f'<strong class="nhsuk-tag"> {printed} </strong>'


def test_html_that_nobody_marked_safe_is_escaped():
    assert "<b>" not in render("inset-text", {"html": "<b>"})


def test_a_quotation_mark_cannot_end_an_attribute_even_when_marked_safe():
    assert (
        render("back-link", {"text": "Back", "href": mark_safe('/a/?b=1&amp;c="')}).count('href="/a/?b=1&amp;c=&quot;"')
        == 1
    )


@pytest.mark.parametrize("missing", [None, ""])
def test_parameters_without_a_value_count_as_absent(missing):
    assert outline(render("input", {"label": {"text": "A"}, "name": "a", "hint": {"text": missing}})) == outline(
        render("input", {"label": {"text": "A"}, "name": "a"})
    )


def test_lazy_words_in_other_parameters_are_read():
    assert render("input", {"label": {"text": "A"}, "name": lazystr("later")}).count('name="later"') == 1


def test_a_mark_that_somebody_wrote_is_not_filled():
    params = {"name": "\ue0000\ue001", "label": {"text": "Secret"}, "attributes": {"data-x": "\ue0000\ue001"}}
    printed = render("input", params)
    assert printed.count("Secret") == 1
    assert printed.count('name="0\ue001"') == 1


def test_what_is_rendered_is_safe():
    assert isinstance(render("tag", {"text": "x"}), SafeString)


def test_a_macro_runs_once_for_each_shape():
    components._markup.cache_clear()
    for number in range(20):
        render("tag", {"text": f"Person {number}", "colour": "blue"})
    assert components._markup.cache_info()[:2] == (19, 1)


def test_the_macro_of_a_table_runs_once_for_each_set_of_columns():
    components._table_markup.cache_clear()
    for rows in range(20):
        render_table({"head": [{"text": f"Who {rows}"}, {"text": "Mark"}]}, [["Amina", "Late"]] * rows)
    assert components._table_markup.cache_info()[:2] == (19, 1)


@given(
    rows=st.lists(st.tuples(words, words), min_size=1, max_size=4),
    head=st.tuples(words, words),
    responsive=st.booleans(),
)
def test_a_table_in_one_pass_is_what_its_macro_prints(rows, head, responsive):
    params = {"head": [{"text": one} for one in head], "responsive": responsive, "caption": {"text": "Marks"}}
    cells = [[{"html": components.conditional_escape(cell)} for cell in row] for row in rows]
    printed = str(components._macro("tables")({**params, "rows": cells}))
    assert outline(render_table(params, rows)) == outline(printed)
