"""Remove files of pictures and recordings that nobody can ask for any more."""

from django.core.management.base import BaseCommand

from images.other_files import sweep_other_files
from images.recording_verbs import remove_lost_recordings
from images.renditions import remove_lost, sweep
from images.uploads import remove_lost_originals


class Command(BaseCommand):
    help = (
        "Remove files that were replaced more than a day ago, and those that a process which was killed left "
        "without a row. Safe beside the site; run it each night."
    )

    def handle(self, **options):
        lost = remove_lost() + remove_lost_originals() + remove_lost_recordings()
        replaced = sweep() + sweep_other_files()
        self.stdout.write(f"{replaced} replaced files and {lost} lost files removed.")
