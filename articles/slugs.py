"""Which slugs a story may have: not the site's own addresses."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: First path segments that belong to the site itself. A story lives at /<slug>/ and may never hide one.
RESERVED = {
    "admin", "archive", "atom", "author", "authors", "corrections", "feed", "healthz", "lite",
    "media", "news-feed", "news-sitemap", "preview", "readyz", "robots", "rss", "search", "section",
    "sitemap", "static", "style", "tag", "uploads",
}  # fmt: skip


def refuse_reserved(slug):
    """Validator: the site's own addresses cannot become a story's."""
    if slug in RESERVED:
        raise ValidationError(
            _(
                "“%(slug)s” is an address of the site itself. Choose other words, for example “%(slug)s-story”."
            ),
            params={"slug": slug},
            code="reserved",
        )
