"""What readers' pages weigh: bytes as they come over the line and requests, for a first visit with nothing kept.

Counted is what a page asks for at once on a phone 390 pixels wide with two dots to each: the page, its stylesheets and
scripts, and pictures that do not wait to be scrolled to. The icon is left out; browsers ask for it later, and once.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from statistics import median

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from articles.archive import months
from articles.models import PublishedVersion
from images.places import PLACES
from images.sources import picture_of

#: The budget, in bytes.
WORDS, SCRIPT, LITE, LEAD = 30_000, 4_000, 20_000, 60_000
REQUESTS = 3
#: Dots of the phone to what a picture's `sizes` says: its screen is 390 pixels wide, with two dots to each.
DOTS = {"vw": 3.9 * 2, "rem": 16 * 2, "px": 2}


@dataclass
class Weight:
    """One page. Bytes by what they are for; `requests` are those without pictures."""

    name: str
    html: int = 0
    css: int = 0
    script: int = 0
    requests: int = 1
    pictures: list = field(default_factory=list)

    @property
    def words(self):
        """Everything but pictures."""
        return self.html + self.css + self.script


def weigh(name, path, fetch):
    """The Weight of the page at `path`. `fetch(path)` gives (bytes on the line, what they are unpacked)."""
    size, page = fetch(path)
    weight, needs = Weight(name, html=size), _Needs.of(page.decode())
    for sheet in needs.sheets:
        weight.css += fetch(sheet)[0]
    scripts = list(needs.scripts)
    for script in scripts:  # and the modules that they import before they run
        size, source = fetch(script)
        weight.script += size
        found = re.findall(r'^(?:import|export)\b[^"\']*["\'](/[^"\']+)["\']', source.decode(), re.MULTILINE)
        scripts += [module for module in found if module not in scripts]
    weight.requests += len(needs.sheets) + len(scripts)
    weight.pictures = [fetch(picture)[0] for picture in needs.pictures]
    return weight


class _Needs(HTMLParser):
    """The addresses of what a page asks for at once."""

    def __init__(self):
        super().__init__()
        self.sheets, self.scripts, self.pictures = [], [], []
        self._offered = ""

    @classmethod
    def of(cls, page):
        needs = cls()
        needs.feed(page)
        return needs

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag == "link" and said.get("rel") == "stylesheet":
            self.sheets.append(said["href"])
        elif tag == "script" and "src" in said and said["src"] not in self.scripts:
            self.scripts.append(said["src"])
        elif tag == "source" and said.get("type") == "image/avif":
            self._offered = for_phone(said["srcset"], said["sizes"])
        elif tag == "img":
            if said.get("loading") != "lazy":
                self.pictures.append(self._offered or said["src"])
            self._offered = ""


def for_phone(srcset, sizes):
    """The address that a phone chooses of a srcset: the smallest with enough dots, or the largest there is.

    Of `sizes` it is the last that counts: those before it are for wider screens.
    """
    said, unit = re.fullmatch(r"([\d.]+)(vw|rem|px)", sizes.rpartition(",")[2].strip()).groups()
    offers = [offer.split() for offer in srcset.split(",")]
    widths = sorted((int(width.rstrip("w")), address) for address, width in offers)
    dots = float(said) * DOTS[unit]
    return next((address for width, address in widths if width >= dots), widths[-1][1])


def wanted():
    """(name, path) of one page of each kind that the database has."""
    at = timezone.now()
    live = PublishedVersion.objects.live(at).newest_first()
    in_words = live.filter(lead_image=None).exclude(body__contains='data-block="figure"').first()
    illustrated = live.exclude(lead_image=None).first()
    yield "front page", reverse("front-page")
    yield "News Feed", reverse("news-feed")
    if in_words:
        yield "story in words", in_words.get_absolute_url()
    if illustrated:
        yield "story with a picture", illustrated.get_absolute_url()
        yield "section", illustrated.section.get_absolute_url()
        yield "author", illustrated.authors.first().get_absolute_url()
    if tagged := live.filter(~Q(tags=None)).first():
        yield "tag", tagged.tags.first().get_absolute_url()
    if month := next(iter(months(at)), None):
        yield "archive, a month", month.get_absolute_url()
    yield "corrections", reverse("corrections")
    yield "search", f"{reverse('search')}?q=the"
    yield "lite front page", reverse("lite")
    yield "lite News Feed", reverse("lite-feed")
    if any_story := in_words or illustrated:
        yield "lite story", reverse("lite-story", args=[any_story.slug])


def lead_pictures(fetch):
    """Bytes of the lead picture of each live story, as a phone gets it."""
    live = PublishedVersion.objects.live(timezone.now()).exclude(lead_image=None).select_related("lead_image")
    pictures = [picture_of(story.lead_image, "lead") for story in live]
    offers = [dict(picture.modern)["image/avif"] for picture in pictures if picture]
    return [fetch(for_phone(offer, PLACES["lead"].sizes))[0] for offer in offers]


def table(weights):
    """Lines for people, in bytes."""
    width = max(len(weight.name) for weight in weights)
    yield f"{'bytes, compressed':{width}}    HTML     CSS  script     all  requests  pictures at once"
    for one in weights:
        pictures = f"{sum(one.pictures):,} in {len(one.pictures)}" if one.pictures else ""
        parts = f"{one.html:7,} {one.css:7,} {one.script:7,} {one.words:7,}  {one.requests:8}"
        yield f"{one.name:{width}} {parts}  {pictures:>16}".rstrip()


def goals(weights, leads):
    """(whether it is met, the goal in words) for each part of the budget."""
    lite = [one for one in weights if one.name.startswith("lite")]
    stories = [one for one in weights if one.name.startswith("story")]
    heaviest = max(one.words for one in stories)
    yield heaviest <= WORDS, f"a story without its pictures at most {WORDS:,} bytes: {heaviest:,}"
    script = max(one.script for one in stories)
    yield script <= SCRIPT, f"its script at most {SCRIPT:,} bytes: {script:,}"
    requests = max(one.requests for one in weights)
    yield requests <= REQUESTS, f"a page without its pictures at most {REQUESTS} requests: {requests}"
    if leads:
        usual = round(median(leads))
        said = f"{usual:,}, the heaviest of {len(leads)} {max(leads):,}"
        yield usual <= LEAD, f"a usual lead picture on a phone at most {LEAD:,} bytes: {said}"
    heaviest = max(one.words for one in lite)
    yield heaviest < LITE, f"a lite page below {LITE:,} bytes: {heaviest:,}"
