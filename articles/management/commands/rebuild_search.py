"""Writes the index of the desk's search anew: after an import past the desk, or when authors were renamed."""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from articles.models import search


class Command(BaseCommand):
    help = "Write the index of the desk's search anew. The search goes on with the old one until it is done."

    @transaction.atomic
    def handle(self, **options):
        count = search.rebuild(apps)
        self.stdout.write(f"{count} stories can be found.")
