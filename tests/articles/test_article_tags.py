"""How names, times and addresses are printed on readers' pages."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils import timezone as clock
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.text import slugify

from articles.stream import Page
from articles.templatetags.article_tags import (
    absolute,
    byline,
    moment,
    reading_time,
)
from authors.models import Author

TWO_IN_THE_AFTERNOON = datetime(2026, 5, 17, 14, 5, 30, 250, tzinfo=UTC)


def row(name, role=""):
    return SimpleNamespace(author=Author(name=name, slug=slugify(name)), role=role)


def words(html):
    """The text a reader sees."""
    return strip_tags(html)


class TestByline:
    def test_one_author(self):
        """One name stands alone, linked to its profile and marked as the story's author."""
        html = byline([row("Mara Venn")])
        assert words(html) == "By Mara Venn"
        assert 'href="/author/mara-venn/"' in html
        assert 'rel="author"' in html

    def test_two_authors(self):
        """Two names are joined by "and"."""
        assert words(byline([row("Mara Venn"), row("Tobias Hale")])) == "By Mara Venn and Tobias Hale"

    def test_three_authors_with_a_role(self):
        """More names are listed in order, and what somebody did other than write stands in brackets."""
        html = byline([row("Mara Venn"), row("Tobias Hale"), row("Samir Aldane", "photography")])
        assert words(html) == "By Mara Venn, Tobias Hale and Samir Aldane (photography)"
        assert html.count("<a ") == 3

    def test_no_author(self):
        """A story without a name has no byline, not an empty one."""
        assert byline([]) == ""

    def test_hostile_names(self):
        """Names and roles are text: markup and format characters in them come out as written."""
        html = byline([row("Bobby <script>{0}%s", "<b>ink</b>"), row("{names} %(last)s")])
        assert "<script>" not in html
        assert "<b>" not in html
        assert "{0}%s" in html
        assert "{names} %(last)s" in html


class TestMoment:
    def test_full_names_the_zone(self, settings):
        """A story's own time is in the newsroom's zone, named, whatever zone it was stored in."""
        settings.TIME_ZONE = "Europe/Kyiv"
        with clock.override("Europe/Kyiv"):
            html = moment(TWO_IN_THE_AFTERNOON, "full")
        assert words(html) == "17 May 2026, 17:05 EEST"
        assert 'datetime="2026-05-17T17:05:30+03:00"' in html

    @time_machine.travel("2026-11-23 12:00:00", tick=False)
    def test_lists_leave_out_this_year(self):
        """In lists the year is left out while it lasts."""
        assert words(moment(TWO_IN_THE_AFTERNOON)) == "17 May, 14:05"
        assert words(moment(TWO_IN_THE_AFTERNOON, "stamp")) == "14:05 17 May"

    @time_machine.travel("2027-01-01 00:00:00", tick=False)
    def test_lists_say_another_year(self):
        """A time of another year says so, also the day after New Year's Eve."""
        assert words(moment(TWO_IN_THE_AFTERNOON)) == "17 May 2026, 14:05"
        assert words(moment(TWO_IN_THE_AFTERNOON, "stamp")) == "14:05 17 May 2026"

    def test_edition_names_the_day(self):
        """The front page's date has its weekday."""
        assert words(moment(TWO_IN_THE_AFTERNOON, "edition")) == "Sunday 17 May 2026"

    def test_no_time(self):
        """A preview that was never published prints no time."""
        assert moment(None) == ""

    def test_in_the_page_s_language(self):
        """Month names follow the language of the page."""
        with translation.override("de"):
            assert "Mai" in words(moment(TWO_IN_THE_AFTERNOON, "date"))


@pytest.mark.parametrize(("minutes", "said"), [(1, "1 min read"), (12, "12 min read")])
def test_reading_time(minutes, said):
    """Reading time is whole minutes."""
    assert reading_time(minutes) == said


class TestAddresses:
    def test_absolute(self, settings):
        """A path gets the site's own address, never that of the request; nothing stays nothing."""
        settings.SITE_URL = "https://news.example"
        assert absolute("/a-story/") == "https://news.example/a-story/"
        assert absolute("https://files.example/a.jpg") == "https://files.example/a.jpg"
        assert absolute("") == ""


@pytest.mark.django_db  # for how the paper looks
class TestEmptyStates:
    """Pages of a paper that has just begun. Everything they show is in the context."""

    def render(self, rf, name, **context):
        return render_to_string(name, {"sections": [], **context}, rf.get("/"))

    def test_front_page(self, rf):
        """An empty front page says so in a sentence, has its one h1 and links to nothing that is not there."""
        html = self.render(rf, "articles/front_page.html", lead=None, top=[], news_feed=[], blocks=[])
        assert "Nothing published yet" in html
        assert html.count("<h1") == 1
        assert "data-show-more" not in html

    def test_list(self, rf):
        """An empty list says so too."""
        html = self.render(rf, "articles/news_feed.html", section=None, page=Page([], ""))
        assert "Nothing published here yet" in html

    @pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "500.html", "503.html"])
    def test_error_pages_need_nothing(self, name):
        """The pages of last resort come without a context and without the list of hashed files."""
        html = render_to_string(name)
        assert '<link rel="stylesheet" href="/static/css/site.css">' in html
        assert html.count("<h1") == 1
