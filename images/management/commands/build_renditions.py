"""Fill the gaps in the renditions and looks: after a width or a quality changed, after a failure, or as the worker."""

import signal
import sys
import time

from django.core.management.base import BaseCommand

from images.models import Image
from images.renditions import sweep, try_renditions
from images.tasks import make_waiting
from images.uploads import fill_look

#: Seconds between two lines that say how far the run is (with --verbosity 2 there is one for each picture), and
#: between two looks for new work.
TELLING, LOOKING = 5, 1


class Command(BaseCommand):
    help = (
        "Make every missing or outdated rendition. It can be stopped at any time; the next run goes on where "
        "this one stopped, because finished pictures cost it nothing but a look. It may run beside the site."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--failed", action="store_true", help="Only pictures whose renditions failed before."
        )
        parser.add_argument(
            "--wait",
            action="store_true",
            help="Do not look at all pictures; make what is uploaded from now on, until stopped (PICTURE_WORKER).",
        )

    def handle(self, *, failed, wait, verbosity, **options):
        self.telling = TELLING if verbosity < 2 else 0
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            if wait:
                self.wait()
            else:
                self.build(Image.objects.filter(progress=Image.Progress.FAILED) if failed else Image.objects)
        except KeyboardInterrupt:
            self.stdout.write("Stopped. The next run goes on from here.")
            sys.exit(128 + signal.SIGINT)

    def wait(self):
        self.say("Waiting for pictures; stop with Ctrl-C.")
        while True:
            if made := make_waiting.call():
                self.say(f"Made the files of {made} {'picture' if made == 1 else 'pictures'}.")
            time.sleep(LOOKING)

    def build(self, pictures):
        pks = list(pictures.order_by("pk").values_list("pk", flat=True))
        made = failed = 0
        began = told = time.monotonic()
        for number, pk in enumerate(pks):
            if number and time.monotonic() - told >= self.telling:
                told = time.monotonic()
                self.tell(number, len(pks), told - began)
            image = Image.objects.filter(pk=pk).first()
            if image is None:  # deleted since the run began
                continue
            count = try_renditions(image)
            if count is None:
                failed += 1
                image.refresh_from_db(fields=["failure"])
                self.stderr.write(f"Picture {pk}: {image.get_failure_display()}")
            else:
                made += count
                fill_look(image)
        sweep()
        self.stdout.write(f"{made} renditions made, {failed} pictures failed.")

    def tell(self, done, total, seconds):
        """So many of so many, the rate, and how long the rest will take at that rate."""
        rate = done / seconds
        left = duration(total - done, rate)
        self.say(f"{done:,} of {total:,} pictures, {rate:.1f} a second, {left} left")

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()


def duration(number, rate):
    """How long `number` pictures take at `rate` a second: 3 h 20 min."""
    minutes, seconds = divmod(round(number / rate), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s"
