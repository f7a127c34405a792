"""Filters of the article list that ask more than one table."""

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Byline, Tag
from articles.models.article import TaggedArticle
from articles.quotes import quoting_corrected
from authors.models import Author

#: Of the tags only so many are offered, those that the stories saved last have most often.
MOST_TAGS, LATELY = 30, 500


class AuthorFilter(admin.SimpleListFilter):
    """Everybody who stands in a byline."""

    title = _("author")
    parameter_name = "author"

    def lookups(self, request, model_admin):
        named = Byline.objects.filter(author=OuterRef("pk"))
        return Author.objects.filter(Exists(named)).order_by("name").values_list("slug", "name")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        wanted = Author.objects.filter(slug=self.value()).values("pk")[:1]
        return queryset.filter(Exists(Byline.objects.filter(article=OuterRef("pk"), author=wanted)))


class AssigneeFilter(admin.RelatedOnlyFieldListFilter):
    """People by their full names, and nobody."""

    def field_choices(self, field, request, model_admin):
        people = field.related_model.objects.filter(Exists(Article.objects.filter(assignee=OuterRef("pk"))))
        named = [(user.pk, user.get_full_name() or user.get_username()) for user in people]
        return sorted(named, key=lambda choice: choice[1])


class TagFilter(admin.SimpleListFilter):
    """The tags that are in use, and whichever the address names."""

    title = _("tag")
    parameter_name = "tag"

    def lookups(self, request, model_admin):
        lately = Article.objects.order_by("-saved_at", "-pk").values("pk")[:LATELY]
        counted = (
            TaggedArticle.objects.filter(content_object__in=lately)
            .values("tag__slug", "tag__name")
            .annotate(stories=Count("pk"))
        )
        common = [
            (row["tag__slug"], row["tag__name"])
            for row in counted.order_by("-stories", "tag__name")[:MOST_TAGS]
        ]
        wanted = request.GET.get(self.parameter_name, "").replace("\x00", "")
        if wanted and wanted not in dict(common):
            common += Tag.objects.filter(slug=wanted).values_list("slug", "name")
        return common

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        wanted = Tag.objects.filter(slug=self.value()).values("pk")[:1]
        return queryset.filter(
            Exists(TaggedArticle.objects.filter(content_object=OuterRef("pk"), tag=wanted))
        )


class QuotesCorrectedFilter(admin.SimpleListFilter):
    """Stories on the site that show a card of a story corrected since they were published."""

    title = _("corrections")
    parameter_name = "quotes"

    def lookups(self, request, model_admin):
        return [("corrected", _("Quotes a corrected story"))]

    def queryset(self, request, queryset):
        return quoting_corrected(queryset, timezone.now()) if self.value() == "corrected" else queryset
