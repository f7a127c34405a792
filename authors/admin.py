"""Author profiles in the admin."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from authors.models import Author, AuthorLink
from images.admin_media import NonceMediaMixin
from images.sources import thumbnail_url
from images.widgets import PictureInput


class AddressInput(forms.URLInput):
    """An address without the admin's “Currently” above it."""

    def __init__(self, attrs=None):
        super().__init__({"class": "vURLField", **(attrs or {})})


class AuthorLinkFormSet(forms.BaseInlineFormSet):
    """The links of one author. The table has no labels beside its inputs, so each input carries its own name."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, said in (("label", _("Label")), ("url", _("Address")), ("DELETE", _("Remove this link"))):
            if name in form.fields:
                form.fields[name].widget.attrs["aria-label"] = said


class AuthorLinkInline(admin.TabularInline):
    model = AuthorLink
    formset = AuthorLinkFormSet
    extra = 0
    formfield_overrides = {models.URLField: {"assume_scheme": "https", "widget": AddressInput}}


@admin.register(Author)
class AuthorAdmin(NonceMediaMixin, admin.ModelAdmin):
    list_display = ["portrait_thumbnail", "name", "role", "user", "active"]
    list_filter = ["active"]
    list_display_links = ["name"]  # a link needs words, and the portrait beside the name needs none
    list_select_related = ["portrait", "user"]
    search_fields = ["name", "role"]
    search_help_text = _("A name or a role.")
    inlines = [AuthorLinkInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "role", "biography", "portrait"]}),
        (_("Contact"), {"fields": ["email"]}),
        (_("Desk"), {"fields": ["user", "active"]}),
    ]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "portrait":
            return db_field.formfield(widget=PictureInput)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_search_results(self, request, queryset, search_term):
        queryset, distinct = super().get_search_results(request, queryset, search_term)
        if request.path.endswith("/autocomplete/"):  # new bylines are for people who still write
            queryset = queryset.filter(active=True)
        return queryset, distinct

    @admin.display(description=_("portrait"))
    def portrait_thumbnail(self, author):
        if not author.portrait:
            return "—"
        return format_html(
            '<img src="{}" alt="" width="48" height="48" class="portrait">', thumbnail_url(author.portrait)
        )
