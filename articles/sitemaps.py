"""The sitemap: every live story, section and author with one, and when it last changed for readers."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from articles.models import PublishedVersion
from articles.pages import public_sections
from authors.models import Author


class _SiteSitemap(Sitemap):
    """Addresses come from SITE_URL, never from the Host header of whoever asks."""

    limit = 5000

    def get_domain(self, site=None):
        return settings.SITE_URL.partition("://")[2]

    def get_protocol(self, protocol=None):
        return settings.SITE_URL.partition("://")[0]


class StorySitemap(_SiteSitemap):
    def items(self):
        stories = PublishedVersion.objects.live(timezone.now()).newest_first()
        return stories.only("slug", "first_published_at", "updated_at")

    def lastmod(self, story):
        return story.changed_at


class SectionSitemap(_SiteSitemap):
    def items(self):
        return public_sections(timezone.now())


class AuthorSitemap(_SiteSitemap):
    def items(self):
        live = PublishedVersion.objects.live(timezone.now())
        return Author.objects.filter(published_versions__in=live).distinct().order_by("pk")


SITEMAPS = {"stories": StorySitemap, "sections": SectionSitemap, "authors": AuthorSitemap}


def index(request):
    """The list of all sitemaps and their pages.

    Django's own reads every story for the date of the last change, and believes the Host header.
    """
    places = []
    for section, sitemap in SITEMAPS.items():
        path = reverse("django.contrib.sitemaps.views.sitemap", kwargs={"section": section})
        pages = sitemap().paginator.page_range
        places += [f"{settings.SITE_URL}{path}" + (f"?p={page}" if page > 1 else "") for page in pages]
    context = {"sitemaps": [{"location": place} for place in places]}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")
