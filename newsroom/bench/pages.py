"""Which of the readers' pages are timed."""

from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from articles.archive import Month
from articles.models import PublishedVersion, Section
from articles.pages import public_sections
from articles.read_more import outside_news_feed
from articles.search import MOST
from articles.stream import PAGE_SIZE, cursor_of, listed
from newsroom.bench.visits import Page

#: How many pages deep a list is opened, where it is that long.
DEEP = 1000
#: A word of half of all stories, the beginning of nearly all, usual questions, an author, nothing, and many words.
SEARCHES = [
    *["harbour", "th", "council budget", "ferry fire report", "writer 3 tram", "zebra unicorn"],
    "council budget gap harbour ferry tram bridge quay",
]


def wanted_pages():
    """The article, the front page, and the first and a deep page of the longest list of each sort."""
    at = timezone.now()
    live = PublishedVersion.objects.live(at)
    # A story with all there is: a picture and a card in its text, and an update.
    pattern = 'data-block="figure".*data-block="related-card"'
    full = live.filter(body__regex=pattern, updated_at__isnull=False).newest_first()
    article = full.first() or live.newest_first().first()
    pages = [Page("article", path=article.get_absolute_url()), Page("front", path=reverse("front-page"))]
    outside = outside_news_feed(public_sections(at))
    pages += _list("feed", reverse("news-feed"), listed(at, exclude_sections=outside))
    section = _largest_section(live)
    pages += _list("section", section.get_absolute_url(), listed(at, section_id=section.pk))
    for name, through in (("author", "bylines"), ("tag", "version_tags")):
        part = _most_listed(through, name)
        stories = listed(at, through=through, **{name: part})
        pages += _list(name, part.get_absolute_url(), stories)
    return pages


def search_pages():
    """Searches that are usual and searches that are hard, and the archive. No page cache keeps a search."""
    live = PublishedVersion.objects.live(timezone.now())
    oldest = live.order_by("first_published_at").first().first_published_at
    days = {"from": oldest.date(), "until": (oldest + timedelta(days=30)).date()}
    queries = {
        **{f"search: {text}": {"q": text} for text in SEARCHES},
        "search: harbour, section, oldest": {"q": "harbour", "section": _largest_section(live).slug, **days},
        "search: harbour, last page": {"q": "harbour", "after": MOST - PAGE_SIZE},
    }
    pages = [Page(name, path=f"{reverse('search')}?{urlencode(query)}") for name, query in queries.items()]
    month = Month.of(oldest).get_absolute_url()
    return [*pages, Page("archive", path=reverse("archive")), Page("archive, first month", path=month)]


def _largest_section(live):
    sections = live.exclude(section__slug=Section.NEWS_FEED)
    largest = sections.values("section").annotate(stories=Count("pk")).latest("stories")["section"]
    return Section.objects.get(pk=largest)


def _most_listed(through, name):
    """The author or tag with the most stories."""
    relation = PublishedVersion._meta.get_field(through).related_model
    most = relation.objects.values(name).annotate(stories=Count("pk")).latest("stories")
    return relation._meta.get_field(name).related_model.objects.get(pk=most[name])


def _list(name, path, stories):
    """The first page of a list, and the one DEEP pages on, or the last full one of a shorter list."""
    first = Page(name, path=path)
    pages_before = min(DEEP, (stories.count() - 1) // PAGE_SIZE - 1)
    if pages_before < 1:
        return [first]
    last_before = stories[pages_before * PAGE_SIZE - 1]
    deep = f"{path}?before={cursor_of(last_before)}"
    return [first, Page(f"{name}, {pages_before:,} deep", path=deep, first=first)]
