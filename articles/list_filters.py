"""Filters of the article list that depend on who looks at it."""

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Byline


class MineFilter(SimpleListFilter):
    """What waits for me, and what I have begun."""

    title = _("whose it is")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        return [("assigned", _("Assigned to me")), ("drafts", _("My drafts"))]

    def queryset(self, request, queryset):
        match self.value():
            case "assigned":
                return queryset.filter(assignee=request.user)
            case "drafts":
                named = Byline.objects.filter(article=OuterRef("pk"), author__user=request.user)
                return queryset.filter(Q(Exists(named)) | Q(saved_by=request.user), state=Article.State.DRAFT)
        return queryset
