"""The paper's mark: of a drawing only shapes are kept."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles.mark import MOST_SHAPES, clean

HOSTILE = """<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 viewBox="0 0 24 12" onload="alert(1)"><script>alert(2)</script><style>@import "//evil.example"</style>
 <g onclick="alert(3)" style="fill:#123456;background:url(//evil.example)"><path d="M0 0h24v12z" id="x" href="#y"/>
 <circle cx="1" cy="2" r="calc(1px)" fill="accent"/></g><a xlink:href="javascript:alert(4)"><path d="M1 1z"/></a>
 <image href="//evil.example/x.png"/><use href="//evil.example#a"/><foreignObject><iframe src="//evil.example"/>
 </foreignObject><path d="M0 0&quot;/&gt;&lt;script&gt;"/>
 <animate attributeName="href" to="javascript:alert(5)"/></svg>"""


def test_only_shapes_are_kept():
    """No script, style, link, other file or foreign attribute; colours become those of the page."""
    assert clean(HOSTILE) == (
        '<svg class="mark" viewBox="0 0 24 12" width="60" height="30" fill="currentColor" aria-hidden="true"'
        ' focusable="false"><g fill="currentColor"><path d="M0 0h24v12z"/><circle class="mark__fill" cx="1" cy="2"'
        ' fill="currentColor"/></g><path/></svg>'
    )
    assert clean(clean(HOSTILE)) == clean(HOSTILE)
    assert clean(" ") == ""


@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        ("a lantern", "no drawing in the format SVG"),
        ("<html/>", "begins with <svg>"),
        ('<svg viewBox="0 0 1 1"/>', "no shape"),
        ("<svg><path d='M0 0'/></svg>", "how large"),
        ('<svg viewBox="0 0 0 1"><path d="M0 0"/></svg>', "how large"),
        ('<!DOCTYPE svg [<!ENTITY a "aaa">]><svg viewBox="0 0 1 1"><path d="&a;"/></svg>', "too large"),
        (f'<svg viewBox="0 0 1 1">{"<g/>" * (MOST_SHAPES + 1)}</svg>', "more than"),
        (f'<svg viewBox="0 0 1 1"><path d="M0 0{"h1" * 3000}"/></svg>', "too fine"),
        (f"<svg>{' ' * 60_000}</svg>", "too large"),
    ],
)
def test_what_cannot_be_a_mark_is_refused_with_what_to_do(drawing, said):
    with pytest.raises(ValidationError, match=said):
        clean(drawing)


@given(st.text(max_size=60), st.text(max_size=30))
def test_nothing_typed_breaks_out_of_it(value, name):
    """Whatever stands in an attribute, what is written has no more elements than shapes."""
    drawing = '<svg viewBox="0 0 1 1"><path d="M0 0"/><path d="{}" transform="{}"/></svg>'
    try:
        made = clean(drawing.format(value.replace('"', "&quot;"), name.replace('"', "&quot;")))
    except ValidationError:
        return
    assert made.count("<") == 4
    assert not {"&", "'"} & set(made)
