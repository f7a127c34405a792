"""Writes the indexes of all searches anew: after an import past the desk, or when a table was changed by hand."""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from articles.models import Tag, search, version_search
from authors.models import Author
from images import recording_search
from images import search as pictures_search
from images.search_words import in_a_row

BATCH = 500


class Command(BaseCommand):
    help = "Write the indexes of the desk's and the readers' searches anew. The old ones answer until it is done."

    @transaction.atomic
    def handle(self, **options):
        for model in (Author, Tag):
            named = list(model.objects.all())
            for one in named:
                one.name_words = in_a_row(one.name)
            model.objects.bulk_update(named, ["name_words"], batch_size=BATCH)
        recordings, pictures = recording_search.rebuild(apps), pictures_search.rebuild(apps)
        stories = search.rebuild(apps)
        versions = version_search.rebuild(apps)
        self.stdout.write(
            f"{stories} stories, {pictures} pictures and {recordings} recordings can be found at the desk."
        )
        self.stdout.write(f"{versions} published versions can be found while they are live.")
