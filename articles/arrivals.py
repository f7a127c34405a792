"""Stories that come from elsewhere, many at once, as they stood there. For importers.

What workflow.save and workflow.publish_past do for one story of the desk, this does for hundreds in as few statements:
an archive of ten years comes in within minutes. An archive is taken as it is: what was public stays public, and no
check asks for the alternative text that nobody wrote in 2014.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from articles import rendering
from articles.models import (
    Address,
    Article,
    Byline,
    KindOfChange,
    PublishedVersion,
    Revision,
    VersionByline,
    VersionCard,
    VersionPicture,
    VersionTag,
    search,
    version_search,
)
from articles.models.article import ArticlePicture, TaggedArticle
from articles.models.revision import snapshot
from images.models import Image


@dataclass
class Arrival:
    """One story that comes in: the unsaved desk copy, its body cleaned and its slug free, and what belongs to it.

    `public_from` is when readers first saw it, or will; None for a draft. When it was saved last elsewhere does not
    say whether a typo or the news changed, so readers are not told of an update.
    """

    article: Article
    bylines: list = field(default_factory=list)  # [(Author, role)]
    tags: list = field(default_factory=list)  # [Tag]
    public_from: datetime | None = None

    @property
    def pictures(self):
        """The ids of its pictures, the lead picture first."""
        found = [self.article.lead_image_id, *(block.id for block in rendering.figures(self.article.body))]
        return list(dict.fromkeys(pk for pk in found if pk))

    @property
    def cards(self):
        """The ids of the stories it shows as related cards."""
        return list(
            dict.fromkeys(
                block.id for block in rendering.references(self.article.body) if block.kind == "related-card"
            )
        )


@transaction.atomic
def settle(arrivals, *, by=None):
    """Write new stories, all or none: desk copies with a revision each, and what readers see of them.

    Raises IntegrityError when a slug is taken, whose whole lot is then to be looked at.
    """
    Article.objects.bulk_create(_signed(one.article, by) for one in arrivals)
    _keep_desk_copies(arrivals, by)
    public = [one for one in arrivals if one.public_from]
    _make_public(public, by)


def _signed(article, by):
    article.saved_by = by
    return article


def _keep_desk_copies(arrivals, by):
    bylines = {
        id(one): [
            Byline(article_id=one.article.pk, author_id=author.pk, role=role, position=position)
            for position, (author, role) in enumerate(one.bylines)
        ]
        for one in arrivals
    }
    Byline.objects.bulk_create(row for rows in bylines.values() for row in rows)
    TaggedArticle.objects.bulk_create(
        TaggedArticle(content_object_id=one.article.pk, tag_id=tag.pk) for one in arrivals for tag in one.tags
    )
    there = _there(Image, (pk for one in arrivals for pk in one.pictures))
    ArticlePicture.objects.bulk_create(
        ArticlePicture(article_id=one.article.pk, image_id=pk)
        for one in arrivals
        for pk in one.pictures
        if pk in there
    )
    Revision.objects.bulk_create(
        Revision(
            article_id=one.article.pk,
            version=one.article.version,
            snapshot=snapshot(one.article, bylines=bylines[id(one)], tags=[tag.name for tag in one.tags]),
            made_by=by,
        )
        for one in arrivals
    )
    search.index_all(
        (one.article, [*(author.name for author, _role in one.bylines), *(tag.name for tag in one.tags)])
        for one in arrivals
    )


def _make_public(arrivals, by):
    versions = [_first_version(one, by) for one in arrivals]
    Address.objects.bulk_create(
        Address(slug=version.slug, article_id=version.article_id) for version in versions
    )
    PublishedVersion.objects.bulk_create(versions)
    both = list(zip(arrivals, versions, strict=True))

    def listed(version):
        return {"article_id": version.article_id, "first_published_at": version.first_published_at}

    VersionByline.objects.bulk_create(
        VersionByline(
            version_id=version.pk, author_id=author.pk, role=role, position=position, **listed(version)
        )
        for one, version in both
        for position, (author, role) in enumerate(one.bylines)
    )
    VersionTag.objects.bulk_create(
        VersionTag(content_object_id=version.pk, tag_id=tag.pk, **listed(version))
        for one, version in both
        for tag in sorted(one.tags, key=lambda tag: tag.name)
    )
    pictures = _there(Image, (pk for one in arrivals for pk in one.pictures))
    VersionPicture.objects.bulk_create(
        VersionPicture(version_id=version.pk, image_id=pk)
        for one, version in both
        for pk in one.pictures
        if pk in pictures
    )
    cards = _there(Article, (pk for one in arrivals for pk in one.cards))
    VersionCard.objects.bulk_create(
        VersionCard(version_id=version.pk, article_id=pk)
        for one, version in both
        for pk in one.cards
        if pk in cards
    )
    version_search.index_all(versions)


def _first_version(arrival, by):
    version = PublishedVersion.of(arrival.article)
    version.visible_from = version.first_published_at = arrival.public_from
    version.kind_of_change = KindOfChange.FIRST
    version.made_by = by
    return version


def _there(model, wanted):
    """Those of the ids `wanted` that have a row."""
    wanted = set(wanted)
    return set(model.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
