"""A small newsroom with one of everything that has to move, and the plain words of a page."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html.parser import HTMLParser

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages

from articles import workflow
from articles.models import Article, OldAddress, Section
from images.crops import CROPS
from images.models import Image
from tests.factories import AuthorFactory, ImageFactory, SectionFactory, figure, published, related_card

START = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def fill(stories=19):
    """Fill the database; {name: Article} of the stories that tests look for."""
    picture = picture_on_paper(caption="Boats “at” the quay", credit="Ana Example/Agency")
    stand_in = picture_on_paper(credit="Desk")
    town = SectionFactory(name="Town & Tide", slug="town", position=1, stand_in=stand_in)
    feed = SectionFactory(position=0)
    opinion = SectionFactory(name="Opinion", slug="opinion", in_news_feed=False, position=2)
    ines = AuthorFactory(name="Ines Calder", slug="ines-calder", portrait=stand_in, biography="Writes.")
    ines.links.create(label="Mastodon", url="https://social.example/@ines")
    mira = AuthorFactory(name="Mira Holt", slug="mira-holt")

    def story(number, headline, slug, **fields):
        fields = {"authors": [ines], "section": town, "tags": ["Ferries"]} | fields
        return published(at=START + timedelta(hours=number), headline=headline, slug=slug, **fields)

    for number in range(stories):
        story(number, f"Ferry number {number} sails", f"ferry-{number}", section=[town, feed][number % 2])
    quoted = story(stories, "Łódź’s café burned", "cafe", tags=["Fire"], authors=[mira], section=opinion)
    moved = story(stories + 1, "Moved on", "moved-here")
    gone = story(stories + 2, "Gone tomorrow", "gone", tags=["Fire"])
    body = (
        f'<p>See <a href="/cafe/#top">this</a>, <a href="https://other.example/">that</a>, "href=/x/".</p>'
        f"{figure(picture, caption='Seen from the quay')}{related_card(quoted)}"
        '<div data-block="embed" data-url="https://vimeo.com/76979871" data-title="The gate"></div>'
    )
    main = story(stories + 3, "It rained", "rain", body=body, lead_image=picture, authors=[ines, mira])
    workflow.withdraw(article=gone, by=None, reason="It was another ferry.")
    change(moved, slug="moved-there")
    change(main, kind="correction", correction="It was Tuesday.", body=body.replace("See", "Look at"))
    OldAddress.objects.create(path="/2014/05/rain", article=main)
    draft = Article(
        headline="Not yet public", section=Section.objects.get(slug="town"), body="<p>Secret.</p>"
    )
    workflow.save(article=draft, by=None)
    return {"main": main, "quoted": quoted, "moved": moved, "gone": gone, "draft": draft}


def picture_on_paper(**fields):
    """A picture whose original and whose one file for readers are some words."""
    number = Image.objects.count()
    content = f"picture {number}".encode()
    name = f"renditions/00/{number:032x}.jpg"
    sources = {crop.name: {"width": 1200, "height": 800, "jpeg": [[1200, name]]} for crop in CROPS}
    original = {"sha256": sha256(content).hexdigest(), "original": f"00/{number}.jpg"}
    image = ImageFactory(**original, sources=sources, **fields)
    storages["originals"].save(image.original.name, ContentFile(content))
    default_storage.save(name, ContentFile(content))
    return image


def change(story, *, kind="typo", correction="", **fields):
    """Save and publish a story with other words."""
    article = Article.objects.get(pk=story.pk)
    for name, value in fields.items():
        setattr(article, name, value)
    workflow.save(article=article, by=None)
    workflow.publish(article=article, by=None, kind=kind, correction=correction)


class Page(HTMLParser):
    """The words and the links of a page."""

    def __init__(self, text):
        super().__init__()
        self.words, self.links, self.loaded, self._silent = [], [], [], 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "a" and "href" in found or tag == "link" and found.get("rel") == "alternate":
            self.links.append(found["href"])
        if tag == "form" and "action" in found:
            self.links.append(found["action"])
        srcset = (one.strip().split(" ")[0] for one in found.get("srcset", "").split(",") if one.strip())
        self.loaded += [*filter(None, [found.get("src")]), *srcset]
        if tag == "link" and found.get("rel") in ("stylesheet", "icon"):
            self.loaded.append(found["href"])
        self.links += [value for name, value in attributes if name == "data-asks"]

    def handle_data(self, data):
        self.words += data.split()
