"""The lite pages: stories and their lists in words alone, for slow lines, small plans and old devices."""

from urllib.parse import urlencode

from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import lists
from articles.front import front_context
from articles.models import Section
from articles.pages import public_sections, story_page
from articles.plain import draw_plain
from articles.stream import story_at
from articles.views import cursor_asked, elsewhere, public
from pagecache.moment import now


@public
def lite_front(request):
    """The front page: the same stories, in the same order. Later pages of the News Feed once stood here."""
    if cursor := cursor_asked(request):
        query = urlencode({"before": cursor})
        return HttpResponsePermanentRedirect(f"{reverse('lite-feed')}?{query}")
    return render(request, "articles/lite_front.html", front_context(now()))


@public
def lite_feed(request):
    """The News Feed without pictures."""
    at = now()
    sections = public_sections(at)
    page = lists.of_news_feed(at, sections, cursor_asked(request))
    return _list(request, sections, page, heading=_("News Feed"), full=reverse("news-feed"))


@public
def lite_section(request, slug):
    """A section's stories without pictures; the one of the News Feed has its own address."""
    if slug == Section.NEWS_FEED:
        return redirect("lite-feed", permanent=True)
    at = now()
    sections = public_sections(at)
    section, page = lists.of_section(at, sections, slug, cursor_asked(request))
    full = section.get_absolute_url()
    return _list(request, sections, page, heading=section.name, about=section.description, full=full)


@public
def lite_tag(request, slug):
    """The stories with one tag, without pictures."""
    at = now()
    tag, page = lists.of_tag(at, slug, cursor_asked(request))
    return _list(request, public_sections(at), page, heading=tag.name, full=tag.get_absolute_url())


@public
def lite_author(request, slug):
    """An author's profile and stories without pictures."""
    at = now()
    author, links, page = lists.of_author(at, slug, cursor_asked(request))
    said = {"heading": author.name, "about": author.biography, "author": author, "links": links}
    return _list(request, public_sections(at), page, full=author.get_absolute_url(), **said)


def _list(request, sections, page, **said):
    return render(request, "articles/lite_list.html", {"sections": sections, "page": page, **said})


@public
def lite_story(request, slug):
    """A story without pictures; where its page would lead elsewhere or be gone, so does this one."""
    at = now()
    story = story_at(slug, at)
    if story is None:
        return _elsewhere(request, slug, at)
    sections = public_sections(at)
    page = story_page(story, at, sections=sections, draw=_draw)
    return render(request, "articles/lite_story.html", {"sections": sections, "page": page})


def _draw(block, at, images, cards, played):
    return draw_plain(block, at, images, cards, played, template="articles/_lite_block.html")


def _elsewhere(request, slug, at):
    """What the page at this slug answers, in words alone: the redirect leads to the lite page of the same story."""
    there = elsewhere(slug, at)
    if there.story:
        kind = HttpResponsePermanentRedirect if there.moved else HttpResponseRedirect
        return kind(reverse("lite-story", args=[there.story.slug]))
    return render(request, "articles/lite_gone.html", {"reason": there.reason}, status=410)
