"""The desk's front page: what is on the site, what goes live next, and what waits for somebody."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rules
from articles.models import Article, PublishedVersion
from articles.quotes import quoting_corrected

#: Stories in each short list; the link below it leads to all of them.
SHORT = 6


def short_lists(user):
    """The short lists that `user` may see, each with its heading, its stories and the address of the whole list."""
    if not rules.may_view(user):
        return []
    now = timezone.now()
    versions = PublishedVersion.objects.for_lists(now)
    mine = Q(assignee=user) | Q(saved_by=user) | Q(bylines__author__user=user)
    desk = Article.objects.select_related("section", "saved_by").defer("body").order_by("-saved_at", "-pk")
    drafts = Article.objects.filter(mine, state=Article.State.DRAFT).values("pk")
    live = versions.live_by_age(now).newest_first()
    scheduled = versions.filter(visible_from__gt=now).order_by("visible_from", "article_id")
    in_review = desk.filter(state=Article.State.IN_REVIEW)
    drafts = desk.filter(pk__in=drafts)
    quoting = [_desk_line(article) for article in quoting_corrected(desk, now)[:SHORT]]
    alarms = [_short_list(_("Quotes a corrected story"), "", "quotes=corrected", quoting)] if quoting else []
    return [
        *alarms,
        _short_list(
            _("Live now"),
            _("Nothing is on the site yet."),
            "public=live",
            [_public_line(version, version.first_published_at) for version in live[:SHORT]],
        ),
        _short_list(
            _("Scheduled next"),
            _("Nothing is scheduled."),
            "public=scheduled",
            [_public_line(version, version.visible_from) for version in scheduled[:SHORT]],
        ),
        _short_list(
            _("In review"),
            _("Nobody waits for a second pair of eyes."),
            "state__exact=in_review",
            [_desk_line(article) for article in in_review[:SHORT]],
        ),
        _short_list(
            _("My drafts"),
            _("You have no draft."),
            "state__exact=draft",
            [_desk_line(article) for article in drafts[:SHORT]],
        ),
    ]


def _short_list(heading, empty, query, stories):
    url = f"{reverse('admin:articles_article_changelist')}?{query}"
    return {"heading": heading, "empty": empty, "stories": stories, "url": url}


def _public_line(version, at):
    return _line(version, version.article_id, at, "")


def _desk_line(article):
    by = article.saved_by
    return _line(article, article.pk, article.saved_at, (by.get_full_name() or by.username) if by else "")


def _line(story, pk, at, who):
    """One line of a list; `at` is its public moment or that of its last save, `who` saved it."""
    return {
        "url": reverse("admin:articles_article_change", args=[pk]),
        "headline": story.headline,
        "section": story.section.name,
        "at": at,
        "who": who,
    }
