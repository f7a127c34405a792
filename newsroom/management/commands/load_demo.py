"""Fill an empty database with the demo newsroom."""

import os

from django.core.management.base import BaseCommand, CommandError

from articles.models import Article, Section
from newsroom.demo.load import load, write_accounts


class Command(BaseCommand):
    help = "Fill an empty database with the demo newsroom: stories, authors, pictures and four accounts."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Do nothing, without complaint, when there are stories already.",
        )

    def handle(self, *, if_empty, verbosity, **options):
        if Article.objects.exists() or Section.objects.exists():
            if if_empty:
                return
            raise CommandError("There are stories in this database already; the demo would mix with them.")
        self.stdout.write("Bringing in the pictures and stories of the demo newsroom...")
        accounts = load(processes=min(4, os.cpu_count() or 1))
        path = write_accounts(accounts)
        if verbosity == 0:
            return
        for account in accounts:
            self.stdout.write(f"  {account['username']:10} {account['password']}   {account['role']}")
        self.stdout.write(f"The accounts are also in {path}.")
