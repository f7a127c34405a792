"""When readers' pages change next by the clock alone."""

from django.db.models import Min

from articles.models import PublishedArrangement, PublishedVersion


def next_change(at):
    """The first moment after `at` at which a version or an arrangement begins or ends, or None.

    Rights of pictures and the end of a bar with breaking news are not among them: pages that show one know it.
    """
    coming = [
        intervals.objects.filter(**{f"{edge}__gt": at}).aggregate(first=Min(edge))["first"]
        for intervals in (PublishedVersion, PublishedArrangement)
        for edge in ("visible_from", "visible_until")
    ]
    return min(filter(None, coming), default=None)
