"""The lite pages: a story and the News Feed in words alone, for slow lines, small plans and old devices."""

from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from articles.pages import public_sections, story_page
from articles.plain import draw_plain
from articles.read_more import outside_news_feed
from articles.stream import page_of, story_at
from articles.views import elsewhere, public
from pagecache.moment import now


@public
def lite_feed(request):
    """The News Feed without pictures."""
    at = now()
    before = request.GET.get("before", "")
    sections = public_sections(at)
    page = page_of(at, before=before, exclude_sections=outside_news_feed(sections))
    return render(request, "articles/lite_feed.html", {"sections": sections, "page": page})


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
