"""A library as large as wanted, and which of its pages are timed.

Written with bulk inserts beside an archive of stories; no file is behind the pictures of the archive. The same number
makes the same library, whose newest picture came in now.
"""

import random
from datetime import timedelta
from urllib.parse import urlencode

from django.apps import apps
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, PublishedVersion, VersionPicture
from articles.models.article import ArticlePicture
from images.models import Image, search
from newsroom.bench.archive import picture
from newsroom.bench.visits import Page

LIST = reverse("admin:images_image_changelist")
#: Pictures written in one transaction, and the first number that the archive of stories has not used.
BATCH, FIRST = 1000, 1_000_000
#: Between two uploads; and stories that have the one picture which stands in many.
APART, IN_MANY = timedelta(minutes=25), 2000
PEOPLE = ["Jo Petrov", "Arda Example", "Mara Venn", "Ines Calder", "Tom Rook"]
PLACES = ["harbour", "market", "town hall", "ferry", "lighthouse", "quarry", "school", "station"]


def fill_library(pictures, *, progress=lambda done: None):
    """Add `pictures` pictures, the newest last; two of three stand in a story of the archive. Their words are found.

    One in ten lacks its alternative text, one in twelve its credit; rights of one in eight have ended or will.
    """
    dice, now = random.Random(2), timezone.now()  # noqa: S311 (spreads pictures, guards nothing)
    stories = list(Article.objects.values_list("pk", flat=True))
    live = dict(PublishedVersion.objects.live(now).values_list("article", "pk"))
    for start in range(0, pictures, BATCH):
        numbers = range(start, min(start + BATCH, pictures))
        with transaction.atomic():
            made = Image.objects.bulk_create(_one(number, pictures, dice, now) for number in numbers)
            uses = [(one, dice.choice(stories)) for one in made if dice.random() < 2 / 3]
            _use(uses, live)
        progress(numbers[-1] + 1)
    _use([(made[-1], story) for story in stories[:IN_MANY]], live)
    with transaction.atomic():
        search.rebuild(apps)
    return made[-1]


def _one(number, pictures, dice, now):
    image = picture(FIRST + number)
    place = dice.choice(PLACES)
    image.title = f"{place.title()} {number}"
    image.caption = f"The {place} on day {number % 365}."
    image.credit = "" if number % 12 == 5 else f"{dice.choice(PEOPLE)}/Agency {number % 40}"
    image.alt_text = "" if number % 10 == 3 else f"People at the {place}"
    image.keywords = ", ".join(dice.sample(PLACES, 3))
    image.look = f"{dice.getrandbits(64):016x}"
    image.original = f"00/{number}.jpg"
    image.uploaded_at = now - APART * (pictures - 1 - number)
    if number % 8 == 1:
        image.not_after = image.uploaded_at + timedelta(days=dice.choice([10, 400, 4000]))
    return image


def _use(uses, live):
    """Write both indexes of uses: the desk copy of each story has the picture, and so has its live version."""
    ArticlePicture.objects.bulk_create(
        [ArticlePicture(image=image, article_id=story) for image, story in uses], ignore_conflicts=True
    )
    VersionPicture.objects.bulk_create(
        [VersionPicture(image=image, version_id=live[story]) for image, story in uses if story in live],
        ignore_conflicts=True,
    )


def wanted_library_pages(in_many):
    """The library as it opens, as a list and under its filters; the forms of a picture in one and in many stories."""
    queries = {
        "library": {},
        "library: as a list": {"view": "list"},
        "library: search harbour": {"q": "harbour"},
        "library: search two words": {"q": "market petr"},
        "library: rights end soon": {"rights": "ending"},
        "library: rights ended": {"rights": "ended"},
        "library: no alternative text": {"missing": "alt_text"},
        "library: never used": {"missing": "use"},
        "library: agency": {"agency": "Agency 7"},
    }
    pages = [Page(name, path=f"{LIST}?{urlencode(query)}") for name, query in queries.items()]
    one = Image.objects.filter(in_versions__isnull=False).exclude(pk=in_many.pk).order_by("-pk")[0]
    for name, image in (("picture in a story", one), (f"picture in {IN_MANY:,} stories", in_many)):
        pages.append(Page(name, path=reverse("admin:images_image_change", args=[image.pk])))
    return [*pages, Page("front page of the desk", path=reverse("admin:index"))]
