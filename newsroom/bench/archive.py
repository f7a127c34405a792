"""An archive as large as wanted: stories of many years, as unevenly spread as real ones.

Written with bulk inserts, because the workflow publishes one story at a time. It holds what readers' pages and the
desk's list read and no more. The same number of stories makes the same archive, which always ends now.
"""

import random
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from articles.models import (
    Address,
    Article,
    Byline,
    Correction,
    Kind,
    KindOfChange,
    PublishedVersion,
    Section,
    Tag,
    VersionByline,
    VersionCard,
    VersionTag,
    version_search,
)
from articles.models import search as desk_search
from articles.models.article import TaggedArticle
from articles.rendering import references
from authors.models import Author
from images.crops import plan_renditions
from images.models import Image
from images.renditions import ENDINGS
from images.search_words import in_a_row
from newsroom.demo.stories import read_stories

#: Stories written in one transaction: what memory holds at a time, about 10 MB.
BATCH = 500
#: Between two stories; 100,000 of them reach five years back.
APART = timedelta(minutes=26)
#: Characters of a body.
BODY_LENGTH = 3000

#: slug, share of the stories, in the News Feed
SECTIONS = [
    ("news-feed", 40, True),
    ("town", 22, True),
    ("harbour", 18, True),
    ("culture", 12, True),
    ("opinion", 8, False),
]
AUTHORS, TAGS, PICTURES, PEOPLE = 40, 200, 300, 12
#: kind of story, share of the stories
KINDS = {Kind.NEWS: 84, Kind.ANALYSIS: 7, Kind.OPINION: 5, Kind.INTERVIEW: 4}
#: From the end of the archive to the moment for which its scheduled stories wait.
AHEAD = timedelta(days=7)


@dataclass
class _Archive:
    """What the stories of one archive are made from, and the dice."""

    dice: random.Random
    newest: datetime
    sections: list
    people: list
    authors: list
    tags: list
    pictures: list
    headlines: list
    standfirsts: list
    paragraphs: list


def fill(stories, *, searchable=True, progress=lambda done: None):
    """Fill the empty database with `stories` stories, the newest of them published now.

    Of fifty, one was never public and one has left the site; of 500 one waits for its moment; all others are live.
    Every fifth was updated, every third shows a picture in its text, every fifth a story card. The readers' search
    finds them, and the desk's if they are to be `searchable`. `progress` is called with the number of stories after
    each batch.
    """
    archive = _prepare()
    known = []
    for start in range(0, stories, BATCH):
        numbers = range(start, min(start + BATCH, stories))
        moments = [archive.newest - APART * (stories - 1 - number) for number in numbers]
        with transaction.atomic():
            known = _add(archive, numbers, moments, known)
        progress(numbers[-1] + 1)
    # What was never public is being written now; all else was saved when it was published last.
    public = PublishedVersion.objects.filter(article=OuterRef("pk"), visible_from__lte=archive.newest)
    last = Subquery(public.order_by("-visible_from").values("visible_from")[:1])
    Article.objects.filter(versions__visible_from__lte=archive.newest).update(saved_at=last)
    with transaction.atomic():
        version_search.rebuild(apps)
        if searchable:
            desk_search.rebuild(apps)


def _prepare():
    dice = random.Random(1)  # noqa: S311 (spreads stories, guards nothing)
    sections = [
        Section(slug=slug, name=slug.replace("-", " ").title(), in_news_feed=feed, position=place)
        for place, (slug, _share, feed) in enumerate(SECTIONS)
    ]
    pictures = Image.objects.bulk_create(picture(number) for number in range(PICTURES))
    people = _people()
    authors = [
        Author(
            name=f"Writer {n}",
            name_words=in_a_row(f"Writer {n}"),
            slug=f"writer-{n}",
            role="Reporter",
            biography="Writes.",
            portrait=pictures[n],
            user=people[n] if n < PEOPLE else None,
        )
        for n in range(AUTHORS)
    ]
    samples = read_stories()
    paragraphs = [words for story in samples for words in re.findall(r"<p>[^{]*?</p>", story.body)]
    return _Archive(
        dice=dice,
        newest=timezone.now(),
        people=people,
        sections=Section.objects.bulk_create(sections),
        authors=Author.objects.bulk_create(authors),
        tags=Tag.objects.bulk_create(
            Tag(name=f"Tag {n}", name_words=in_a_row(f"Tag {n}"), slug=f"tag-{n}") for n in range(TAGS)
        ),
        pictures=pictures,
        headlines=[story.headline for story in samples],
        standfirsts=[story.standfirst for story in samples if story.standfirst],
        paragraphs=paragraphs,
    )


def _people():
    """Editors with accounts; the first are authors as well."""
    user = get_user_model()
    people = user.objects.bulk_create(
        user(username=f"editor-{n}", first_name="Editor", last_name=f"No. {n}", is_staff=True)
        for n in range(PEOPLE)
    )
    Group.objects.get(name="Editor").user_set.add(*people)
    return people


def picture(number):
    """A picture with the sources of a large one and no file: a page prints addresses without looking."""
    sources = {}
    for plan in plan_renditions(2400, 1600):
        name = sha256(f"{number} {plan}".encode()).hexdigest()[:32]
        crop = sources.setdefault(plan.crop, {})
        crop |= {"width": plan.width, "height": plan.height}
        file = f"renditions/{name[:2]}/{name}.{ENDINGS[plan.format]}"
        crop.setdefault(plan.format, []).append([plan.width, file])
    return Image(
        sha256=f"{number:064x}",
        format="JPEG",
        width=2400,
        height=1600,
        bytes=900_000,
        alt_text="A harbour with three boats",
        caption="Three boats wait for the tide.",
        credit="Nobody/Bench",
        sources=sources,
        progress=Image.Progress.MADE,
    )


def _body(archive, number, known):
    parts, length = [], 0
    while length < BODY_LENGTH:
        parts.append(archive.dice.choice(archive.paragraphs))
        length += len(parts[-1])
    if number % 3 == 0:
        picture = archive.dice.choice(archive.pictures)
        parts.insert(1, f'<figure data-block="figure" data-id="{picture.pk}"></figure>')
    if number % 5 == 0 and known:
        # Not by the dice: every fiftieth story was corrected, and some have to quote one of those.
        quoted = known[10 * number % len(known)]
        parts.insert(3, f'<div data-block="related-card" data-id="{quoted}"></div>')
    return "".join(parts)


def _add(archive, numbers, moments, known):
    """Write one batch and return the ids of its stories; `known` are those of the batch before."""
    dice = archive.dice
    shares = [share for _slug, share, _feed in SECTIONS]
    articles = Article.objects.bulk_create(
        Article(
            slug=f"story-{number}",
            headline=dice.choice(archive.headlines),
            standfirst=dice.choice(archive.standfirsts),
            kind=dice.choices(*zip(*KINDS.items(), strict=True))[0],
            section=dice.choices(archive.sections, shares)[0],
            body=_body(archive, number, known),
            lead_image=dice.choice(archive.pictures) if dice.random() < 0.8 else None,
            read_more=dice.sample(known, 2) if number % 10 == 0 and known else [],
            state=_state(number),
            assignee=dice.choice(archive.people) if number % 20 == 1 else None,
            saved_by=dice.choice(archive.people),
        )
        for number in numbers
    )
    Address.objects.bulk_create(Address(slug=article.slug, article=article) for article in articles)
    bylines = [_some(dice, archive.authors, most=2) for _article in articles]
    tags = [_some(dice, archive.tags, most=5) for _article in articles]
    _list_desk_copies(articles, bylines, tags)
    versions, rows = [], []
    for number, at, article, *listed in zip(numbers, moments, articles, bylines, tags, strict=True):
        for version in _versions(article, _intervals(number, at, archive.newest)):
            versions.append(version)
            rows.append(listed)
    versions = PublishedVersion.objects.bulk_create(versions)
    _list_versions(versions, rows)
    _list_cards(versions)
    Correction.objects.bulk_create(
        Correction(article_id=version.article_id, version=version, text="It was Tuesday, not Monday.")
        for version in versions
        if version.kind_of_change == KindOfChange.CORRECTION
    )
    return [article.pk for article in articles]


def _state(number):
    if number % 50 == 1:
        return Article.State.DRAFT
    return Article.State.IN_REVIEW if number % 50 == 4 else Article.State.READY


def _some(dice, things, *, most):
    """One to `most` different things; the first are chosen far more often than the last."""
    weights = [1 / (place + 3) for place in range(len(things))]
    return list(dict.fromkeys(dice.choices(things, weights, k=dice.randint(1, most))))


def _intervals(number, at, newest):
    """(begin, end, kind of change) of each published version of story `number`, which was due at the moment `at`."""
    later = at + APART / 2
    if number % 50 == 1:
        return []
    if number % 50 == 2:
        return [(at, later, KindOfChange.FIRST)]
    if number % 500 == 3:
        return [(newest + AHEAD, None, KindOfChange.FIRST)]
    if number % 50 == 0:  # corrected so much later that others quote it
        later = max(later, min(newest, at + APART * BATCH))
        return [(at, later, KindOfChange.FIRST), (later, None, KindOfChange.CORRECTION)]
    if number % 5 == 0:
        return [(at, later, KindOfChange.FIRST), (later, None, KindOfChange.UPDATE)]
    return [(at, None, KindOfChange.FIRST)]


def _versions(article, intervals):
    """The unsaved published versions of a story."""
    for begins, ends, kind in intervals:
        yield PublishedVersion(
            **article.shared_values(),
            article_id=article.pk,
            article_version=article.version,
            visible_from=begins,
            visible_until=ends,
            kind_of_change=kind,
            first_published_at=intervals[0][0],
            updated_at=begins if kind != KindOfChange.FIRST else None,
            excerpt=article.standfirst,
            word_count=500,
            reading_minutes=3,
        )


def _list_desk_copies(articles, bylines, tags):
    Byline.objects.bulk_create(
        Byline(article=article, author=author, position=place)
        for article, names in zip(articles, bylines, strict=True)
        for place, author in enumerate(names)
    )
    TaggedArticle.objects.bulk_create(
        TaggedArticle(content_object=article, tag=tag)
        for article, words in zip(articles, tags, strict=True)
        for tag in words
    )


def _list_versions(versions, rows):
    key = [{"article_id": one.article_id, "first_published_at": one.first_published_at} for one in versions]
    VersionByline.objects.bulk_create(
        VersionByline(version=version, author=author, position=place, **place_in_list)
        for version, place_in_list, (names, _words) in zip(versions, key, rows, strict=True)
        for place, author in enumerate(names)
    )
    VersionTag.objects.bulk_create(
        VersionTag(content_object=version, tag=tag, **place_in_list)
        for version, place_in_list, (_names, words) in zip(versions, key, rows, strict=True)
        for tag in words
    )


def _list_cards(versions):
    VersionCard.objects.bulk_create(
        VersionCard(version=version, article_id=block.id)
        for version in versions
        for block in references(version.body)
        if block.kind == "related-card"
    )
