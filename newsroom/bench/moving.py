"""How long the site takes as plain files: all of it, again without a change, and after one story has changed."""

import os
from dataclasses import dataclass
from time import perf_counter

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections

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
    """The Runs of a first export into `folder`, of one without a change, and of one after a story has changed."""
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
    change_an_old_story()
    run("one story changed")
    return runs


def give_pictures_files():
    """The pictures of the bench's archive have addresses and no files; an export copies files."""
    for image in Image.objects.all():
        for crop in image.sources.values():
            for files in crop.values():
                for _width, name in files if isinstance(files, list) else ():
                    if not default_storage.exists(name):
                        default_storage.save(name, ContentFile(b"no picture" * 200))


def change_an_old_story():
    """Publish another word in the oldest story that is live, far from the newest of every list."""
    live = PublishedVersion.objects.filter(visible_until=None).order_by("first_published_at")
    article = Article.objects.get(pk=live.first().article_id)
    article.body = article.body.replace("<p>", "<p>Indeed. ", 1)
    workflow.save(article=article, by=None)
    workflow.publish(article=article, by=None, kind="typo")
