"""Short ways to arrange a page in tests."""

from datetime import timedelta

from django.utils import timezone

from articles import arranging
from articles.models import PublishedArrangement
from articles.models.arrangement import MOST


def words(*, breaking_words="", breaking_until=None, **parts):
    """What Arranged.words gives, of lists of stories."""
    ids = {part: [story.pk for story in parts.get(part, [])] for part in MOST}
    if ids["breaking"] and breaking_until is None:
        breaking_until = timezone.now() + timedelta(days=1)
    own = {"breaking_words": breaking_words, "breaking_until": breaking_until}
    return {**PublishedArrangement().words(), **ids, **own}


def save(*, section=None, by=None, opened_version=None, **parts):
    """Save an arrangement, as whoever opened it last."""
    if opened_version is None:
        opened_version = arranging.of(section).version
    return arranging.save(section=section, words=words(**parts), by=by, opened_version=opened_version)


def arrange(*, section=None, by=None, **parts):
    """Save an arrangement and publish it."""
    save(section=section, by=by, **parts)
    return arranging.publish(section=section, by=by)
