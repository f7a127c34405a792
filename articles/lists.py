"""The lists of stories that have an address: what each is of, and one page of it.

Each function raises Http404 where readers have no such list: what has no live story is not public. The full pages and
the lite ones print the same lists. `at` is the moment, `before` the cursor of a later page or "".
"""

from django.http import Http404
from django.shortcuts import get_object_or_404

from articles import front
from articles.models import Tag
from articles.pages import profile, section_of
from articles.read_more import outside_news_feed
from articles.stream import listed, page_of


def of_news_feed(at, sections, before):
    """The Page of every story in the feed, newest first; it may be empty. `sections`: the public ones."""
    return page_of(at, before=before, exclude_sections=outside_news_feed(sections))


def of_section(at, sections, slug, before):
    """(Section, Page), opening with what the desk arranged. `sections`: the public ones."""
    section = section_of(sections, slug)
    if section is None:
        raise Http404
    return section, front.section_page(at, section, before=before)


def of_tag(at, slug, before):
    """(Tag, Page)"""
    tag = get_object_or_404(Tag, slug=slug)
    return tag, _page_of_a_part(at, before, through="version_tags", tag_id=tag.pk)


def of_author(at, slug, before):
    """(Author, their links, Page)"""
    author, links = profile(slug)
    if author is None:
        raise Http404
    return author, links, _page_of_a_part(at, before, through="bylines", author_id=author.pk)


def _page_of_a_part(at, before, **what):
    page = page_of(at, before=before, **what)
    if not page.stories and not listed(at, **what).exists():
        raise Http404
    return page
