"""What the story form asks the desk while somebody writes: stories by words or ids, pictures by ids, embeds.

JSON for signed-in staff, read only. ArticleAdmin.get_urls puts `picker_urls` before its own addresses.
"""

from django.contrib.auth.decorators import permission_required
from django.db.models import Exists, Min, OuterRef, Q, Subquery
from django.db.models.functions import Left
from django.http import JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import rendering, rules
from articles.embeds import NAMES, find_embed
from articles.models import Article, PublishedVersion
from articles.workflow import clock
from authors.slugs import make_slug
from images.models import Image, Recording
from images.picker import as_json as picture_json
from images.sources import picture_of, thumbnail_url

PAGE_SIZE = 20
#: The editor asks for at most this many ids or addresses at once.
MOST_AT_ONCE = 100
#: Characters of the body that an excerpt is made from, and of the excerpt itself.
OPENING, EXCERPT = 1500, 140


def picker_urls(admin_view):
    """The addresses below the ModelAdmin of stories; `admin_view` lets only signed-in staff through."""
    return [
        path("picker/", admin_view(stories), name="articles_article_picker"),
        path("picker/pictures/", admin_view(pictures), name="articles_article_picker_pictures"),
        path("picker/recordings/", admin_view(recordings), name="articles_article_picker_recordings"),
        path("picker/embed/", admin_view(embeds), name="articles_article_picker_embed"),
    ]


@require_safe
@rules.only(rules.may_view)
def stories(request):
    """Desk stories: ?ids=7,3 in that order, or one page (?page=) of those that have the words ?q=, newest first."""
    now = timezone.now()
    if "ids" in request.GET:
        ids = wanted_ids(request)
        found = with_state(Article.objects.filter(pk__in=ids), now).in_bulk()
        return JsonResponse({"stories": [story_json(found[pk]) for pk in ids if pk in found], "next": None})
    number = request.GET.get("page", "1")
    page = int(number) if number.isdecimal() and len(number) < 6 else 1
    start = max(0, page - 1) * PAGE_SIZE
    found = with_state(having_words(request.GET.get("q", "")[:200]), now)[start : start + PAGE_SIZE + 1]
    listed = [story_json(article) for article in found[:PAGE_SIZE]]
    return JsonResponse({"stories": listed, "next": page + 1 if len(found) > PAGE_SIZE else None})


@require_safe
@permission_required(["articles.view_article", "images.view_image"], raise_exception=True)
def pictures(request):
    """The pictures ?ids=12,5 of the library; one that is gone is simply missing."""
    found = Image.objects.in_bulk(wanted_ids(request))
    return JsonResponse({"pictures": [picture_json(image) | uncropped(image) for image in found.values()]})


@require_safe
@rules.only(rules.may_view)
def embeds(request):
    """For each ?url=, as typed: the address to store and its provider, or a sentence that says why not."""
    return JsonResponse(
        {"embeds": [embed_json(typed) for typed in request.GET.getlist("url")[:MOST_AT_ONCE]]}
    )


def wanted_ids(request):
    """The ids of ?ids=7,3 without what is no id, each once, in order."""
    words = request.GET.get("ids", "").split(",")[:MOST_AT_ONCE]
    return list(dict.fromkeys(int(word) for word in words if word.isdecimal() and len(word) < 19))


def having_words(words):
    """Desk stories with every one of `words` in the headline or the slug.

    A slug is the headline in Latin lower case, so that it finds any script in any case; LIKE alone knows ASCII.
    """
    found = Article.objects.order_by("-saved_at", "-pk")
    for word in words.replace("\x00", " ").split()[:8]:  # PostgreSQL refuses a NUL
        matches = Q(headline__icontains=word)
        if in_slug := make_slug(word):
            matches |= Q(slug__contains=in_slug)
        found = found.filter(matches)
    return found


@require_safe
@permission_required(["articles.view_article", "images.view_recording"], raise_exception=True)
def recordings(request):
    """Recordings: ?ids=7,3, or one page (?page=) of those with the words ?q=, the newest first."""
    if "ids" in request.GET:
        found = Recording.objects.in_bulk(wanted_ids(request)).values()
        return JsonResponse({"recordings": [recording_json(one) for one in found], "next": None})
    number = request.GET.get("page", "1")
    page = int(number) if number.isdecimal() and len(number) < 6 else 1
    start = max(0, page - 1) * PAGE_SIZE
    found = Recording.objects.search(request.GET.get("q", "")[:200])[start : start + PAGE_SIZE + 1]
    listed = [recording_json(one) for one in found[:PAGE_SIZE]]
    return JsonResponse({"recordings": listed, "next": page + 1 if len(found) > PAGE_SIZE else None})


def recording_json(recording):
    """One recording as the editor shows it."""
    return {
        "id": recording.pk,
        "title": recording.title,
        "kind": _("Film") if recording.is_film else _("Sound"),
        "length": recording.length,
        "caption": recording.caption,
        "credit": recording.credit,
        "transcript": bool(recording.transcript.strip()),
    }


def with_state(articles, now):
    """`articles` with what story_json tells: the opening instead of the whole body, and what readers have."""
    versions = PublishedVersion.objects.filter(article=OuterRef("pk"))
    future = versions.filter(visible_from__gt=now).order_by().values("article")
    return (
        articles.select_related("section", "lead_image")
        .defer("body")
        .annotate(
            opening=Left("body", OPENING),
            is_live=Exists(versions.live(now)),
            was_public=Exists(versions.filter(visible_from__lte=now)),
            scheduled_for=Subquery(future.annotate(first=Min("visible_from")).values("first")),
        )
    )


def story_json(article):
    """One desk story of `with_state` as the pickers and the editor's cards show it."""
    return {
        "id": article.pk,
        "headline": article.headline,
        "slug": article.slug,
        "section": article.section.name,
        "kind": article.get_kind_display(),
        "live": article.is_live,
        "scheduled": article.scheduled_for,
        "state": state_words(article),
        "thumb": thumbnail_url(article.lead_image) if article.lead_image else "",
        "excerpt": Truncator(article.standfirst or opening_words(article.opening)).chars(EXCERPT),
    }


def state_words(article):
    """What readers have of this story, in a few words."""
    if article.is_live:
        return _("On the site")
    if article.scheduled_for:
        return _("Scheduled for %(moment)s") % {"moment": clock(article.scheduled_for)}
    return _("No longer on the site") if article.was_public else _("Not public yet")


def opening_words(opening):
    """The words of a body that was cut anywhere, perhaps inside a tag."""
    if opening.rfind("<") > opening.rfind(">"):
        opening = opening[: opening.rfind("<")]
    return rendering.running_text(opening)


def uncropped(image):
    """The preview of a figure: the whole picture, as the story will show it."""
    preview = picture_of(image, "full")
    return {"preview": preview.src} if preview else {}


def embed_json(typed):
    """What became of an address that an editor typed or pasted; "url" is the one to store."""
    url = typed.strip()
    if "://" not in url:
        url = f"https://{url}"
    url = url.replace("http://", "https://", 1) if url.startswith("http://") else url
    if embed := find_embed(url):
        return {"typed": typed, "url": url, "provider": embed.provider, "problem": ""}
    problem = _("No frame is known for this address. Stories can show: %(names)s.") % {
        "names": ", ".join(NAMES)
    }
    return {"typed": typed, "url": url, "provider": "", "problem": problem}
