"""The bench: it runs, counts queries, and never comes near the newsroom's own database. No time is judged."""

import os
import subprocess
import sys
from io import BytesIO
from unittest.mock import ANY

import pytest
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone
from PIL import Image as Pixels

from articles.models import Article, PublishedVersion, Revision, search
from articles.quotes import quoting_corrected
from articles.reading import count_words
from articles.rendering import plain_text, references
from images.models import Image
from images.uses import uses_of
from newsroom.bench.archive import fill
from newsroom.bench.autosave import measure_autosave
from newsroom.bench.desk_pages import story_form, wanted_lists
from newsroom.bench.desk_story import BLOCKS, WORDS, desk_person, write_story
from newsroom.bench.library import fill_library, wanted_library_pages
from newsroom.bench.pages import search_pages, wanted_pages
from newsroom.bench.report import (
    MOST_LIST_QUERIES,
    MOST_QUERIES,
    desk_goals,
    library_goals,
    readers_goals,
    table,
    upload_goals,
)
from newsroom.bench.uploads import another, photo
from newsroom.bench.visits import Timed, measure

pytestmark = pytest.mark.any_database


@pytest.fixture
def pages(db, client):
    fill(300)
    pages = wanted_pages() + search_pages()
    measure(pages, client, rounds=1)
    return pages


@pytest.fixture
def story(db):
    fill(60)
    return write_story(desk_person(), picture_width=200)


@pytest.fixture
def visitor(client, story):
    client.force_login(story.saved_by)
    return client


def test_every_page_of_an_archive_stays_within_its_queries(pages):
    """Each page, deep ones included, answers 200 and asks the database at most as often as the goal says."""
    assert {page.name.partition(",")[0].partition(":")[0] for page in pages} == {
        *["article", "front", "feed", "section", "author", "tag", "search", "archive"]
    }
    assert {page.name: page.queries for page in pages if page.queries > MOST_QUERIES} == {}
    for page in pages:
        if page.first:
            assert page.queries == page.first.queries


def test_an_archive_has_stories_of_every_fate(db):
    """Most are live; of fifty one was never public and one has left, of 500 one is to come; updates ended a version."""
    fill(300)
    now = timezone.now()
    versions = PublishedVersion.objects.filter(article=OuterRef("pk"))
    assert Article.objects.count() == 300
    assert Article.objects.filter(~Exists(versions)).count() == 6
    assert Article.objects.filter(Exists(versions.filter(visible_from__gt=now))).count() == 1
    live = PublishedVersion.objects.live(now)
    assert live.values("article").distinct().count() == live.count() == 300 - 6 - 6 - 1
    assert PublishedVersion.objects.count() == 300 - 6 + 60


def test_an_archive_is_fit_for_the_desk(db):
    """Its stories are found by their words, and some quote one that was corrected since."""
    fill(1200)
    found = search.matching(Article.objects.all(), "story 471 writer")
    assert [article.slug for article in found] == ["story-471"]
    assert quoting_corrected(Article.objects.all(), timezone.now()).exists()


def test_the_story_of_the_form_is_long_and_has_every_block(story):
    """As many words and blocks as are promised, live on the site."""
    kinds = [block.kind for block in references(story.body)]
    assert [kinds.count(kind) for kind in ("figure", "related-card", "embed")] == [BLOCKS // 3] * 3
    assert WORDS <= count_words(plain_text(story.body)) < WORDS + 200
    assert PublishedVersion.objects.live(timezone.now()).filter(article=story).exists()


def test_the_desks_pages_stay_within_their_queries(story, visitor):
    """The list with each of its filters finds stories within its queries, and the form answers."""
    lists = wanted_lists(story.saved_by)
    pages = [*lists, story_form(story)]
    measure(pages, visitor, rounds=1)
    assert {page.name: page.queries for page in lists if page.queries > MOST_LIST_QUERIES} == {}
    assert len(list(table("desk", pages))) == len(pages) + 1


def test_autosaves_are_real_ones(story, visitor):
    """Each is taken whole, makes a new version and costs the same number of queries."""
    autosave = measure_autosave(visitor, story, times=3)
    newest = Article.objects.get(pk=story.pk)
    assert newest.version == story.version + 7  # three to warm up, one to count queries
    assert newest.body != story.body
    assert story.revisions.latest("version").reason == Revision.Reason.AUTOSAVED
    assert len(autosave.times) == 3
    assert autosave.queries > 0


def test_the_librarys_pages_stay_within_their_queries(db, client):
    """As it opens, under its filters, and the form of a picture that stands in every story."""
    fill(60)
    in_many = fill_library(100)
    person = desk_person()
    client.force_login(person)
    pages = wanted_library_pages(in_many)
    measure(pages, client, rounds=1)
    assert {page.name: page.queries for page in pages if page.queries > MOST_LIST_QUERIES + 2} == {}
    assert in_many in Image.objects.search(f"{in_many.title}")
    assert uses_of(in_many, person, timezone.now()).total == 60
    assert [met for met, _goal in library_goals([Timed("library", times=[199], work=[1])])] == [True, True]
    rows = Timed("a", times=[1001], work=[1]), Timed("b", times=[3999], work=[1])
    assert [met for met, _goal in upload_goals(*rows, 601, 200)] == [False, True, False]


def test_the_same_photograph_is_another_file_each_time():
    """It opens as before, and no hash finds it twice."""
    content = photo((400, 300))
    once, twice = another(content), another(content)
    assert once != twice
    assert Pixels.open(BytesIO(once)).tobytes() == Pixels.open(BytesIO(content)).tobytes()


def test_the_report_says_which_goals_are_met(pages):
    """A missed goal is False, an unknown one None."""
    assert len(list(table("page", pages))) == len(pages) + 1
    assert [met for met, _goal in readers_goals(pages, 400)][::4] == [True, False]
    pages[0].queries = MOST_QUERIES + 1
    searches = [page for page in pages if page.name.startswith("search")]
    for page in searches:
        page.times = [49]
    searches[-1].times = [151]
    assert [met for met, _goal in readers_goals(pages, None)] == [False, ANY, True, False, None]


def test_the_desks_goals_look_at_the_slowest():
    """One list, one search and one autosave in twenty that are too slow miss their goals."""

    def timed(name, *times, queries=13):
        return Timed(name, queries=queries, times=list(times), work=[1])

    lists = [timed("list", 50), timed("search: a", 90), timed("tag", 190)]
    quick = timed("autosave", *[90] * 20)
    assert [met for met, _goal in desk_goals(lists, quick)] == [True] * 4
    lists += [timed("author", 210), timed("search: b", 110, queries=15)]
    slow = timed("autosave", *[90] * 18, 200, 200)
    assert [met for met, _goal in desk_goals(lists, slow)] == [False] * 4


def test_the_command_leaves_nothing_behind(tmp_path):
    """It loads, measures and serves from a scratch database; the newsroom's own is not even created.

    Without a Chromium it says so, and reports the rest.
    """
    environment = {
        **os.environ,
        "LOCAL_TRIAL": "yes",
        "VAR_DIR": str(tmp_path / "var"),
        "TMPDIR": str(tmp_path),
        "CHROMIUM": str(tmp_path / "chromium"),
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "bench", "--stories", "60", "--rounds", "1", "--uploads", "2"],
        cwd=settings.BASE_DIR,
        env=environment | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"},
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr
    assert "met     at most 8 queries a page" in done.stdout
    assert f"met     at most {MOST_LIST_QUERIES} queries a list" in done.stdout
    assert "?       the story form in a browser: No Chromium was found." in done.stdout
    assert "24 megapixels: all renditions within" in done.stdout
    assert "2 uploads in one go below" in done.stdout
    assert not (tmp_path / "var" / "newsroom.sqlite3").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("newsroom-bench-")] == []
