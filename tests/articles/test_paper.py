"""The paper's own name, mark and colour: set by the chief, on every page with the next one, at no cost to it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Paper
from log.models import Entry
from tests.articles.stories import story, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

BOAT = '<svg viewBox="0 0 20 10"><script>alert(1)</script><path d="M0 0h20v10z" fill="accent"/></svg>'
WORDS = {"name": "The Quay", "tagline": "All that floats", "accent": "#0A5C36", "mark": ""}


@pytest.fixture
def chief(client, person):
    client.force_login(person("Chief"))
    return client


def test_what_the_chief_sets_is_on_every_page(chief):
    """Name and tagline, the mark as a part of the page, the colour at the end of the one stylesheet; feeds too."""
    story(slug="ferry")
    file = SimpleUploadedFile("boat.svg", BOAT.encode(), content_type="image/svg+xml")
    response = chief.post("/admin/paper/", {**WORDS, "drawing": file})
    assert response.status_code == 302, response.context["form"].errors
    assert Entry.objects.filter(kind="paper.changed").count() == 1

    for address in ("/", "/ferry/", "/news-feed/", "/nothing/", "/lite/", "/lite/ferry/"):
        page = chief.get(address).content.decode()
        assert "The Quay" in page and "Tidewick" not in page, address
        [sheet] = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
        answer = chief.get(sheet)
        assert "#0a5c36" in answer.content.decode().partition("prefers-reduced-motion")[2] or "lite" in sheet
        assert "#0a5c36" in answer.content.decode()
        assert "immutable" in answer["Cache-Control"]
    page = text_of(chief, "/")
    assert "All that floats" in page
    assert '<path class="mark__fill" d="M0 0h20v10z" fill="currentColor"/></svg>' in page
    [icon] = re.findall(r'<link rel="icon" href="([^"]+)"', page)
    drawing = chief.get(icon)
    assert drawing["Content-Type"] == "image/svg+xml"
    assert b'color="#0a5c36"' in drawing.content and b"script" not in drawing.content
    assert "<title>The Quay</title>" in text_of(chief, "/rss/")
    assert 'site_name" content="The Quay"' in page


def test_an_address_of_an_older_look_leads_to_todays(chief):
    """A page that a reader still has asks for its own stylesheet; nothing is kept under that address."""
    chief.post("/admin/paper/", WORDS)
    old = re.search(r'stylesheet" href="([^"]+)"', text_of(chief, "/"))[1]
    chief.post("/admin/paper/", {**WORDS, "accent": "#003366", "seen": Paper.objects.get().stamp})
    answer = chief.get(old)
    assert answer.status_code == 302
    assert "immutable" not in answer["Cache-Control"]
    assert "#003366" in chief.get(answer.url).content.decode()
    assert chief.get("/style/x/other.css").status_code == chief.get("/style/x/mark.svg").status_code == 404


def test_what_cannot_be_read_is_refused_and_nothing_typed_is_lost(chief):
    """A pale colour with the nearest that works, a drawing that is none, and a page that somebody else saved."""
    response = chief.post("/admin/paper/", {**WORDS, "accent": "#ffcc00", "mark": "<p>"})
    page = response.content.decode()
    assert "The nearest colour that can be read is #" in page
    assert "begins with &lt;svg&gt;" in page or "no drawing" in page
    assert 'value="The Quay"' in page
    assert not Paper.objects.exists()

    chief.post("/admin/paper/", WORDS)
    response = chief.post("/admin/paper/", {**WORDS, "name": "Mine", "seen": "an older one"})
    page = response.content.decode()
    assert "Somebody else saved this page meanwhile" in page and 'value="Mine"' in page
    again = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert chief.post("/admin/paper/", {**WORDS, "name": "Mine", "seen": again}).status_code == 302


def test_the_look_costs_a_page_no_question(chief):
    """It comes with the sections; what a stamp stands for is remembered."""
    story(slug="ferry")
    visitor = Client()

    def questions():
        visitor.get("/ferry/")
        with CaptureQueriesContext(connection) as asked:
            page = text_of(visitor, "/ferry/")
        return len(asked), "The Quay" in page

    count, named = questions()
    assert (count <= 8, named) == (True, False)
    chief.post("/admin/paper/", WORDS)
    assert questions() == (count, True)
