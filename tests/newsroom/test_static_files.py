"""Stylesheets reach readers without their comments, and say the same."""

import gzip
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from articles.squeeze import squeezed
from newsroom.static_files import StaticFiles

pytestmark = pytest.mark.any_database

STATIC = Path(__file__).parents[2] / "static"


@pytest.mark.parametrize(
    ("written", "served"),
    [
        ("a {\n  color: red; /* why */\n}\n", "a { color: red; }"),
        ("nav\n  a { top: 0 }", "nav a { top: 0 }"),
        ('q::before { content: "/* no comment */" }', 'q::before { content: "/* no comment */" }'),
        ("/* it's */ a { top: 0 } /* it isn't */", "a { top: 0 }"),
    ],
)
def test_only_comments_and_layout_go(written, served):
    assert squeezed(written) == served


@pytest.mark.parametrize("name", ["site.css", "lite.css"])
def test_no_rule_of_the_readers_sheets_is_lost(name):
    text = (STATIC / "css" / name).read_text()
    short = squeezed(text)
    for sign in ("{", "}", ";", "@media", "@layer", "var("):
        assert short.count(sign) == _without_comments(text).count(sign), sign
    assert len(short) < len(text)


def _without_comments(text):
    """By hand, in another way than the code's."""
    kept = ""
    for part in text.split("*/"):
        kept += part.partition("/*")[0]
    return kept


def test_collected_files_are_squeezed_hashed_and_compressed(tmp_path):
    """Ours; what others wrote keeps its comments, which may be a licence."""
    storage = StaticFiles(location=tmp_path, base_url="/static/")
    written = (STATIC / "css" / "site.css").read_bytes()
    names = ("css/site.css", "admin/css/base.css")
    for name in names:
        storage.save(name, ContentFile(written))
    list(storage.post_process({name: (storage, name) for name in names}))
    ours, theirs = (tmp_path / storage.url(name).removeprefix("/static/") for name in names)
    assert ours.read_text() == squeezed(written.decode())
    assert gzip.decompress(ours.with_name(f"{ours.name}.gz").read_bytes()) == ours.read_bytes()
    assert theirs.read_bytes() == written
