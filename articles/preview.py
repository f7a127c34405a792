"""The readers' page of a copy that is not public: unsaved words in the admin, a saved copy for a guest.

An unsaved published version is made of the copy and drawn by the readers' own templates, so that a preview
cannot differ from what publishing would show.
"""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin

from articles.models import Article, Byline, PublishedVersion, Tag
from articles.models.version import MOVES_UPDATED
from articles.pages import public_sections, story_page
from authors.models import Author

#: Word in the address (?as=) -> template. Anything else is the page.
SHAPES = {
    "card": "admin/articles/article/preview_card.html",
    "share": "admin/articles/article/preview_share.html",
}
PAGE = "articles/article_detail.html"


def framed(view):
    """The answers of `view` may stand in a frame of our own pages, and of nobody else's."""
    return csp_replace({"frame-ancestors": [SELF]})(xframe_options_sameorigin(view))


def draw(request, article, *, bylines, tags, shape="", kind="", note=None, **context):
    """The page (or the SHAPE) of a desk copy as it would be if it were published now. Nobody keeps the answer.

    `kind` is the KindOfChange it would be published with, where that is known already; until then no time moves.
    `note` is the unsaved Correction that would go with it.
    """
    at = timezone.now()
    before = article.pk and article.versions.filter(visible_from__lte=at).order_by("visible_from").last()
    story = PublishedVersion.of(article)
    story.visible_from = story.seen_at = at
    story.first_published_at = before.first_published_at if before else at
    story.updated_at = at if before and kind in MOVES_UPDATED else before and before.updated_at
    sections = public_sections(at)
    page = story_page(story, at, sections=sections, bylines=bylines, tags=tags)
    if note:
        note.version = story
        page.corrections.insert(0, note)
    context |= {"sections": sections, "page": page, "preview": True}
    response = render(request, SHAPES.get(shape, PAGE), context)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def desk_copy(article):
    """(article, bylines, tags): the desk copy as it was saved last."""
    return (
        article,
        list(article.bylines.select_related("author__portrait")),
        list(article.tags.order_by("name")),
    )


def pinned_copy(revision):
    """(article, bylines, tags): an unsaved desk copy with the words of `revision`.

    What was deleted since is left out: a byline, the lead picture; a section that is gone is today's.
    """
    words, today = revision.snapshot, revision.article
    article = Article(pk=today.pk, version=revision.version)
    for field in Article.shared_fields():
        value = words.get(field.attname, getattr(today, field.attname))
        setattr(article, field.attname, field.to_python(value))
    if _is_gone(article, "lead_image"):
        article.lead_image = None
    if _is_gone(article, "section"):
        article.section = today.section
    authors = Author.objects.select_related("portrait").in_bulk(
        [row["author_id"] for row in words["bylines"]]
    )
    rows = [row for row in words["bylines"] if row["author_id"] in authors]
    bylines = [Byline(author=authors[row["author_id"]], role=row["role"]) for row in rows]
    return article, bylines, list(Tag.objects.filter(name__in=words["tags"]).order_by("name"))


def _is_gone(article, name):
    field = Article._meta.get_field(name)
    value = getattr(article, field.attname)
    return value is not None and not field.related_model.objects.filter(pk=value).exists()
