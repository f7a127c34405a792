"""Django's migrate, around which the tables that readers read are watched anew.

A change to a table on SQLite makes a new one and leaves its triggers behind; a change on PostgreSQL does not like
waiting triggers. So they go before every migration and come back after it.
"""

from django.core.management.commands import migrate

from newsroom.page_cache import watched_tables
from pagecache import watches


class Command(migrate.Command):
    def handle(self, *args, **options):
        tables = watched_tables()
        watches.lift(tables)
        try:
            super().handle(*args, **options)
        finally:
            watches.lay(tables)
