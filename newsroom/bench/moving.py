"""How long the site takes as plain files: all of it, again without a change, and after an old story or the newest one
has changed, which stands beside all others."""

import os
from dataclasses import dataclass
from time import perf_counter

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections
from django.utils import timezone

from articles import workflow
from articles.models import Article, PublishedVersion
from images.models import Image
from moving.site.export import export
from moving.site.signing import own_key


@dataclass(frozen=True)
class Run:
    """One export: seconds by the clock, seconds of work of all its processes, pages and files made, all files."""

    name: str
    seconds: float
    work: float
    made: int
    files: int


def measure_exports(folder):
    """The Runs of a first export into `folder`, of one without a change, and of two after a story has changed."""
    give_pictures_files()
    key, runs = own_key(folder / "key.pem"), []

    def run(name):
        connections.close_all()
        began, before = perf_counter(), os.times()
        report = export(folder / "site", key, processes=os.cpu_count())
        after = os.times()
        work = sum(after[:4]) - sum(before[:4])
        runs.append(Run(name, perf_counter() - began, work, report.made, report.files))

    run("first export")
    run("nothing changed")
    change("first_published_at", body=lambda words: words.replace("<p>", "<p>Indeed. ", 1))
    run("text of an old story")
    change("-first_published_at", headline=lambda words: f"Indeed: {words}")
    run("newest story's headline")
    return runs


def give_pictures_files():
    """The pictures of the bench's archive have addresses and no files; an export copies files."""
    for image in Image.objects.all():
        for crop in image.sources.values():
            for files in crop.values():
                for _width, name in files if isinstance(files, list) else ():
                    if not default_storage.exists(name):
                        default_storage.save(name, ContentFile(b"no picture" * 200))


def change(order, **fields):
    """Publish other words in the first live story of an order. `fields`: name=what makes the new words of the old."""
    live = PublishedVersion.objects.live(timezone.now()).order_by(order)
    article = Article.objects.get(pk=live.first().article_id)
    for name, anew in fields.items():
        setattr(article, name, anew(getattr(article, name)))
    workflow.save(article=article, by=None)
    workflow.publish(article=article, by=None, kind="typo")
