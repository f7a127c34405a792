"""The desk's pages of a story's history: the timeline, any two of its texts compared, and the way back to one."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from articles import languages, rendering, review, workflow
from articles.compare import compare
from articles.compare_body import NAMES
from articles.desk import back_to, desk_page, publication, story_for
from articles.models import Article, Kind, Revision, Section, StaleCopy
from articles.models.revision import snapshot
from articles.timeline import person, timeline
from authors.models import Author
from images.models import Image, Recording

NOW = "now"


@dataclass(frozen=True)
class Side:
    """One of two texts to compare. `moment` is None for the desk copy as it is now."""

    title: str
    snapshot: dict
    moment: object = None
    revision: Revision | None = None


@never_cache
def revisions(request, pk, *, model_admin):
    """Every save and everything that became public on one timeline, fifty saves a page."""
    article = story_for(request, pk, may_publish=False)
    now = timezone.now()
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None
    found = timeline(article, publication(article, now)["versions"], before=number, at=now)
    choices = [entry.choice for entry in found.entries if entry.choice]
    context = {
        "timeline": found,
        "steps": review.steps(article)[:50] if number is None else [],
        "first_page": number is None,
        "chosen": {"from": choices[0] if choices else "", "to": NOW if number is None else choices[0]}
        if choices
        else {},
        "title": _("Revisions"),
    }
    return desk_page(request, "revisions", model_admin, article, **context)


@never_cache
def comparison(request, pk, *, model_admin):
    """Two texts of a story, the older one first: ?from= and ?to= name a revision, a published version, or now."""
    article = story_for(request, pk, may_publish=False)
    sides = [_side(article, request.GET.get(name, NOW)) for name in ("from", "to")]
    older, newer = sorted(sides, key=lambda side: (side.moment is None, side.moment or timezone.now()))
    found = differences(older.snapshot, newer.snapshot)
    context = {
        "older": older,
        "newer": newer,
        "comparison": found,
        "runs": list(folded(found.body)),
        "may_restore": newer.moment is None and older.revision and _may_change(request, model_admin, article),
        "title": _("Comparison"),
    }
    return desk_page(request, "comparison", model_admin, article, **context)


@never_cache
def revision(request, pk, revision_pk, *, model_admin):
    """One revision's words and what bringing them back would change; POST brings them back."""
    article = story_for(request, pk, may_publish=False)
    kept = get_object_or_404(Revision.objects.select_related("made_by"), pk=revision_pk, article=article)
    may_change = _may_change(request, model_admin, article)
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        return _restore(request, model_admin, article, kept)
    found = differences(snapshot(article), kept.snapshot)
    context = {
        "revision": kept,
        "who": person(kept.made_by),
        "body": rendering.render(rendering.clean(kept.snapshot["body"]), _block_words),
        "comparison": found,
        "runs": list(folded(found.body)),
        "may_restore": may_change,
        "title": _("Revision"),
    }
    return desk_page(request, "revision", model_admin, article, **context)


def _restore(request, model_admin, article, kept):
    """Bring the words back, unless somebody else saved since this person saw what would change."""
    if snapshot(article) == kept.snapshot:  # a second click, or somebody was faster
        messages.info(request, _("The desk copy has these words already."))
        return back_to(article)
    opened = request.POST.get("opened_version", "")
    try:
        workflow.restore(
            revision=kept, by=request.user, opened_version=int(opened) if opened.isdecimal() else 0
        )
    except StaleCopy:
        said = _(
            "Nothing was changed: somebody saved the story while you were looking. See what would change now."
        )
        messages.error(request, said)
        return redirect("admin:articles_article_revision", article.pk, kept.pk)
    said = _("Restored. The desk copy has these words again; nothing public changed.")
    model_admin.log_change(request, article, said)
    messages.success(request, said)
    return back_to(article)


def _block_words(block):
    """A block of an old revision in words: what it showed may be gone by now."""
    if block.inside:
        inside = mark_safe(block.inside)  # noqa: S308 (just cleaned)
        return format_html('<div class="revision-block"><p>{}</p>{}</div>', NAMES[block.kind], inside)
    said = [_words_of(one) for one in block.figures or [block]]
    if block.figures and "caption" in block.data:
        said.append(block.data["caption"])
    return format_html('<p class="revision-block">{}: {}</p>', NAMES[block.kind], " · ".join(said))


def _words_of(block):
    words = [block.data.get(name) for name in ("caption", "alt", "title", "url")]
    return next(filter(None, words), _("number %(id)s") % {"id": block.id})


def _may_change(request, model_admin, article):
    return model_admin.has_change_permission(request, article)


def _side(article, choice):
    """The Side that "r12", "v3" or "now" names; 404 for anything else."""
    if choice == NOW:
        return Side(_("The desk copy now"), snapshot(article))
    letter, number = choice[:1], choice[1:]
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Http404
    if letter == "r":
        kept = get_object_or_404(Revision.objects.select_related("made_by"), pk=number, article=article)
        title = kept.name or kept.what
        return Side(
            _("%(what)s by %(who)s") % {"what": title, "who": person(kept.made_by)},
            kept.snapshot,
            kept.made_at,
            kept,
        )
    if letter == "v":
        versions = publication(article, timezone.now())["versions"]
        version = next((version for version in versions if version.pk == int(number)), None)
        if version is None:
            raise Http404
        return Side(
            _("Published: %(kind)s") % {"kind": version.kind_name},
            snapshot(version),
            version.visible_from,
            _saved_as(version),
        )
    raise Http404


def _saved_as(version):
    """The revision that a published version was made from."""
    saved = Revision.objects.filter(article=version.article_id, version=version.article_version)
    return saved.exclude(reason=Revision.Reason.REFUSED).first()


def differences(before, after):
    """The Comparison of two snapshots of stories, with the names of what they mention: one query for each kind."""
    labels = {field.attname: capfirst(field.verbose_name) for field in Article.shared_fields()}
    return compare(before, after, labels=labels, names=names_in([before, after]))


def names_in(snapshots):
    """{"author", "image", "story", column: {id: name}} of everything that the snapshots mention by id."""
    blocks = [block for words in snapshots for block in rendering.references(words.get("body") or "")]
    figures = {block.id for words in snapshots for block in rendering.figures(words.get("body") or "")}
    cards = {block.id for block in blocks if block.kind == "related-card"}
    played = {block.id for block in blocks if block.kind == "recording"}
    images = _named(Image, figures | {words.get("lead_image_id") for words in snapshots})
    stories = {pk for words in snapshots for pk in words.get("read_more") or []}
    authors = {row["author_id"] for words in snapshots for row in words.get("bylines", [])}
    return {
        "author": _named(Author, authors),
        "image": images,
        "recording": _named(Recording, played),
        "lead_image_id": images,
        "section_id": _named(Section, {words.get("section_id") for words in snapshots}),
        "story": _named(Article, cards | stories, only=["headline"]),
        "translation_of_id": _named(
            Article, {words.get("translation_of_id") for words in snapshots}, only=["headline"]
        ),
        "kind": dict(Kind.choices),
        "language": dict(languages.choices()),
        "lead_decorative": {"True": _("yes"), "False": _("no")},
    }


def _named(model, ids, only=()):
    ids = {pk for pk in ids if pk}
    return {row.pk: str(row) for row in model.objects.filter(pk__in=ids).only(*only)} if ids else {}


def folded(parts):
    """[(is it a fold, parts)]: long runs of blocks that are the same are folded but for their first and last."""
    for same, run in groupby(parts, key=lambda part: part.kind == "same"):
        run = list(run)
        if same and len(run) > 3:
            yield from [(False, run[:1]), (True, run[1:-1]), (False, run[-1:])]
        else:
            yield False, run


def urls(wrap):
    """The addresses of these pages below the article list; `wrap` adds the admin's own checks."""
    pages = [
        ("<int:pk>/revisions/", wrap(revisions), "articles_article_revisions"),
        ("<int:pk>/revisions/compare/", wrap(comparison), "articles_article_compare"),
        ("<int:pk>/revisions/<int:revision_pk>/", wrap(revision), "articles_article_revision"),
    ]
    return [path(route, view, name=name) for route, view, name in pages]
