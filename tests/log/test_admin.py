"""The log on the desk: for chiefs to read and take away, for nobody to change."""

import csv
import json
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

import log
from log.chain import broken_links
from log.export import inert
from log.models import Entry
from log.words import WORDS, in_words

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
LIST = reverse("admin:log_entry_changelist")


@pytest.fixture
def office(client, person):
    chief = person()
    chief.groups.add(Group.objects.get(name="Chief"))
    client.force_login(chief)
    return client


def export(office, kind, /, **filters):
    answer = office.post(reverse("admin:log_entry_export", args=[kind]), query_params=filters)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def test_the_list_shows_and_offers_the_files(office):
    """Entries, newest first, and a button for each kind of file."""
    log.write("story.schedule-moved", text="Twice on the site.")
    page = office.get(LIST).content.decode()
    assert "Twice on the site." in page
    assert page.count("Moved the schedule") == 2, "in the row and in the filter"
    assert page.count("/export/") == 2


def test_an_entry_opens_and_saves_nothing(office):
    """All of it is text."""
    entry = log.write("story.withdrawn", text="<script>alert(1)</script>", data={"why": "<b>"})
    page = office.get(reverse("admin:log_entry_change", args=[entry.pk])).content.decode()
    assert "<script>alert" not in page and "<b>" not in page
    assert 'name="_save"' not in page


def test_a_table_holds_no_formula(office):
    """A headline that a spreadsheet would compute stays text."""
    log.write("story.published", text='=HYPERLINK("https://elsewhere.example")')
    rows = list(csv.DictReader(export(office, "csv", q="HYPERLINK").splitlines()))
    assert [row["text"] for row in rows] == ['\'=HYPERLINK("https://elsewhere.example")']


@pytest.mark.parametrize("words", ["=1", "+1", "-1", "@x", "\tx", "\rx", " =1"])
def test_dangerous_beginnings_are_made_inert(words):
    """Each way of beginning a formula."""
    assert inert(words).startswith("'")
    assert inert("1 = 1") == "1 = 1"


def test_json_lines_keep_the_chain(office):
    """Somebody elsewhere can check it with nothing but the file."""
    for number in range(3):
        log.write("story.published", text=f"Story {number}")
    lines = [json.loads(line) for line in export(office, "jsonl").splitlines()]
    assert all(after["previous"] == before["hash"] for before, after in zip(lines, lines[1:], strict=False))
    assert list(broken_links(Entry.objects.order_by("pk"))) == []


def test_taking_the_log_away_is_in_the_log(office):
    """With the filters that were set."""
    export(office, "csv", kind="story.withdrawn")
    entry = Entry.objects.first()
    assert (entry.kind, entry.text, entry.data) == (
        "log.exported",
        "As a table (CSV)",
        {"format": "csv", "filters": {"kind": "story.withdrawn"}},
    )


def test_a_filter_nobody_knows_gives_no_file(office):
    """A file of everything instead of what was asked for would be a mistake nobody sees."""
    answer = office.post(reverse("admin:log_entry_export", args=["csv"]), query_params={"nonsense": "1"})
    assert answer.status_code == 404


def test_every_kind_that_the_newsroom_writes_has_words(office):
    """In English that no code shines through, in the list and in its filter."""
    written = set()
    for folder in ("articles", "authors", "images", "log", "moving", "newsroom"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text()
            written |= set(
                re.findall(
                    r'"((?:account|front|log|paper|picture|preview|recording|role|story)\.[a-z-]+)"', text
                )
            )
            written |= {f"story.{what}" for what in re.findall(r'_log\(\s*"([a-z-]+)"', text)}
    assert {
        "story.published",
        "story.scheduled",
        "story.end-set",
        "account.second-factor-added",
    } <= WORDS.keys()
    assert written - {"log.entry", "story.scheduled"} == WORDS.keys() - {"story.scheduled"}
    log.write("story.override", text="Late.")
    page = office.get(LIST).content.decode()
    assert "Published over warnings" in page
    assert in_words("story.of-long-ago") == "story.of-long-ago"
