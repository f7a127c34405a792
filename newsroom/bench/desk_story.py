"""The story whose form is timed: long, with every block there is, and somebody who may write it."""

import re
from itertools import cycle

from django.contrib.auth import get_user_model

from articles import workflow
from articles.models import Article, Section
from authors.models import Author
from newsroom.demo.library import add_pictures, picture_words
from newsroom.demo.stories import read_stories

WORDS, BLOCKS = 3000, 15
#: Pixels of the longer side of its pictures, which have files: a browser has to load and draw them.
PICTURE_WIDTH = 1200
PASSWORD = "only in the bench's own database"  # noqa: S105
_SHAPES = ["figure", "related-card", "embed"]


def desk_person():
    """The first of the archive's editors, with a PASSWORD."""
    person = get_user_model().objects.get(username="editor-0")
    person.set_password(PASSWORD)
    person.save()
    return person


def write_story(person, *, picture_width=PICTURE_WIDTH):
    """A story of WORDS words and BLOCKS blocks on the desk, live, and changed since; the archive is there already."""
    keys = list(picture_words())[: BLOCKS // len(_SHAPES) + 1]
    words = {"alt_text": "Boats in a harbour", "caption": "The harbour.", "credit": "Nobody/Bench"}
    pictures = [*add_pictures(dict.fromkeys(keys, words), width=picture_width).values()]
    story = Article(
        headline="A long story with all that the desk puts into one",
        standfirst="Three thousand words, fifteen blocks, two authors, five tags.",
        section=Section.objects.first(),
        lead_image=pictures.pop(),
        body=_body(pictures),
        state=Article.State.READY,
    )
    names = [(author, "") for author in Author.objects.order_by("pk")[:2]]
    workflow.save(article=story, by=person, bylines=names, tags=[f"Tag {n}" for n in range(5)])
    workflow.publish(article=story, by=person)
    workflow.save(article=story, by=person)
    return story


def _body(pictures):
    paragraphs = cycle(
        words for story in read_stories() for words in re.findall(r"<p>[^{]*?</p>", story.body)
    )
    blocks = iter(_blocks(pictures))
    parts, words, placed = [], 0, 0
    while words < WORDS:
        parts.append(next(paragraphs))
        words += len(parts[-1].split())
        while placed < BLOCKS and words >= (placed + 1) * WORDS / (BLOCKS + 1):
            parts.append(next(blocks))
            placed += 1
    return "".join(parts)


def _blocks(pictures):
    """BLOCKS blocks, the three kinds in turns."""
    for number, card in enumerate(Article.objects.order_by("-pk")[: len(pictures)]):
        picture = pictures[number]
        Article.objects.filter(pk=card.pk).update(lead_image=picture)  # the archive's own have no files
        yield (
            f'<figure data-block="figure" data-id="{picture.pk}" data-alt="Boats" '
            'data-caption="The harbour on Monday morning, before the ferry left." data-credit="Bench"></figure>'
        )
        yield f'<div data-block="related-card" data-id="{card.pk}"></div>'
        yield f'<div data-block="embed" data-url="https://vimeo.com/{7_000_000 + number}" data-title="The quay"></div>'
