"""Which pages are timed, and how: through the whole application, without a network between."""

from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import PublishedVersion, Section
from articles.pages import public_sections
from articles.read_more import outside_news_feed
from articles.stream import PAGE_SIZE, cursor_of, listed

#: How many pages deep a list is opened, where it is that long.
DEEP = 1000
#: Rounds before the clock counts: templates compiled, files of the database in memory.
WARM_UP = 3
#: Calls that fill one piece of Python's memory for calls, about; and a step that visits all parts of it soon.
FRAMES, STRIDE = 120, 37


@dataclass
class Page:
    """One address and what its rounds cost: milliseconds, and the queries of one visit."""

    name: str
    path: str
    first: "Page | None" = None  # the first page of the list, when this is one deep in it
    queries: int = 0
    times: list = field(default_factory=list)

    @property
    def ms(self):
        return median(self.times)

    @property
    def ratio(self):
        """How much more this page costs than the first of its list; None for a first page."""
        return self.ms / self.first.ms if self.first else None


def wanted_pages():
    """The article, the front page, and the first and a deep page of the longest list of each sort."""
    at = timezone.now()
    live = PublishedVersion.objects.live(at)
    # A story with all there is: a picture and a card in its text, and an update.
    pattern = 'data-block="figure".*data-block="related-card"'
    full = live.filter(body__regex=pattern, updated_at__isnull=False).newest_first()
    article = full.first() or live.newest_first().first()
    pages = [Page("article", article.get_absolute_url()), Page("front", reverse("front-page"))]
    outside = outside_news_feed(public_sections(at))
    pages += _list("feed", reverse("news-feed"), listed(at, exclude_sections=outside))
    sections = live.exclude(section__slug=Section.NEWS_FEED)
    section = sections.values("section").annotate(stories=Count("pk")).latest("stories")["section"]
    path = Section.objects.get(pk=section).get_absolute_url()
    pages += _list("section", path, listed(at, section_id=section))
    for name, through in (("author", "bylines"), ("tag", "version_tags")):
        part = _most_listed(through, name)
        stories = listed(at, through=through, **{name: part})
        pages += _list(name, part.get_absolute_url(), stories)
    return pages


def _most_listed(through, name):
    """The author or tag with the most stories."""
    relation = PublishedVersion._meta.get_field(through).related_model
    most = relation.objects.values(name).annotate(stories=Count("pk")).latest("stories")
    return relation._meta.get_field(name).related_model.objects.get(pk=most[name])


def _list(name, path, stories):
    """The first page of a list, and the one DEEP pages on, or the last full one of a shorter list."""
    first = Page(name, path)
    pages_before = min(DEEP, (stories.count() - 1) // PAGE_SIZE - 1)
    if pages_before < 1:
        return [first]
    last_before = stories[pages_before * PAGE_SIZE - 1]
    deep = f"{path}?before={cursor_of(last_before)}"
    return [first, Page(f"{name}, {pages_before:,} deep", deep, first=first)]


def measure(pages, *, rounds):
    """Visit `pages` in turns, `rounds` times each after a warm-up, and note in each what it cost."""
    # As a browser asks: by the site's name, and for a compressed answer.
    client = Client(SERVER_NAME=urlsplit(settings.SITE_URL).hostname, HTTP_ACCEPT_ENCODING="gzip")
    for _round in range(WARM_UP):
        for page in pages:
            _visit(client, page)
    for page in pages:
        with CaptureQueriesContext(connection) as captured:
            _visit(client, page)
        page.queries = len(captured)
    for number in range(rounds):
        for page in pages:
            _from_depth(number * STRIDE % FRAMES, lambda page=page: _timed(client, page))


def _from_depth(frames, work):
    """Call `work` that many calls deeper. Each round begins elsewhere, so that the median is a usual depth.

    Python gets the memory of calls in pieces of 16 KB. Where a piece happens to end in a page's busiest template,
    each small call gets the next piece and gives it back: the time of a list doubled at unlucky depths.
    """
    return _from_depth(frames - 1, work) if frames else work()


def _timed(client, page):
    began = perf_counter()
    _visit(client, page)
    page.times.append((perf_counter() - began) * 1000)


def _visit(client, page):
    response = client.get(page.path, secure=True)
    if response.status_code != 200:
        raise RuntimeError(f"{page.path} answered {response.status_code}")
