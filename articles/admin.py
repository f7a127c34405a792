"""The desk: stories, sections and tags in the admin. What is public is asked and decided in articles/desk.py."""

from functools import partial

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.forms import ModelChoiceField, NumberInput, all_valid
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles import desk, pickers, workflow
from articles.article_list import ArticleListMixin
from articles.byline_inline import BylineInline
from articles.forms import ArticleForm
from articles.models import Article, Section, Tag
from articles.tag_input import suggest_tags
from images.admin_media import NonceMediaMixin
from images.widgets import PictureInput


class _PeopleField(ModelChoiceField):
    """A choice of people by their full names."""

    def label_from_instance(self, user):
        return user.get_full_name() or user.get_username()


@admin.register(Article)
class ArticleAdmin(ArticleListMixin, NonceMediaMixin, admin.ModelAdmin):
    form = ArticleForm
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}
    inlines = [BylineInline]
    fieldsets = [
        (None, {"fields": ["headline", "standfirst", "section", "kind", "body", "opened_version"]}),
        (_("Lead picture"), {"fields": ["lead_image", "lead_alt", "lead_caption", "lead_credit"]}),
        (_("Around the story"), {"fields": ["tags", "read_more", "editors_note"]}),
        (_("Desk"), {"fields": ["state", "assignee", "embargo"]}),
        (_("Address and search engines"), {"fields": ["slug", "seo_title", "seo_description"]}),
    ]

    # --- The form ---------------------------------------------------------------------------------------

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "lead_image":
            return db_field.formfield(widget=PictureInput)
        if db_field.name == "assignee":
            staff = (
                get_user_model()
                .objects.filter(is_staff=True, is_active=True)
                .order_by("first_name", "username")
            )
            return _PeopleField(
                staff, required=False, label=capfirst(db_field.verbose_name), help_text=db_field.help_text
            )
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

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        author = getattr(request.user, "author", None)
        if request.method == "GET" and not obj.pk and author:
            kwargs["initial"] = [{"author": author.pk}]
        return kwargs

    @transaction.atomic
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Lock the story before its form is checked, so that two saves at one moment follow each other."""
        extra_context = {"may_publish": self.may_publish(request), **(extra_context or {})}
        if object_id and object_id.isdecimal() and len(object_id) < 19:
            stories = (
                Article.objects.select_for_update() if request.method == "POST" else Article.objects.all()
            )
            if article := stories.filter(pk=object_id).first():
                extra_context["publication"] = desk.publication(article, timezone.now())
        return super().changeform_view(request, object_id, form_url, extra_context)

    def may_publish(self, request):
        return request.user.has_perm("articles.publish_article")

    def render_change_form(self, request, context, *args, **kwargs):
        form = context["adminform"].form
        if getattr(form, "refused", False):
            form.keep_refused(by=request.user)
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

    def response_add(self, request, obj, post_url_continue=None):
        return self._next_page(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._next_page(request, obj) or super().response_change(request, obj)

    def _next_page(self, request, article):
        """Publish and Schedule save first, then ask their questions on a page of their own."""
        for button in ("publish", "schedule"):
            if f"_{button}" in request.POST and self.may_publish(request):
                return redirect(f"admin:articles_article_{button}", article.pk)
        return None

    # --- The pages beside the form ----------------------------------------------------------------------

    def get_urls(self):
        def wrap(view, **options):
            return self.admin_site.admin_view(partial(view, model_admin=self, **options))

        view = self.admin_site.admin_view
        own = [
            path("tags/", view(suggest_tags), name="articles_article_tags"),
            *pickers.picker_urls(view),
            path("add/preview/", view(self.preview), name="articles_article_preview_new"),
            path("<int:pk>/preview/", view(self.preview), name="articles_article_preview"),
        ]
        return own + desk.urls(wrap) + super().get_urls()

    def preview(self, request, pk=None):
        """The readers' page of what is typed in the form (POST), or of the saved desk copy (GET)."""
        article = None if pk is None else get_object_or_404(Article, pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if request.method != "POST" and article is None:
            return redirect("admin:articles_article_add")
        if request.method != "POST":
            return desk.preview(
                request, article, bylines=_bylines(article), tags=list(article.tags.order_by("name"))
            )
        fields = flatten_fieldsets(self.get_fieldsets(request, article))
        form = self.get_form(request, article, change=bool(article), fields=fields)(
            request.POST, instance=article
        )
        form.keeps_version = False
        formsets, _inlines = self._create_formsets(request, form.instance, change=bool(article))
        if not (form.is_valid() and all_valid(formsets)):
            return render(
                request, "admin/articles/article/preview_refused.html", {"form": form, "formsets": formsets}
            )
        rows = [row for row in formsets[0].forms if row.cleaned_data and not row.cleaned_data.get("DELETE")]
        bylines = sorted((row.instance for row in rows), key=lambda byline: byline.position)
        names = form.cleaned_data["tags"]
        known = {tag.name.lower(): tag for tag in Tag.objects.filter(name__in=names)}
        tags = [known.get(name.lower()) or Tag(name=name, slug="new") for name in sorted(names)]
        return desk.preview(request, form.instance, bylines=bylines, tags=tags)


def _bylines(article):
    return list(article.bylines.select_related("author__portrait"))


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "in_news_feed", "position"]
    list_editable = ["position"]
    fields = ["name", "slug", "description", "in_news_feed", "position"]

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
