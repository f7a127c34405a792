"""Makes sections, authors and stories for tests, with as few words as a test needs."""

import factory
from factory.django import DjangoModelFactory

from articles import workflow
from articles.models import Article, Section
from authors.models import Author
from images.crops import CROPS
from images.models import Image, Recording


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section
        django_get_or_create = ["slug"]

    name = "News Feed"
    slug = "news-feed"


class AuthorFactory(DjangoModelFactory):
    class Meta:
        model = Author

    name = factory.Sequence(lambda n: f"Writer {n}")
    slug = factory.Sequence(lambda n: f"writer-{n}")
    role = "Reporter"


class ImageFactory(DjangoModelFactory):
    """A library picture whose renditions exist on paper only: pages print it, no file is made."""

    class Meta:
        model = Image

    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    original = factory.Sequence(lambda n: f"00/{n}.jpg")
    format = "JPEG"
    width = 1200
    height = 800
    bytes = 90_000
    alt_text = "A harbour at dusk"
    caption = "The harbour"
    credit = "Arda Example/Agency"
    progress = Image.Progress.MADE

    @factory.lazy_attribute
    def sources(self):
        file = f"renditions/00/{self.sha256[-32:]}.jpg"
        return {crop.name: {"width": 1200, "height": 800, "jpeg": [[1200, file]]} for crop in CROPS}


class RecordingFactory(DjangoModelFactory):
    """Sound whose file exists on paper only."""

    class Meta:
        model = Recording

    title = factory.Sequence(lambda n: f"Sound {n}")
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    file = factory.Sequence(lambda n: f"recordings/00/{n:032x}.mp3")
    is_film = False
    seconds = 95
    bytes = 90_000
    credit = "Mo Example"
    transcript = "A foghorn sounds."


class ArticleFactory(DjangoModelFactory):
    """A desk copy that is fit to publish: headline, text, one author."""

    class Meta:
        model = Article
        skip_postgeneration_save = True

    headline = factory.Sequence(lambda n: f"Something happened for the {n + 1}th time")
    section = factory.SubFactory(SectionFactory)
    body = "<p>Something happened in the harbour on Monday.</p>"

    @factory.post_generation
    def authors(self, create, extracted, **kwargs):
        for position, author in enumerate([AuthorFactory()] if extracted is None else extracted):
            self.bylines.create(author=author, position=position)

    @factory.post_generation
    def tags(self, create, extracted, **kwargs):
        if extracted:
            self.tags.set(extracted)


def published(*, at=None, **fields):
    """An article that is live: since now, or since the past moment `at`."""
    article = ArticleFactory(**fields)
    if at is None:
        workflow.publish(article=article, by=None)
    else:
        workflow.publish_past(article=article, at=at)
    return article


def figure(image, **words):
    """A figure block of a body: the picture and the words of this use."""
    extra = "".join(f' data-{name}="{value}"' for name, value in words.items())
    return f'<figure data-block="figure" data-id="{image.pk}"{extra}></figure>'


def gallery(*figures):
    """A gallery of a body, of figure() blocks."""
    return f'<div data-block="gallery">{"".join(figures)}</div>'


def side_by_side(*figures, caption=""):
    """Two pictures beside each other, of figure() blocks; with one caption for both, or each with its own."""
    shared = f' data-caption="{caption}"' if caption else ""
    return f'<div data-block="side-by-side"{shared}>{"".join(figures)}</div>'


def recording(sound, **words):
    """A recording in a body, and the words of this use."""
    extra = "".join(f' data-{name}="{value}"' for name, value in words.items())
    return f'<div data-block="recording" data-id="{sound.pk}"{extra}></div>'


def related_card(article):
    """A related card of a body."""
    return f'<div data-block="related-card" data-id="{article.pk}"></div>'
