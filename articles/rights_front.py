"""What the desk's front page says of rights: pictures in stories that readers have or will have, whose rights end."""

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from articles import rules
from articles.models import VersionPicture
from images.models import Image
from images.rights import SOON

#: Pictures of each list, stories named with each, and rows of stories read for all of them.
SHORT, STORIES, MOST_ROWS = 6, 3, 200
#: Of those whose rights are over only so many are looked at, the last to end first: an archive is full of them.
MOST_ENDED = 500


def ending_rights(user, now):
    """{"soon", "ended"}: what somebody has to do something about, the most pressing first; None for who may not see.

    Each is a list of {"image", "url", "uses", "stories", "more"}. A story that leaves the site before its picture's
    rights end needs nothing. At most five queries.
    """
    if not (rules.may_view(user) and user.has_perm("images.view_image")):
        return None
    pictures = Image.objects.filter(Exists(_shown(now).filter(image=OuterRef("pk"))))
    pictures = pictures.only("title", "caption", "alt_text", "not_after")
    soon = pictures.filter(not_after__gt=now, not_after__lte=now + SOON).order_by("not_after", "pk")[:SHORT]
    over = Image.objects.filter(not_after__lte=now).order_by("-not_after").values_list("pk", flat=True)
    ended = pictures.filter(pk__in=list(over[:MOST_ENDED])).order_by("-not_after", "-pk")[:SHORT]
    lists = {"soon": list(soon), "ended": list(ended)}
    stories = _stories([*lists["soon"], *lists["ended"]], now)
    return {
        name: [_line(image, stories.get(image.pk, [])) for image in found] for name, found in lists.items()
    }


def _shown(now):
    """The pictures of versions that readers have or will have, and still will when the picture's rights are over."""
    version, ends = "version__visible", F("version__visible_until")
    lasting = (
        Q(image__not_after__lt=ends) & Q(**{f"{version}_until__gt": now}) & Q(**{f"{version}_from__lt": ends})
    )
    return VersionPicture.objects.filter(Q(**{f"{version}_until": None}) | lasting)


def _stories(images, now):
    """{picture id: [(headline, address of its form)]}, the newest version first."""
    rows = (
        _shown(now)
        .filter(image__in=images)
        .order_by("-version")
        .values_list("image", "version__article", "version__headline")
    )
    found = {}
    for image, story, headline in rows[:MOST_ROWS] if images else []:
        found.setdefault(image, {}).setdefault(story, headline)
    return {
        image: [
            (headline, reverse("admin:articles_article_change", args=[story]))
            for story, headline in of.items()
        ]
        for image, of in found.items()
    }


def _line(image, stories):
    return {
        "image": image,
        "url": reverse("admin:images_image_change", args=[image.pk]),
        "uses": reverse("admin:images_image_uses", args=[image.pk]),
        "stories": stories[:STORIES],
        "more": len(stories) - STORIES,
    }
