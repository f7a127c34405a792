"""Saving a story while it is being written: what can be stored is stored, the rest is named and stays in the browser.

The page posts the whole form two seconds after the last change. A sitting, one person's autosaves without another
save or half an hour in between, is one revision, so that the history stays readable.
"""

from copy import copy
from datetime import timedelta
from uuid import uuid4

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import between, presence, rules, saving_words
from articles.byline_rows import written
from articles.models import Article, Byline, PreviewLink, Revision, Tag, search
from articles.models.revision import snapshot
from articles.moments import second
from articles.people import full_name
from articles.widgets import as_attribute

#: A pause this long ends a sitting.
PAUSE = timedelta(minutes=30)


@require_POST
@transaction.atomic
def autosave(request, pk=None, *, model_admin):
    """Store what is valid of the posted form; the answer has the new version and what was kept back, and why.

    A new story (no `pk`) becomes a desk copy with its first words. 409 when somebody else saved in between, when
    somebody else is signed in now than the person who wrote this, or when a later post of the page was faster.
    """
    pk = pk or presence.story_made_by(request)
    article = get_object_or_404(Article.objects.select_for_update(of=("self",)), pk=pk) if pk else None
    may = (
        model_admin.has_change_permission(request, article) if pk else model_admin.has_add_permission(request)
    )
    if not may and not (article and rules.may_leave_words(request.user, article)):
        raise PermissionDenied
    if request.POST.get("person", "") != str(request.user.pk):
        return JsonResponse({"person": full_name(request.user)}, status=409)
    if not may:
        keep_beside(request, model_admin, article, why_not_theirs(article))
        return JsonResponse({}, status=403)
    if article and presence.is_overtaken(request, article):
        return JsonResponse({}, status=409)
    sent = request.POST
    if article:
        request.POST = presence.with_own_version(request, article)
        if request.POST["opened_version"] != str(article.version):
            return _refuse(request, model_admin, article)
    answer = _store(request, model_admin, article or Article())
    own = ("section", "tags", "assignee")  # what is changed elsewhere than in a form
    moved = {name: request.POST.get(name, "") for name in own if request.POST.get(name) != sent.get(name)}
    return JsonResponse(answer | {"moved": moved})


def _refuse(request, model_admin, article):
    """Keep what was typed as a revision, and say who saved in between."""
    answer = JsonResponse(presence.newest_save(request, article), status=409)
    known = presence.opened_version(request, article)
    keep_beside(request, model_admin, article, between.why_refused(article, request.user, since=known))
    return answer


def why_not_theirs(article):
    """The Revision.Refusal of words for a story that their writer may no longer change."""
    is_ready = article.state == Article.State.READY
    return Revision.Refusal.READY if is_ready else Revision.Refusal.GIVEN_AWAY


def keep_beside(request, model_admin, article, refusal):
    """Keep what was typed as a revision of the story that cannot take it: it is not lost, only not the desk copy."""
    form, byline, _wrong = _checked(request, model_admin, article)
    bylines = written(byline) if byline and byline.is_valid() else None
    form.keep_refused(by=request.user, bylines=bylines, refusal=refusal)


def _store(request, model_admin, article):
    """Write the valid part of the posted form and give the answer."""
    form, byline, wrong = _checked(request, model_admin, article)
    byline = byline if byline and byline.is_valid() and byline.has_changed() else None
    tags, new_tags = _known(form.cleaned_data.get("tags", []))
    tags_changed = "tags" in form.cleaned_data and {*tags} != {*(article.tags.names() if article.pk else [])}
    if new_tags:
        wrong["tags"] = _("%(names)s is new, and is made when you press Save.") % {
            "names": ", ".join(new_tags)
        }
    if not article.pk and not article.section_id:
        wrong["section"] = _("Choose one, so that the story can be kept.")
    changed = tags_changed or byline or {*form.changed_data} - {"opened_version", "tags", *wrong}
    begins = article.pk is None and article.section_id and (article.headline or article.body)
    if begins or (article.pk and changed):
        article.saved_by = request.user
        article.save()
        if byline:
            byline.save()
        if tags_changed:
            article.tags.set(tags)
        if byline or tags_changed:
            search.index(article)  # whose names were not there yet when it was saved
        keep_sitting(article=article, by=request.user)
        presence.record_save(request, article)
    return _answer(article, form, wrong)


def _checked(request, model_admin, article):
    """The form over `article` with its wrong parts taken back, the byline (None without one), {field: why}."""
    before = copy(article)
    fields = flatten_fieldsets(model_admin.get_fieldsets(request, article if article.pk else None))
    # A form to change what its person may not change would have no fields.
    change = article.pk is not None and model_admin.has_change_permission(request, article)
    form_class = model_admin.get_form(request, article, change=change, fields=fields)
    form = form_class(request.POST, instance=article)
    form.keeps_version = False
    form.is_valid()
    wrong = {}
    columns = {field.name: field.attname for field in Article._meta.concrete_fields}
    for name, messages in form.errors.items():
        name = "slug" if name == NON_FIELD_ERRORS else name  # the one rule over the whole story is the slug's
        if name in columns:
            setattr(article, columns[name], getattr(before, columns[name]))
        if name in form.changed_data:
            wrong[name] = " ".join(messages)
    formsets, _inlines = model_admin._create_formsets(request, article, change=bool(article.pk))
    byline = next((formset for formset in formsets if formset.model is Byline), None)
    if byline is not None and not byline.is_valid() and byline.has_changed():
        wrong["bylines"] = _("A row is not complete.")
    return form, byline, wrong


def _known(names):
    """`names` as (the tags that exist, by their own names; the names of none). A half-typed word makes no tag."""
    known = {tag.name.lower(): tag.name for name in names for tag in Tag.objects.filter(name__iexact=name)}
    return [*known.values()], [name for name in names if name.lower() not in known]


def _answer(article, form, wrong):
    labels = {name: field.label for name, field in form.fields.items()}
    labels["bylines"] = Byline._meta.verbose_name_plural
    return {
        "story": article.pk,
        "version": article.version if article.pk else 0,
        "saved_at": second(timezone.now()),
        "kept_back": [{"label": capfirst(str(labels[name])), "why": why} for name, why in wrong.items()],
        "addresses": addresses(article.pk) if article.pk else None,
    }


def keep_sitting(*, article, by):
    """Keep the desk copy, as it was just saved, in the revision of this person's sitting.

    A revision that somebody named, published or shows to an outsider stays as it is; a new one begins.
    """
    now = timezone.now()
    last = article.revisions.exclude(reason=Revision.Reason.REFUSED).order_by("-version").first()
    words = {"snapshot": snapshot(article), "version": article.version}
    if last and _goes_on(last, article, by, now):
        Revision.objects.filter(pk=last.pk).update(made_at=now, **words)
    else:
        Revision.objects.create(
            article=article, reason=Revision.Reason.AUTOSAVED, began_at=now, made_by=by, **words
        )


def _goes_on(last, article, by, now):
    return (
        last.reason == Revision.Reason.AUTOSAVED
        and last.made_by_id == by.pk
        and last.version == article.version - 1
        and not last.name
        and now - last.made_at < PAUSE
        and not article.versions.filter(article_version=last.version).exists()
        and not PreviewLink.objects.filter(revision=last).exists()
    )


@require_POST
@transaction.atomic
def keep_version(request, pk, *, model_admin):
    """Give the newest save a name under which the desk finds it again."""
    article = get_object_or_404(Article.objects.select_for_update(of=("self",)), pk=pk)
    if not model_admin.has_change_permission(request, article):
        raise PermissionDenied
    name = request.POST.get("name", "").strip()[: Revision._meta.get_field("name").max_length]
    kept = article.revisions.exclude(reason=Revision.Reason.REFUSED).filter(version=article.version).first()
    if kept is None:
        by = article.saved_by
        kept = Revision.objects.create(
            article=article, version=article.version, snapshot=snapshot(article), made_by=by
        )
    if presence.opened_version(request, article) != article.version:
        return JsonResponse(presence.newest_save(request, article), status=409)
    Revision.objects.filter(pk=kept.pk).update(name=name)
    return JsonResponse({"name": name})


# --- The page ---------------------------------------------------------------------------------------------


def addresses(pk):
    """Where the page of a story posts to; of a new story where `pk` is None."""
    if pk is None:
        return {"autosave": reverse("admin:articles_article_autosave_new")}
    pages = {"change": "change", "autosave": "autosave", "presence": "presence", "preview": "preview"}
    pages |= {"keep": "keep_version", "takeOver": "take_over"}
    return {name: reverse(f"admin:articles_article_{page}", args=[pk]) for name, page in pages.items()}


def settings_of_page(request, article):
    """What the page's modules need to save, to keep a copy and to be present. `article` is None while new."""
    tab = str(uuid4())
    config = {
        "tab": tab,
        "story": article.pk if article else None,
        "person": request.user.pk,
        "version": article.version if article else 0,
        "savedAt": second(article.saved_at) if article else "",
        "writtenByTabs": presence.written_by_tabs(article, request.user) if article else {},
        "addresses": addresses(article.pk if article else None),
        "token": reverse("admin:articles_article_token"),
        "ping": presence.PING,
        "words": saving_words.WORDS,
    }
    return {"tab": tab, "config": as_attribute(config)}


def urls(wrap):
    """The addresses that the story form asks while it is open; `wrap` adds the admin's own checks."""
    pages = [
        ("token/", wrap(presence.token), "articles_article_token"),
        ("add/autosave/", wrap(autosave), "articles_article_autosave_new"),
        ("<int:pk>/autosave/", wrap(autosave), "articles_article_autosave"),
        ("<int:pk>/presence/", wrap(presence.ping), "articles_article_presence"),
        ("<int:pk>/take-over/", wrap(presence.take_over), "articles_article_take_over"),
        ("<int:pk>/keep-version/", wrap(keep_version), "articles_article_keep_version"),
    ]
    return [path(route, view, name=name) for route, view, name in pages]
