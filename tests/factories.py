"""Makes sections, authors and stories for tests, with as few words as a test needs."""

import factory
from factory.django import DjangoModelFactory

from articles import workflow
from articles.models import Article, Section
from authors.models import Author


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
