"""One change to many stories: section, tags or assignee, shown before it is made and undone with one click.

Each story is saved by itself, as a compare-and-set on its version: a story that somebody else saved since the page
was shown is left alone and named. What undoing needs stays in the session of the person who did it.
"""

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from taggit.forms import TagField, TagWidget

from articles import between, workflow
from articles.models import Article, Section, StaleCopy, Tag
from articles.timeline import person

#: Stories of one change: each is a save with a revision.
MOST = 200
UNDO = "bulk_undo"
NOBODY = "nobody"


class BulkForm(forms.Form):
    """What to change; what is left empty stays as it is."""

    section = forms.ModelChoiceField(
        Section.objects.all(),
        label=gettext_lazy("Section"),
        required=False,
        empty_label=gettext_lazy("As it is"),
    )
    add_tags = TagField(
        label=gettext_lazy("Add tags"),
        required=False,
        help_text=gettext_lazy("Separated by commas."),
        widget=TagWidget(attrs={"class": "vTextField"}),
    )
    remove_tags = TagField(
        label=gettext_lazy("Remove tags"),
        required=False,
        help_text=gettext_lazy("Separated by commas."),
        widget=TagWidget(attrs={"class": "vTextField"}),
    )
    assignee = forms.ChoiceField(label=gettext_lazy("Assignee"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        staff = (
            get_user_model().objects.filter(is_staff=True, is_active=True).order_by("first_name", "username")
        )
        self.people = {str(user.pk): user for user in staff}
        named = [(pk, person(user)) for pk, user in self.people.items()]
        self.fields["assignee"].choices = [("", _("As it is")), (NOBODY, _("Nobody")), *named]

    def clean_add_tags(self):
        """A known tag under its own name, however it was typed."""
        known = {
            name: Tag.objects.filter(name__iexact=name).first() for name in self.cleaned_data["add_tags"]
        }
        return [tag.name if tag else name for name, tag in known.items()]

    def answers(self):
        """The answers as one string: what the page showed is what its button may do."""
        return urlencode({name: self.data.get(name, "") for name in self.fields})

    def wanted(self, article):
        """{"section", "tags", "assignee"} as this story would have them."""
        values = self.cleaned_data
        removed = {tag.lower() for tag in values["remove_tags"]}
        tags = [tag.name for tag in article.tags.all() if tag.name.lower() not in removed]
        known = {tag.lower() for tag in tags}
        tags += [tag for tag in values["add_tags"] if tag.lower() not in known]
        chosen = values["assignee"]
        assignee = article.assignee if not chosen else self.people.get(chosen)
        return {"section": values["section"] or article.section, "tags": sorted(tags), "assignee": assignee}


def now(article):
    """{"section", "tags", "assignee"} as the story has them."""
    tags = sorted(tag.name for tag in article.tags.all())
    return {"section": article.section, "tags": tags, "assignee": article.assignee}


def change_many(model_admin, request, queryset):
    """The action of the list: leads to the page that asks what to change."""
    stories = list(queryset.values_list("pk", flat=True)[: MOST + 1])
    if len(stories) > MOST:
        said = _("Choose at most %(most)d stories; you chose more. Nothing was changed.") % {"most": MOST}
        messages.error(request, said)
        return None
    return _page(request, model_admin, BulkForm(), _stories(stories), rows=None)


change_many.short_description = gettext_lazy("Change section, tags or assignee…")
change_many.allowed_permissions = ["change"]


@require_POST
def change(request, *, model_admin):
    """Show what would change in each story; with the button of that page, change exactly that."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    seen = dict(_seen(request.POST.getlist("story")))
    form = BulkForm(request.POST)
    stories = _stories(seen)
    if not form.is_valid():
        return _page(request, model_admin, form, stories, rows=None)
    if "apply" not in request.POST or request.POST.get("shown") != form.answers():
        rows = [(article, now(article), form.wanted(article)) for article in stories]
        return _page(request, model_admin, form, stories, rows=[row for row in rows if row[1] != row[2]])
    undo, lost = [], []
    for article in stories:
        before, wanted = now(article), form.wanted(article)
        if before == wanted:
            continue
        allowed = _may_save(request, model_admin, article, since=seen[article.pk])
        if allowed and _save(article, before, wanted, request.user):
            undo.append([article.pk, article.version, _as_ids(before), _as_ids(wanted)])
        else:
            lost.append(article)
    if undo:
        request.session[UNDO] = undo
    elif not lost:  # a second click finds all of it done
        messages.info(request, _("The stories have that already. Nothing was changed."))
        return redirect("admin:articles_article_changelist")
    _say(request, _changed(len(undo)), undo, lost)
    return redirect("admin:articles_article_changelist")


def _undo(request, model_admin):
    """Give the stories of the last change what they had before, except those that were changed again since."""
    done, lost = 0, []
    kept = {pk: rest for pk, *rest in request.session.pop(UNDO, [])}
    for article in _stories(kept):
        version, before, after = kept[article.pk]
        as_left = now(article)
        allowed = _may_save(request, model_admin, article, since=version) and _as_ids(as_left) == after
        if allowed and _save(article, as_left, _from_ids(before), request.user):
            done += 1
        else:
            lost.append(article)
    said = ngettext("Undone in %(count)d story.", "Undone in %(count)d stories.", done) % {"count": done}
    _say(request, said, [], lost)
    return redirect("admin:articles_article_changelist")


def _seen(pairs):
    """(story, version) of "7:3"; what is none is left out."""
    for pair in pairs[:MOST]:
        pk, colon, version = pair.partition(":")
        if colon and all(part.isascii() and part.isdecimal() and len(part) < 10 for part in (pk, version)):
            yield int(pk), int(version)


def _stories(ids):
    found = Article.objects.filter(pk__in=list(ids)).select_related("section", "assignee")
    return list(found.prefetch_related("tags").order_by("-saved_at", "-pk"))


def _may_save(request, model_admin, article, *, since):
    """Whether this person may change the story, and nobody else saved it after the version `since`."""
    allowed = model_admin.has_change_permission(request, article)
    return allowed and not between.who_else_saved(article, request.user, since=since)


def _save(article, before, wanted, by):
    """Save the story with what is wanted; False when somebody saved it in between, or the section is gone."""
    if wanted["section"] is None:
        return False
    names = zip(wanted, _as_ids(before), _as_ids(wanted), strict=True)
    aside = {name: [old, new] for name, old, new in names if old != new}
    article.section, article.assignee = wanted["section"], wanted["assignee"]
    try:
        with transaction.atomic():
            workflow.save(article=article, by=by, tags=wanted["tags"], aside=aside)
    except StaleCopy:
        return False
    return True


def _as_ids(values):
    return [values["section"].pk, values["tags"], values["assignee"] and values["assignee"].pk]


def _from_ids(kept):
    section, tags, assignee = kept
    people = get_user_model().objects.filter(pk=assignee)
    return {"section": Section.objects.filter(pk=section).first(), "tags": tags, "assignee": people.first()}


def _changed(count):
    return ngettext("%(count)d story changed.", "%(count)d stories changed.", count) % {"count": count}


def _say(request, said, undo, lost):
    if undo:
        link = format_html('<a href="{}">{}</a>', reverse("admin:articles_article_bulk_undo"), _("Undo…"))
        messages.success(request, format_html("{} {}", said, link))
    else:
        messages.info(request, said)
    if lost:
        names = "; ".join(article.headline for article in lost)
        left = _("Left as they were, because they were changed in between or are not yours: %(names)s")
        messages.warning(request, left % {"names": names})


def _page(request, model_admin, form, stories, *, rows):
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "form": form,
        "stories": stories,
        "rows": rows,
        "title": _("Change many stories"),
        "media": model_admin.media,
    }
    return render(request, "admin/articles/article/bulk.html", context)


def ask_undo(request, *, model_admin):
    """Undoing is a change, so the link of the message leads to a page with a button."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        return _undo(request, model_admin)
    stories = _stories(pk for pk, *_rest in request.session.get(UNDO, []))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "stories": stories,
        "title": _("Undo the last change of many stories"),
    }
    return render(request, "admin/articles/article/bulk_undo.html", context)


def urls(wrap):
    """The addresses below the article list; `wrap` adds the admin's own checks."""
    return [
        path("bulk/", wrap(change), name="articles_article_bulk"),
        path("bulk/undo/", wrap(ask_undo), name="articles_article_bulk_undo"),
    ]
