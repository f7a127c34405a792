"""The desk: stories, sections and tags in the admin. What is public is asked and decided in articles/desk.py."""

from contextlib import nullcontext
from functools import partial

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.forms import NumberInput, all_valid
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

import log
from articles import (
    autosave,
    bulk,
    check_page,
    conflict,
    desk,
    history,
    overview,
    pickers,
    presence,
    preview,
    preview_desk,
    review,
    review_page,
    rules,
    saved_views,
    workflow,
)
from articles.article_list import ArticleListMixin
from articles.byline_inline import BylineInline
from articles.byline_rows import written
from articles.forms import ArticleForm
from articles.models import Article, Section, Tag
from articles.people import PersonField, colleagues
from articles.quotes import corrections_quoted
from articles.tag_input import suggest_tags
from images.admin_media import NonceMediaMixin
from images.widgets import PictureInput


@admin.register(Article)
class ArticleAdmin(ArticleListMixin, NonceMediaMixin, admin.ModelAdmin):
    form = ArticleForm
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}
    inlines = [BylineInline]
    fieldsets = [
        (None, {"fields": ["headline", "standfirst", "section", "kind", "body", "opened_version"]}),
        (
            _("Lead picture"),
            {"fields": ["lead_image", "lead_alt", "lead_decorative", "lead_caption", "lead_credit"]},
        ),
        (_("Around the story"), {"fields": ["tags", "read_more", "editors_note"]}),
        (_("Language"), {"fields": ["language", "translation_of"]}),
        (_("Desk"), {"fields": ["assignee", "embargo"]}),
        (
            _("Address and search engines"),
            {"fields": ["slug", "seo_title", "seo_description", "canonical_url"]},
        ),
    ]

    # --- The form ---------------------------------------------------------------------------------------

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "lead_image":
            return db_field.formfield(widget=PictureInput)
        if db_field.name == "assignee":
            words = {"label": capfirst(db_field.verbose_name), "help_text": db_field.help_text}
            return PersonField(colleagues(), required=False, **words)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "section":
            # Sections are few and stay for years: the story form chooses one, and changes none in passing.
            for action in ("add", "change", "view", "delete"):
                setattr(field.widget, f"can_{action}_related", False)
        return field

    def get_changeform_initial_data(self, request):
        """A new story begins in the News Feed, by the person who writes it."""
        feed = Section.objects.filter(slug=Section.NEWS_FEED).first() or Section.objects.first()
        return {"section": feed, **super().get_changeform_initial_data(request)}

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form knows who fills it in, to tell somebody else's save from their own."""
        form_class = super().get_form(request, obj, change=change, **kwargs)
        form_class.by = request.user
        return form_class

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        author = getattr(request.user, "author", None)
        if request.method == "GET" and not obj.pk and author:
            kwargs["initial"] = [{"author": author.pk}]
        return kwargs

    @method_decorator(csp_update({"frame-src": [SELF]}))  # the preview beside the form
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A save locks the story before its form is checked; opening a form waits for nobody and holds up nobody."""
        with transaction.atomic() if request.method == "POST" else nullcontext():
            return self._changeform(request, object_id, form_url, extra_context)

    def _changeform(self, request, object_id, form_url, extra_context):
        extra_context = {"may_publish": self.may_publish(request), **(extra_context or {})}
        extra_context["moves"] = review.allowed(request.user, review.DRAFT)
        if request.method == "POST" and object_id is None and (made := presence.story_made_by(request)):
            object_id = str(made)  # autosave, or the first of two clicks, made the story already
        if object_id and object_id.isdecimal() and len(object_id) < 19:
            stories = (
                Article.objects.select_for_update() if request.method == "POST" else Article.objects.all()
            )
            if article := stories.filter(pk=object_id).first():
                extra_context["publication"] = desk.publication(article, timezone.now())
                extra_context["moves"] = review.allowed(request.user, article.state)
                extra_context["steps"] = review.steps(article)[:3]
                if live := extra_context["publication"]["live"]:
                    extra_context["corrected"] = corrections_quoted(live, timezone.now())
                if request.method == "POST":
                    if not self.has_change_permission(request, article):
                        return self._leave_words(request, article)
                    if presence.is_overtaken(request, article):
                        return desk.back_to(article)
                    request.POST = presence.with_own_version(request, article)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _leave_words(self, request, article):
        """The story became somebody else's while its form was open: what was typed is kept beside it."""
        if not rules.may_leave_words(request.user, article):
            raise PermissionDenied
        autosave.keep_beside(request, self, article, autosave.why_not_theirs(article))
        said = _(
            "You may no longer change this story: an editor has it now. What you typed is among its revisions."
        )
        messages.warning(request, said)
        return desk.back_to(article)

    def may_publish(self, request):
        return rules.may_publish(request.user)

    # --- Who may do what: articles/rules.py -------------------------------------------------------------

    def has_view_permission(self, request, obj=None):
        return rules.may_view(request.user, obj)

    def has_add_permission(self, request):
        return rules.may_add(request.user)

    def has_change_permission(self, request, obj=None):
        return rules.may_change(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return rules.may_delete(request.user, obj)

    @transaction.atomic
    def delete_model(self, request, obj):
        log.write("story.deleted", by=request.user, subject=obj)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        for article in queryset:
            log.write("story.deleted", by=request.user, subject=article)
        super().delete_queryset(request, queryset)

    def render_change_form(self, request, context, *args, **kwargs):
        form = context["adminform"].form
        story = context.get("original")
        if getattr(form, "refused", False):
            bylines = written(context["inline_admin_formsets"][0].formset)
            form.keep_refused(by=request.user, bylines=bylines, refusal=form.refusal)
            context["conflict"] = conflict.side_by_side(form, bylines)
        context["saving"] = autosave.settings_of_page(request, story)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        """Nothing yet: the story is saved in save_related, which knows whether its byline changed too."""

    def save_related(self, request, form, formsets, change):
        article = form.instance
        changed = not change or form.has_changed() or any(formset.has_changed() for formset in formsets)
        if changed:
            article.saved_by = request.user
            article.save()
        super().save_related(request, form, formsets, change)
        if changed:
            workflow.keep_revision(article=article, by=request.user)
            presence.record_save(request, article)

    def response_add(self, request, obj, post_url_continue=None):
        return self._next_page(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._next_page(request, obj) or super().response_change(request, obj)

    def _next_page(self, request, article):
        """Publish, Schedule and the moves of review save first, then ask their questions on a page of their own."""
        for button in ("publish", "schedule"):
            if f"_{button}" in request.POST and self.may_publish(request):
                return self._ask(f"articles_article_{button}", article, article.pk)
        if request.POST.get("_review") in Article.State:
            return self._ask("articles_article_review", article, article.pk, request.POST["_review"])
        return None

    def _ask(self, page, article, *args):
        """To the page that asks, which says so when somebody else saves on the way there."""
        return redirect(f"{reverse(f'admin:{page}', args=args)}?seen={article.version}")

    # --- The pages beside the form ----------------------------------------------------------------------

    def get_urls(self):
        def wrap(view, **options):
            return self.admin_site.admin_view(partial(view, model_admin=self, **options))

        view = self.admin_site.admin_view
        own = [
            path("tags/", view(suggest_tags), name="articles_article_tags"),
            *pickers.picker_urls(view),
            path("add/preview/", view(preview.framed(self.preview)), name="articles_article_preview_new"),
            path("<int:pk>/preview/", view(preview.framed(self.preview)), name="articles_article_preview"),
        ]
        own += [
            *review_page.urls(wrap),
            *check_page.urls(wrap),
            *overview.urls(wrap),
            *preview_desk.urls(wrap),
        ]
        own += (
            autosave.urls(wrap)
            + desk.urls(wrap)
            + history.urls(wrap)
            + saved_views.urls(wrap)
            + bulk.urls(wrap)
        )
        return own + super().get_urls()

    def _may_preview(self, request, article):
        """Words that are typed are previewed by whoever may save them; those that are saved by whoever reads them."""
        if article is None:
            return self.has_add_permission(request)
        if request.method == "POST":
            return self.has_change_permission(request, article)
        return self.has_view_permission(request, article)

    def preview(self, request, pk=None):
        """The readers' page of what is typed in the form (POST), or of the saved desk copy (GET)."""
        article = None if pk is None else get_object_or_404(Article, pk=pk)
        shape = request.GET.get("as", "")
        if not self._may_preview(request, article):
            raise PermissionDenied
        if request.method != "POST" and article is None:
            return redirect("admin:articles_article_add")
        if request.method != "POST":
            copy, bylines, tags = preview.desk_copy(article)
            return preview.draw(request, copy, bylines=bylines, tags=tags, shape=shape)
        fields = flatten_fieldsets(self.get_fieldsets(request, article))
        form = self.get_form(request, article, change=bool(article), fields=fields)(
            request.POST, instance=article
        )
        form.keeps_version = False
        formsets, _inlines = self._create_formsets(request, form.instance, change=bool(article))
        if not (form.is_valid() and all_valid(formsets)):
            context = {
                "form": form,
                "formsets": formsets,
                "beside": "beside" in request.GET,
                "is_popup": True,
            }
            return render(request, "admin/articles/article/preview_refused.html", context)
        rows = [row for row in formsets[0].forms if row.cleaned_data and not row.cleaned_data.get("DELETE")]
        bylines = sorted((row.instance for row in rows), key=lambda byline: byline.position)
        names = form.cleaned_data["tags"]
        known = {tag.name.lower(): tag for tag in Tag.objects.filter(name__in=names)}
        tags = [known.get(name.lower()) or Tag(name=name, slug="new") for name in sorted(names)]
        return preview.draw(request, form.instance, bylines=bylines, tags=tags, shape=shape)


@admin.register(Section)
class SectionAdmin(NonceMediaMixin, admin.ModelAdmin):
    list_display = ["name", "slug", "in_news_feed", "position"]
    list_editable = ["position"]
    fields = ["name", "slug", "description", "in_news_feed", "stand_in", "position"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "stand_in":
            return db_field.formfield(widget=PictureInput)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_changelist_form(self, request, **kwargs):
        position = NumberInput({"aria-label": _("Position"), "min": 0, "max": 32767})
        return super().get_changelist_form(request, widgets={"position": position}, **kwargs)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    fields = ["name", "slug"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []
