"""The readers' pages. They read live published versions only, and are the same bytes for everybody."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.corrections import page_of_corrections
from articles.models import PublishedVersion, Section, Tag, Withdrawal
from articles.pages import public_sections, story_page
from articles.read_more import outside_news_feed
from articles.stream import cursor_of, listed, page_of, together
from authors.models import Author

# Anybody may keep the page, and asks whether it is still right before showing it.
CHECK_AGAIN = "public, max-age=0, must-revalidate"

FRONT_TOP = 5
FRONT_FEED = 8
FRONT_SECTION = 4


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
    """The lead story, the newest beside it, the News Feed, and the newest of each section, none twice."""
    at = timezone.now()
    sections = public_sections(at)
    beyond = FRONT_TOP + FRONT_FEED
    newest, *by_section = together(
        [
            listed(at, exclude_sections=outside_news_feed(sections))[: 3 * beyond],
            *(listed(at, section_id=section.pk)[: beyond + FRONT_SECTION] for section in sections),
        ]
    )
    lead = next((story for story in newest if story.lead_image), None)
    shown = {lead.article_id} if lead else set()

    def take(stories, count):
        chosen = [story for story in stories if story.article_id not in shown][:count]
        shown.update(story.article_id for story in chosen)
        return chosen

    top = take([story for story in newest if story.lead_image], FRONT_TOP - 1)
    feed = take(newest, FRONT_FEED)
    blocks = [
        (section, take(stories, FRONT_SECTION)) for section, stories in zip(sections, by_section, strict=True)
    ]
    context = {
        "sections": sections,
        "lead": lead,
        "top": top,
        "news_feed": feed,
        "news_feed_cursor": cursor_of(feed[-1]) if feed else "",
        "blocks": [(section, stories) for section, stories in blocks if stories],
    }
    return render(request, "articles/front_page.html", context)


@public
def news_feed(request):
    """Every story of the sections in the feed, newest first."""
    at = timezone.now()
    sections = public_sections(at)
    section = next((section for section in sections if section.slug == Section.NEWS_FEED), None)
    page = page_of(at, before=_before(request), exclude_sections=outside_news_feed(sections))
    context = {"sections": sections, "section": section, "page": page}
    return render(request, "articles/news_feed.html", context)


@public
def section_detail(request, slug):
    """The stories of one section."""
    if slug == Section.NEWS_FEED:
        return redirect("news-feed", permanent=True)
    at = timezone.now()
    sections = public_sections(at)
    section = next((section for section in sections if section.slug == slug), None)
    if section is None:
        raise Http404
    page = page_of(at, before=_before(request), section_id=section.pk)
    return render(
        request, "articles/section_detail.html", {"sections": sections, "section": section, "page": page}
    )


@public
def tag_detail(request, slug):
    """The stories with one tag. A tag without a live story is not public."""
    at = timezone.now()
    tag = get_object_or_404(Tag, slug=slug)
    page = page_of(at, before=_before(request), through="version_tags", tag=tag)
    if not page.stories and not _has_stories(at, through="version_tags", tag=tag):
        raise Http404
    return render(
        request, "articles/tag_detail.html", {"sections": public_sections(at), "tag": tag, "page": page}
    )


@public
def author_detail(request, slug):
    """An author's profile and stories. A profile is public from the author's first live story on."""
    at = timezone.now()
    author = get_object_or_404(Author.objects.select_related("portrait").prefetch_related("links"), slug=slug)
    page = page_of(at, before=_before(request), through="bylines", author=author)
    if not page.stories and not _has_stories(at, through="bylines", author=author):
        raise Http404
    return render(
        request,
        "authors/author_detail.html",
        {"sections": public_sections(at), "author": author, "page": page},
    )


@public
def corrections(request):
    """What the paper had wrong and put right, newest first."""
    at = timezone.now()
    page = page_of_corrections(at, before=_before(request))
    return render(request, "articles/corrections.html", {"sections": public_sections(at), "page": page})


def _before(request):
    return request.GET.get("before", "")


def _has_stories(at, **what):
    return listed(at, **what).exists()


@public
def article_detail(request, slug):
    """A story at its address; else where the story went, or why it is gone, or that nothing was ever here."""
    at = timezone.now()
    live = PublishedVersion.objects.live(at)
    story = live.filter(slug=slug).select_related("section", "lead_image").first()
    if story is None:
        return _elsewhere(request, slug, at)
    sections = public_sections(at)
    context = {"sections": sections, "page": story_page(story, at, sections=sections)}
    return render(request, "articles/article_detail.html", context)


def _elsewhere(request, slug, at):
    """What an address without a live story answers: one hop to where it is now, 410 with the reason, or 404."""
    past = PublishedVersion.objects.filter(visible_from__lte=at)
    last = (
        past.filter(article_id__in=past.filter(slug=slug).values("article_id"))
        .order_by("visible_from", "pk")
        .last()
    )
    if last is None:
        raise Http404
    if moved := PublishedVersion.objects.live(at).filter(article_id=last.article_id).first():
        return redirect(moved, permanent=True)
    withdrawal = Withdrawal.objects.filter(version=last).first()
    successor = (
        withdrawal and PublishedVersion.objects.live(at).filter(article_id=withdrawal.successor_id).first()
    )
    if successor:
        return redirect(successor)
    context = {"sections": public_sections(at), "reason": withdrawal.reason if withdrawal else ""}
    return render(request, "articles/article_gone.html", context, status=410)


def page_not_found(request, exception):
    """404 in the site's design."""
    response = render(request, "404.html", {"sections": public_sections(timezone.now())}, status=404)
    response.headers["Cache-Control"] = CHECK_AGAIN
    return response


def server_error(request):
    """500 without a database: the page must come even when that is what failed."""
    return render(request, "500.html", status=500)
