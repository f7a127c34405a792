"""The sitemaps: every live story, the sections, authors and months that have one, and for news the last two days."""

from datetime import timedelta
from itertools import takewhile

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.shortcuts import render
from django.urls import reverse

from articles.archive import months
from articles.feed_formats import legal
from articles.look import look
from articles.models import PublishedVersion
from articles.pages import public_sections
from articles.site import absolute
from articles.translations import alternates, groups_of, in_other_languages, origin_of
from authors.models import Author
from pagecache.moment import now, reached

#: How long a story is news to search engines, and how many stories a sitemap of news may hold.
NEWS_FOR = timedelta(days=2)
NEWS_LIMIT = 1000


class _SiteSitemap(Sitemap):
    """Addresses come from SITE_URL, never from the Host header of whoever asks."""

    limit = 5000

    def get_domain(self, site=None):
        return settings.SITE_URL.partition("://")[2]

    def get_protocol(self, protocol=None):
        return settings.SITE_URL.partition("://")[0]


def _originals(at):
    """The live stories, newest first, without those whose original is on another site: sitemaps name no copies."""
    return PublishedVersion.objects.live(at).filter(canonical_url="").newest_first()


class StorySitemap(_SiteSitemap):
    def items(self):
        told = ["article_id", "slug", "language", "translation_of_id", "first_published_at", "updated_at"]
        return _originals(now()).only(*told, "canonical_url")

    def lastmod(self, story):
        return story.changed_at

    def get_urls(self, page=1, site=None, protocol=None):
        """With the other languages of each story, in the page's two more queries."""
        urls = super().get_urls(page, site, protocol)
        groups = groups_of([url["item"] for url in urls], now())
        for url in urls:
            story = url["item"]
            others = in_other_languages(story, groups.get(origin_of(story), []))
            url["alternates"] = [
                {"lang_code": code, "location": absolute(other.get_absolute_url())}
                for code, other in alternates(story, others)
            ]
        return urls


class SectionSitemap(_SiteSitemap):
    def items(self):
        return public_sections(now())


class AuthorSitemap(_SiteSitemap):
    def items(self):
        live = PublishedVersion.objects.live(now())
        return Author.objects.filter(published_versions__in=live).distinct().order_by("pk")


class ArchiveSitemap(_SiteSitemap):
    def items(self):
        return months(now())


SITEMAPS = {
    "stories": StorySitemap,
    "sections": SectionSitemap,
    "authors": AuthorSitemap,
    "archive": ArchiveSitemap,
}


def index(request):
    """The list of all sitemaps and their pages.

    Django's own reads every story for the date of the last change, and believes the Host header.
    """
    places = []
    for section, sitemap in SITEMAPS.items():
        path = reverse("django.contrib.sitemaps.views.sitemap", kwargs={"section": section})
        pages = sitemap().paginator.page_range
        places += [f"{settings.SITE_URL}{path}" + (f"?p={page}" if page > 1 else "") for page in pages]
    places.append(f"{settings.SITE_URL}{reverse('news-sitemap')}")
    context = {"sitemaps": [{"location": place} for place in places]}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")


def news(request):
    """The stories first published within the last two days, as search engines for news want to be told of them."""
    at = now()
    newest = _originals(at).values("slug", "headline", "first_published_at", "language")[:NEWS_LIMIT]
    # Compared here and not by the database, so that the kept page knows when it must lose a story.
    stories = takewhile(lambda story: not reached(story["first_published_at"] + NEWS_FOR, at), newest)
    context = {
        "name": legal(look().name),
        "stories": [
            {
                "path": PublishedVersion(slug=story["slug"]).get_absolute_url(),
                "title": legal(story["headline"]),
                "first_published_at": story["first_published_at"],
                "language": language_of(story["language"] or settings.LANGUAGE_CODE),
            }
            for story in stories
        ],
    }
    return render(request, "news_sitemap.xml", context, content_type="application/xml")


def language_of(code):
    """The language of a code as sitemaps of news name it: en for en-gb, but zh-cn and zh-tw apart."""
    script = {"zh-hans": "zh-cn", "zh-hant": "zh-tw"}.get(code.lower(), code.lower())
    return script if script in ("zh-cn", "zh-tw") else script.partition("-")[0]
