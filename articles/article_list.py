"""The list of stories on the desk: what readers see of each, who wrote it, who saved it last."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.db.models.functions import Now
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from articles import bulk, saved_views
from articles.desk_filters import AssigneeFilter, AuthorFilter, QuotesCorrectedFilter, TagFilter
from articles.list_filters import MineFilter
from articles.models import Article, Byline, PublishedVersion, search
from articles.people import full_name


def brief(moment):
    """A moment in a table whose heading names the zone."""
    local = timezone.localtime(moment)
    this_year = local.year == timezone.localtime().year
    form = pgettext("date format", "j M, H:i") if this_year else pgettext("date format", "j M Y, H:i")
    return date_format(local, form)


def versions_of_each():
    """The published versions of the story that a query is about."""
    return PublishedVersion.objects.filter(article=OuterRef("pk"))


class PublicFilter(admin.SimpleListFilter):
    """By what readers see of a story now."""

    title = _("what readers see")
    parameter_name = "public"

    def lookups(self, request, model_admin):
        return [
            ("live", _("Live")),
            ("scheduled", _("Scheduled")),
            ("never", _("Not yet published")),
            ("gone", _("No longer on the site")),
        ]

    def queryset(self, request, queryset):
        now = timezone.now()
        is_live = Exists(versions_of_each().live(now))
        was_public = Exists(versions_of_each().filter(visible_from__lte=now))
        match self.value():
            case "live":
                return queryset.filter(is_live)
            case "scheduled":
                return queryset.filter(Exists(versions_of_each().filter(visible_from__gt=now)))
            case "never":
                return queryset.filter(~was_public)
            case "gone":
                return queryset.filter(was_public, ~is_live)
        return queryset


class StoryList(ChangeList):
    """One page of the list. Only its own stories are asked what readers have of them, not those passed over."""

    def get_results(self, request):
        super().get_results(request)
        page = list(self.result_list.values_list("pk", flat=True))
        found = self.with_columns(Article.objects.filter(pk__in=page), timezone.now()).in_bulk()
        self.result_list = [found[pk] for pk in page if pk in found]

    def with_columns(self, articles, now):
        versions, live = versions_of_each(), versions_of_each().live(now)
        return (
            articles.select_related("section", "saved_by", "assignee")
            .defer("body")
            .annotate(
                live_since=Subquery(live.values("visible_from")[:1]),
                live_until=Subquery(live.values("visible_until")[:1]),
                scheduled_for=Subquery(versions.filter(visible_from__gt=now).values("visible_from")[:1]),
                was_public=Exists(versions.filter(visible_from__lte=now)),
            )
            .prefetch_related(Prefetch("bylines", Byline.objects.select_related("author")))
        )


class ArticleListMixin:
    """The list's columns, filters and search, for the ModelAdmin of stories."""

    list_display = ["story", "public", "stage", "section", "saved"]
    list_display_links = None  # the headline is the link, so that its cell can name the authors as well
    list_filter = [
        MineFilter,
        PublicFilter,
        QuotesCorrectedFilter,
        "state",
        "section",
        "kind",
        AuthorFilter,
        ("assignee", AssigneeFilter),
        "saved_at",
        TagFilter,
    ]
    list_per_page = 50
    search_fields = ["headline"]  # only to show the search box: get_search_results asks the desk's own index
    search_help_text = _(
        "Words of the story, its captions and credits, its authors and tags; beginnings will do."
    )
    actions = [bulk.change_many]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_changelist(self, request, **kwargs):
        return StoryList

    def get_search_results(self, request, queryset, search_term):
        return search.matching(queryset, search_term), False

    def changelist_view(self, request, extra_context=None):
        if "\x00" in "".join(value for values in request.GET.lists() for value in values[1]):
            return redirect(request.path)  # PostgreSQL takes no NUL; nobody types one
        zone = timezone.localtime().tzname()
        title = _("Articles · times in %(zone)s") % {"zone": zone}
        return super().changelist_view(
            request, {"title": title, **saved_views.for_list(request), **(extra_context or {})}
        )

    @admin.display(description=_("story"), ordering="headline")
    def story(self, article):
        names = ", ".join(byline.author.name for byline in article.bylines.all())
        return format_html(
            '<a href="{}/change/">{}</a><small>{}</small>',
            article.pk,
            article.headline or _("(no headline yet)"),
            names or _("No byline yet"),
        )

    @admin.display(
        description=_("on the site"),
        ordering=Subquery(versions_of_each().live(Now()).values("visible_from")[:1]),
    )
    def public(self, article):
        lines = []
        if article.live_since:
            lines.append(("live", _("Live since %(time)s") % {"time": brief(article.live_since)}))
        elif article.was_public:
            lines.append(("gone", _("No longer on the site")))
        if article.scheduled_for:
            said = _("Update %(time)s") if article.live_since else _("Goes live %(time)s")
            lines.append(("scheduled", said % {"time": brief(article.scheduled_for)}))
        elif article.live_until:
            lines.append(("scheduled", _("Leaves %(time)s") % {"time": brief(article.live_until)}))
        lines = lines or [("never", _("Not public"))]
        return format_html_join("", '<span class="public-{}">{}</span>', lines)

    @admin.display(description=_("state"), ordering="state")
    def stage(self, article):
        state = article.get_state_display()
        return (
            format_html("{}<small>{}</small>", state, full_name(article.assignee))
            if article.assignee
            else state
        )

    @admin.display(description=_("saved"), ordering="saved_at")
    def saved(self, article):
        who = (article.saved_by.get_full_name() or article.saved_by.username) if article.saved_by else "—"
        return format_html("{}<small>{}</small>", who, brief(article.saved_at))
