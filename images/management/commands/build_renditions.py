"""Fill the gaps in the renditions, for example after a width or a quality changed."""

from django.core.management.base import BaseCommand

from images.models import Image
from images.renditions import make_renditions


class Command(BaseCommand):
    help = (
        "Make every missing or outdated rendition. It can be stopped at any time; the next run goes on where "
        "this one stopped, because finished pictures cost it nothing but a look."
    )

    def handle(self, **options):
        made = failed = 0
        for pk in Image.objects.order_by("pk").values_list("pk", flat=True):
            image = Image.objects.filter(pk=pk).first()
            if image is None:  # deleted since the run began
                continue
            try:
                made += make_renditions(image)
            except (OSError, ValueError) as error:
                failed += 1
                self.stderr.write(f"Picture {pk}: {error}")
        self.stdout.write(f"{made} renditions made, {failed} pictures failed.")
