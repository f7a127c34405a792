"""The readers' pages. They read live published versions only, and are the same bytes for everybody."""

from dataclasses import dataclass
from functools import partial, wraps

from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles import archive, front, lists, structured_data
from articles.corrections import page_of_corrections
from articles.look import look_of
from articles.models import PublishedVersion, Section, Withdrawal
from articles.old_addresses import NUMBERED, lead_on
from articles.pages import public_sections, section_of, story_page
from articles.parts import remembered
from articles.read_more import outside_news_feed
from articles.search import fewer_words, question_of, results
from articles.stream import PAGE_SIZE, Some, cursor_of, listed, page_of, story_at, together
from images.cursors import place_of
from pagecache.moment import now

# Anybody may keep the page, and asks whether it is still right before showing it. A cache that many readers share asks
# once a second: a change is everywhere within that time.
CHECK_AGAIN = "public, max-age=0, s-maxage=1, must-revalidate"

#: Newest stories on a page that has none of its own: nothing found, nothing there.
INSTEAD = 5


def public(view):
    """A page for readers: GET and HEAD only, for everybody the same, checked again at every visit."""

    @csrf_exempt  # nothing but GET and HEAD gets through, and a reader has no token to show
    @require_safe
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", CHECK_AGAIN)
        # Feeds and sitemaps know when their newest story changed, not that another one went: the ETag does.
        response.headers.pop("Last-Modified", None)
        return response

    return wrapped


@public
def front_page(request):
    """Lead, top places, News Feed and the first of each section: what the desk put there, else the newest."""
    at = now()
    if not request.GET.keys().isdisjoint(NUMBERED) and (found := lead_on("/", request.GET, at)):
        return found
    context = front.front_context(at)
    paper = look_of(context["sections"])
    context["structured"] = remembered("site", {"paper": paper}, partial(structured_data.of_site, paper))
    return render(request, "articles/front_page.html", context)


@public
def news_feed(request):
    """Every story of the sections in the feed, newest first."""
    at = now()
    sections = public_sections(at)
    section = section_of(sections, Section.NEWS_FEED)
    page = lists.of_news_feed(at, sections, cursor_asked(request))
    about = section.description if section else ""
    paper = look_of(sections)
    structured = _list_described(_("News Feed"), reverse("news-feed"), paper, about)
    context = {"sections": sections, "section": section, "page": page}
    if page.stories and not cursor_asked(request):
        context["newest_cursor"] = cursor_of(page.stories[0])
    context["structured"] = _on_first_page(request, structured)
    return render(request, "articles/news_feed.html", context)


@public
def new_stories(request):
    """For open pages of the News Feed: the places of its newest stories, and the words for so many being new.

    The same bytes for everybody, so that asking costs next to nothing: a page counts what stands after its own newest.
    The last of a whole page's worth says only that there are many: the way to them is the News Feed itself.
    """
    at = now()
    stories = listed(at, exclude_sections=outside_news_feed(public_sections(at)))[:PAGE_SIZE]
    places = stories.values_list("first_published_at", "article_id")
    said = [
        {
            "cursor": place_of(*place),
            "words": ngettext("%(count)d new story", "%(count)d new stories", count) % {"count": count}
            if count < PAGE_SIZE
            else _("Many new stories"),
        }
        for count, place in enumerate(places, start=1)
    ]
    return JsonResponse(said, safe=False)


@public
def section_detail(request, slug):
    """The stories of one section."""
    if slug == Section.NEWS_FEED:
        return redirect("news-feed", permanent=True)
    at = now()
    sections = public_sections(at)
    section, page = lists.of_section(at, sections, slug, cursor_asked(request))
    structured = _list_described(
        section.name, section.get_absolute_url(), look_of(sections), section.description
    )
    context = {"sections": sections, "section": section, "page": page}
    context["structured"] = _on_first_page(request, structured)
    return render(request, "articles/section_detail.html", context)


@public
def tag_detail(request, slug):
    """The stories with one tag. A tag without a live story is not public."""
    at = now()
    tag, page = lists.of_tag(at, slug, cursor_asked(request))
    sections = public_sections(at)
    structured = _list_described(tag.name, tag.get_absolute_url(), look_of(sections))
    context = {"sections": sections, "tag": tag, "page": page}
    context["structured"] = _on_first_page(request, structured)
    return render(request, "articles/tag_detail.html", context)


@public
def author_detail(request, slug):
    """An author's profile and stories. A profile is public from the author's first live story on."""
    at = now()
    author, links, page = lists.of_author(at, slug, cursor_asked(request))
    portrait = author.portrait_at(at)
    context = {
        "sections": public_sections(at),
        "author": author,
        "portrait": portrait,
        "links": links,
        "page": page,
        "structured": _on_first_page(request, structured_data.of_author(author, portrait, links)),
    }
    return render(request, "authors/author_detail.html", context)


@public
def corrections(request):
    """What the paper had wrong and put right, newest first."""
    at = now()
    page = page_of_corrections(at, before=cursor_asked(request))
    return render(request, "articles/corrections.html", {"sections": public_sections(at), "page": page})


@public
def search(request):
    """What a reader looks for: stories by their words, the best first. Any input is a question, none an error."""
    at = now()
    sections = public_sections(at)
    question = question_of(request.GET, sections)
    page = results(question, at, after=request.GET.get("after", ""))
    context = {"sections": sections, "question": question, "page": page}
    if not page.stories:
        context |= {"fewer": fewer_words(question, at), "newest": _newest(at)}
    return render(request, "articles/search.html", context)


@public
def archive_index(request):
    """Every month with a live story, by year."""
    at = now()
    context = {"sections": public_sections(at), "years": archive.years(at)}
    return render(request, "articles/archive.html", context)


@public
def archive_month(request, year, month):
    """The stories first published in a month; without one a page that leads to the months beside it."""
    at = now()
    month = archive.month_of(int(year), int(month))
    if month is None:
        raise Http404
    page = page_of(at, before=cursor_asked(request), **archive.stories_of(month))
    before, after = archive.neighbours(month, at)
    context = {
        "sections": public_sections(at),
        "month": month,
        "page": page,
        "before": before,
        "after": after,
    }
    if not page.stories and not listed(at, **archive.stories_of(month)).exists():
        return render(request, "articles/archive_gap.html", context, status=404)
    return render(request, "articles/archive_month.html", context)


def _newest(at):
    """What stands on a page that has no story of its own."""
    return together(at, [Some(INSTEAD)])[0]


def cursor_asked(request):
    """The cursor after which a later page of a list begins; "" asks for the first."""
    return request.GET.get("before", "")


def _list_described(name, path, paper, about=""):
    inputs = {"name": name, "path": path, "paper": paper, "description": about}
    return remembered("list", inputs, partial(structured_data.of_list, **inputs))


def _on_first_page(request, blocks):
    """What a list tells machines about itself: nothing on later pages, which are not for the index."""
    return [] if cursor_asked(request) else blocks


@public
def article_detail(request, slug):
    """A story at its address; else where the story went, or why it is gone, or that nothing was ever here."""
    at = now()
    story = story_at(slug, at)
    if story is None:
        return _elsewhere(request, slug, at)
    sections = public_sections(at)
    page, paper = story_page(story, at, sections=sections), look_of(sections)
    describe = partial(structured_data.of_story, page, paper)
    context = {
        "sections": sections,
        "page": page,
        "structured": remembered("story", {"page": page, "paper": paper}, describe),
    }
    return render(request, "articles/article_detail.html", context)


def _elsewhere(request, slug, at):
    """What an address without a live story answers: one hop to where it is now, 410 with the reason, or 404."""
    there = elsewhere(slug, at)
    if there.story:
        return redirect(there.story, permanent=there.moved)
    context = {"sections": public_sections(at), "reason": there.reason, "newest": _newest(at)}
    return render(request, "articles/article_gone.html", context, status=410)


@dataclass(frozen=True)
class Elsewhere:
    """Where the story of an address without a live one is: `story`, which `moved` or follows it; else it is gone."""

    story: PublishedVersion | None = None
    moved: bool = False
    reason: str = ""  # the desk's public sentence, or "" for a story whose time has passed


def elsewhere(slug, at):
    """The Elsewhere of a slug that no live story has. Raises Http404 when no story ever had it."""
    past = PublishedVersion.objects.filter(visible_from__lte=at)
    last = (
        past.filter(article_id__in=past.filter(slug=slug).values("article_id"))
        .order_by("visible_from", "pk")
        .last()
    )
    if last is None:
        raise Http404
    if moved := PublishedVersion.objects.live(at).filter(article_id=last.article_id).first():
        return Elsewhere(moved, moved=True)
    withdrawal = Withdrawal.objects.filter(version=last).first()
    if withdrawal is None:
        return Elsewhere()
    successor = PublishedVersion.objects.live(at).filter(article_id=withdrawal.successor_id).first()
    return Elsewhere(successor, reason=withdrawal.reason)


def page_not_found(request, exception):
    """404 in the site's design, or the way on from an address of the former site."""
    at = now()
    response = lead_on(request.path, request.GET, at) if request.method in ("GET", "HEAD") else None
    if response is None:
        context = {"sections": public_sections(at), "newest": _newest(at)}
        response = render(request, "404.html", context, status=404)
    response.headers["Cache-Control"] = CHECK_AGAIN
    return response
