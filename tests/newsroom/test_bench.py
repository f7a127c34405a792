"""The bench: it runs, counts queries, and never comes near the newsroom's own database. No time is judged."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.utils import timezone

from articles.models import PublishedVersion
from newsroom.bench.archive import fill
from newsroom.bench.pages import measure, wanted_pages
from newsroom.bench.report import MOST_QUERIES, goals, table


@pytest.fixture
def pages(db):
    fill(300)
    pages = wanted_pages()
    measure(pages, rounds=1)
    return pages


def test_every_page_of_an_archive_stays_within_its_queries(pages):
    """Each page, deep ones included, answers 200 and asks the database at most as often as the goal says."""
    assert {page.name.partition(",")[0] for page in pages} == {
        "article",
        "front",
        "feed",
        "section",
        "author",
        "tag",
    }
    assert {page.name: page.queries for page in pages if page.queries > MOST_QUERIES} == {}
    for page in pages:
        if page.first:
            assert page.queries == page.first.queries


def test_an_archive_has_as_many_live_stories_as_asked(pages):
    """Every story is live once, the newest now; a fifth has an earlier version that ended."""
    live = PublishedVersion.objects.live(timezone.now())
    assert live.count() == 300
    assert live.values("article").distinct().count() == 300
    assert PublishedVersion.objects.count() == 360


def test_the_report_says_which_goals_are_met(pages):
    """A missed goal is False, an unknown one None."""
    assert len(list(table(pages))) == len(pages) + 1
    assert [met for met, _goal in goals(pages, 400)][::2] == [True, False]
    pages[0].queries = MOST_QUERIES + 1
    assert [met for met, _goal in goals(pages, None)][::2] == [False, None]


def test_the_command_leaves_nothing_behind(tmp_path):
    """It loads, measures and serves from a scratch database; the newsroom's own is not even created."""
    environment = {
        **os.environ,
        "LOCAL_TRIAL": "yes",
        "VAR_DIR": str(tmp_path / "var"),
        "TMPDIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "bench", "--stories", "60", "--rounds", "1"],
        cwd=settings.BASE_DIR,
        env=environment | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "met     at most 8 queries a page" in done.stdout
    assert not (tmp_path / "var" / "newsroom.sqlite3").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("newsroom-bench-")] == []
