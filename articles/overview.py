"""What goes live when: the next fortnight of the whole desk, by day and hour in the newsroom's zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache

from articles.models import Article, KindOfChange, PublishedArrangement, PublishedVersion, Section
from articles.moments import offset, zone_name

DAYS = 14
#: A scheduled change in the overview's few words.
KINDS = {
    KindOfChange.TYPO: gettext_lazy("Typo"),
    KindOfChange.UPDATE: gettext_lazy("Update"),
    KindOfChange.CORRECTION: gettext_lazy("Correction"),
}
#: More than this is no overview; the page says that it stops.
MOST = 500


@dataclass
class Event:
    """Something that the clock alone will do to a story."""

    what: str  # first, change, leaves, embargo; of an arrangement: arranged, bar
    at: datetime
    words: str
    headline: str
    section: str = ""
    article_id: int | None = None
    arranged: Section | None = None  # of an arrangement: whose page it is; None: the front page

    @property
    def address(self):
        """The desk's page of what will happen."""
        if self.article_id:
            return reverse("admin:articles_article_change", args=[self.article_id])
        if self.arranged:
            return reverse("admin:arrange_section", args=[self.arranged.slug])
        return reverse("admin:arrange")

    @property
    def time(self):
        """The hour and minute with the zone's name; Django's own date format leaves it out where it matters most."""
        local = timezone.localtime(self.at)
        return f"{time_format(local, 'H:i')} {local.tzname()}"


@never_cache
def overview(request, *, model_admin):
    """First publications, updates, ends, embargo ends and arrangements of the next DAYS days."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    now = timezone.now()
    events = coming(now, now + timedelta(days=DAYS))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("What goes live when"),
        "days": by_day(events[:MOST], now),
        "is_cut": len(events) > MOST,
        "count": DAYS,
        "zone": zone_name(),
        "may_publish": request.user.has_perm("articles.publish_article"),
    }
    return render(request, "admin/articles/article/overview.html", context)


def coming(after, until):
    """The Events later than `after`, up to `until`, in the order of time; three queries. At most MOST + 1."""
    kinds = (_publications_and_ends, _embargo_ends, _arrangements)
    events = [event for kind in kinds for event in kind(after, until)]
    return sorted(events, key=lambda event: event.at)[: MOST + 1]


def _publications_and_ends(after, until):
    begins, ends = (
        Q(**{f"{name}__gt": after, f"{name}__lte": until}) for name in ("visible_from", "visible_until")
    )
    followers = PublishedVersion.objects.filter(
        article=OuterRef("article"), visible_from=OuterRef("visible_until")
    )
    versions = (
        PublishedVersion.objects.filter(begins | ends)
        .annotate(is_followed=Exists(followers))
        .select_related("section")
        .only("headline", "section__name", "article_id", "visible_from", "visible_until", "kind_of_change")
        .order_by("visible_from", "pk")[: MOST + 1]
    )
    for version in versions:
        story = {
            "headline": version.headline,
            "section": version.section.name,
            "article_id": version.article_id,
        }
        if after < version.visible_from <= until:
            first = version.kind_of_change == KindOfChange.FIRST
            words = _("First publication") if first else KINDS[version.kind_of_change]
            yield Event("first" if first else "change", version.visible_from, str(words), **story)
        if version.visible_until and after < version.visible_until <= until and not version.is_followed:
            yield Event("leaves", version.visible_until, _("Leaves the site"), **story)


def _embargo_ends(after, until):
    embargoed = Article.objects.filter(embargo__gt=after, embargo__lte=until).select_related("section")
    for article in embargoed.only("headline", "section__name", "embargo").order_by("embargo", "pk")[
        : MOST + 1
    ]:
        yield Event(
            "embargo", article.embargo, _("Embargo ends"), article.headline, article.section.name, article.pk
        )


def _arrangements(after, until):
    """Arrangements that begin, and bars with breaking news that end while their arrangement is public."""
    begins = Q(visible_from__gt=after, visible_from__lte=until)
    bars = Q(breaking_until__gt=after, breaking_until__lte=until)
    found = PublishedArrangement.objects.filter(begins | bars).select_related("section")
    for one in found.order_by("visible_from", "pk")[: MOST + 1]:
        page = {"headline": one.section.name if one.section else _("Front page"), "arranged": one.section}
        if after < one.visible_from <= until:
            yield Event("arranged", one.visible_from, _("New arrangement"), **page)
        end = one.breaking_until
        is_seen = (
            one.breaking
            and end
            and one.visible_from < end < (one.visible_until or datetime.max.replace(tzinfo=UTC))
        )
        if is_seen and after < end <= until:
            yield Event("bar", end, _("The bar with breaking news ends"), **page)


def by_day(events, now):
    """[(day in words, [(hour in words, [Event])])] of events in the order of time.

    The two equal hours of a clock change stay two, told apart by their distance from UTC.
    """
    today = timezone.localtime(now).date()
    days = {}
    for event in events:
        local = timezone.localtime(event.at)
        hours = days.setdefault(local.date(), {})
        hours.setdefault((local.hour, offset(local)), []).append(event)
    return [(_day(date, today), _hours(hours)) for date, hours in days.items()]


def _hours(hours):
    doubled = len({hour for hour, _offset in hours}) < len(hours)
    return [
        (f"{hour:02}:00 {said}" if doubled else f"{hour:02}:00", events)
        for (hour, said), events in hours.items()
    ]


def _day(date, today):
    written = date_format(date, pgettext("date format", "l j F Y"))
    if date == today:
        return _("Today, %(day)s") % {"day": written}
    if date == today + timedelta(days=1):
        return _("Tomorrow, %(day)s") % {"day": written}
    return written


def urls(wrap):
    """The address of this page below the article list; `wrap` adds the admin's own checks."""
    return [path("overview/", wrap(overview), name="articles_article_overview")]
