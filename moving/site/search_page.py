"""The search page of a site of plain files: a form, and without script the months of the archive."""

from django.conf import settings
from django.template.loader import render_to_string

from articles import archive
from articles.pages import public_sections
from pagecache.moment import now
from pagecache.wsgi import Answer


def search_page():
    """What the site would answer, as an Answer."""
    at = now()
    context = {"sections": public_sections(at), "years": archive.years(at)}
    context |= {"site_name": settings.SITE_NAME, "site_tagline": settings.SITE_TAGLINE}
    text = render_to_string("moving/search.html", context)
    return Answer("200 OK", [("Content-Type", "text/html; charset=utf-8")], text.encode())
