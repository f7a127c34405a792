"""What happens beside the requests: the files for readers are made. Any backend of Django's task API can run it."""

from django_tasks import task

from images.models import Image
from images.other_files import sweep_other_files
from images.renditions import sweep, try_renditions


@task
def make_waiting():
    """Make the renditions of every picture that waits for them, the oldest first; the number of pictures.

    The row is the queue: a picture waits until its files are there or were tried in vain, whoever was killed
    in between. Asking for this task twice does no harm.
    """
    pictures = 0
    while image := Image.objects.filter(progress=Image.Progress.WAITING).order_by("pk").first():
        try_renditions(image)
        pictures += 1
    sweep()
    sweep_other_files()
    return pictures
