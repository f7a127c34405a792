"""The page cache as this site uses it: which addresses, which tables, how much room."""

from functools import lru_cache
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.http.request import split_domain_port, validate_host

from articles.next_change import next_change
from articles.old_addresses import NUMBERED
from pagecache.keys import Addresses
from pagecache.shelf import Shelf, new_folder
from pagecache.standing import Lookout
from pagecache.wsgi import PageCache

#: What readers' pages are made of. A page that reads another table is made anew for each reader.
READ_BY_READERS = [
    *["articles.PublishedVersion", "articles.VersionByline", "articles.VersionTag"],
    *["articles.Section", "articles.Tag", "articles.Correction", "articles.Withdrawal"],
    *["articles.OldAddress", "articles.Paper", "articles.PublishedArrangement"],
    *["authors.Author", "authors.AuthorLink", "images.Image", "images.Recording"],
]
#: The desk, files, single-use secrets, and what must be asked afresh.
OUTSIDE = ("/admin/", "/static/", "/uploads/", "/preview/", "/search/", "/healthz", "/readyz")


def watched_tables():
    return [apps.get_model(name)._meta.db_table for name in READ_BY_READERS]


def behind_page_cache(app):
    """`app` with finished pages in front of it, unless PAGE_CACHE is off."""
    if not settings.PAGE_CACHE:
        return app
    return PageCache(
        app,
        addresses=Addresses(
            host=urlsplit(settings.SITE_URL).netloc,
            is_own_host=lru_cache(64)(is_own_host),
            is_secure=is_secure,
            arguments=arguments,
            outside=OUTSIDE,
        ),
        lookout=Lookout(next_change),
        shelf=Shelf(new_folder(settings.VAR_DIR / "pages"), settings.PAGE_CACHE_DISK),
        room=settings.PAGE_CACHE_MEMORY,
        watched=watched_tables(),
    )


def arguments(path):
    """The words of a query that choose a page: a former site's number, the part of a sitemap, the place in a list."""
    if path in ("/", "/index.php"):
        return NUMBERED
    return ("p",) if path.startswith("/sitemap") else ("before",)


def is_own_host(host):
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def is_secure(environ):
    """As Django's request.is_secure()."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, value = settings.SECURE_PROXY_SSL_HEADER
        if name in environ:
            return environ[name].split(",", 1)[0].strip() == value
    return environ.get("wsgi.url_scheme") == "https"
