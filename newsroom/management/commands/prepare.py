"""Bring the database and the static files up to this code, fill an empty newsroom, and say where to go."""

import json

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = "Migrate, collect the static files, load the demo into an empty newsroom and print where to go."

    def add_arguments(self, parser):
        parser.add_argument("--no-demo", action="store_true", help="Leave an empty newsroom empty.")

    def handle(self, *, no_demo, **options):
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if not no_demo:
            call_command("load_demo", if_empty=True, verbosity=0, stdout=self.stdout)
        self.stdout.write("\n".join(welcome()))


def welcome():
    """The lines that tell a newcomer where to read, where to sign in and with what."""
    yield ""
    yield _("  Read      %(address)s/") % {"address": settings.SITE_URL}
    yield _("  Sign in   %(address)s/admin/") % {"address": settings.SITE_URL}
    users = get_user_model().objects
    accounts = [account for account in demo_accounts() if users.filter(username=account["username"]).exists()]
    for account in accounts:
        yield "            {username:<10} {password}   {role}".format(**account)
    if not users.exists():
        yield _(
            "            Nobody has an account yet. The first: .venv/bin/python manage.py createsuperuser"
        )


def demo_accounts():
    """What load_demo left in var/demo-accounts.json: a list of username, password and role."""
    path = settings.VAR_DIR / "demo-accounts.json"
    return json.loads(path.read_text()) if path.exists() else []
