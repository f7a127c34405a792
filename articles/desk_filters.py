"""Filters of the article list that ask more than one table."""

from django.contrib import admin
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Tag
from articles.models.article import TaggedArticle
from articles.quotes import quoting_corrected

#: Of the tags only so many are offered: a newsroom soon has thousands.
MOST_TAGS = 30


class AssigneeFilter(admin.RelatedOnlyFieldListFilter):
    """People by their full names, and nobody."""

    def field_choices(self, field, request, model_admin):
        people = field.related_model.objects.filter(
            pk__in=model_admin.model.objects.filter(assignee__isnull=False).values("assignee")
        )
        named = [(user.pk, user.get_full_name() or user.get_username()) for user in people]
        return sorted(named, key=lambda choice: choice[1])


class TagFilter(admin.SimpleListFilter):
    """The tags of most stories, and whichever the address names."""

    title = _("tag")
    parameter_name = "tag"

    def lookups(self, request, model_admin):
        counted = TaggedArticle.objects.values("tag__slug", "tag__name").annotate(stories=Count("pk"))
        common = [
            (row["tag__slug"], row["tag__name"])
            for row in counted.order_by("-stories", "tag__name")[:MOST_TAGS]
        ]
        wanted = request.GET.get(self.parameter_name, "").replace("\x00", "")
        if wanted and wanted not in dict(common):
            common += Tag.objects.filter(slug=wanted).values_list("slug", "name")
        return common

    def queryset(self, request, queryset):
        return queryset.filter(tags__slug=self.value().replace("\x00", "")) if self.value() else queryset


class QuotesCorrectedFilter(admin.SimpleListFilter):
    """Stories on the site that show a card of a story corrected since they were published."""

    title = _("corrections")
    parameter_name = "quotes"

    def lookups(self, request, model_admin):
        return [("corrected", _("Quotes a corrected story"))]

    def queryset(self, request, queryset):
        return quoting_corrected(queryset, timezone.now()) if self.value() == "corrected" else queryset
