"""The archive: which months have live stories, and where a month begins and ends in the newsroom's zone.

Nothing is counted: at a million stories a count reads them all, while one story of each month is found at once.
"""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime

from django.db import connection
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone

from articles.models import PublishedVersion


@dataclass(frozen=True, order=True)
class Month:
    """One month of the paper. Templates print its `first_day`."""

    year: int
    month: int

    @classmethod
    def of(cls, moment):
        local = timezone.localtime(moment)
        return cls(local.year, local.month)

    @property
    def first_day(self):
        """The moment at which it begins in the newsroom's zone."""
        return datetime(self.year, self.month, 1, tzinfo=timezone.get_default_timezone())

    @property
    def next(self):
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    def get_absolute_url(self):
        return reverse("archive-month", args=[f"{self.year:04}", f"{self.month:02}"])


def month_of(year, month):
    """The Month of two numbers, or None when there is no such one (or its neighbour is beyond what dates can say)."""
    return Month(year, month) if MINYEAR < year < MAXYEAR and 1 <= month <= 12 else None


def stories_of(month):
    """The condition on `first_published_at` for a list of the month's stories."""
    return {"first_published_at__gte": month.first_day, "first_published_at__lt": month.next.first_day}


def years(at):
    """{year: its Months with a live story}, the newest first."""
    found = {}
    for month in months(at):
        found.setdefault(month.year, []).append(month)
    return found


def months(at):
    """Every Month with a story that is live at the moment `at`, the newest first, in two queries."""
    live = PublishedVersion.objects.live(at)
    ends = (
        PublishedVersion.objects.live_by_age(at).order_by("first_published_at").values("first_published_at")
    )
    first, last = ends.first(), ends.last()
    if first is None or last is None:
        return []
    month, end, every = Month.of(first["first_published_at"]), Month.of(last["first_published_at"]), []
    while month <= end:
        every.append(month)
        month = month.next
    return [month for month, has_any in zip(every, _have_any(live, every), strict=True) if has_any][::-1]


def _have_any(live, every):
    """For each month whether one of the queryset `live` was first published in it."""
    inside = live.filter(
        first_published_at__gte=RawSQL("month.begins", []), first_published_at__lt=RawSQL("month.ends", [])
    )
    sql, values = inside.values("pk").query.sql_with_params()
    adapt = connection.ops.adapt_datetimefield_value
    bounds = [adapt(moment) for month in every for moment in (month.first_day, month.next.first_day)]
    rows = ", ".join(["(%s, %s)"] * len(every))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH month (begins, ends) AS (VALUES {rows}) SELECT EXISTS ({sql}) FROM month ORDER BY begins",  # noqa: S608
            [*bounds, *values],
        )
        return [bool(row[0]) for row in cursor.fetchall()]


def neighbours(month, at):
    """(the nearest month before, the nearest after) with a live story; None where there is none."""
    live = PublishedVersion.objects.live(at)
    before = live.filter(first_published_at__lt=month.first_day).order_by("-first_published_at")
    after = live.filter(first_published_at__gte=month.next.first_day).order_by("first_published_at")
    found = [stories.values_list("first_published_at", flat=True).first() for stories in (before, after)]
    return [moment and Month.of(moment) for moment in found]
