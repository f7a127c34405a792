"""Files beside a picture's own: how long one that is offered stays, and the one that was there before."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from images.models import OtherFile

#: An offer that nobody decided about.
OFFER_KEPT = timedelta(days=1)
#: For so long the file that was there before can be put back.
FORMER_KEPT = timedelta(days=7)


def remove_other_files(rows):
    """Delete these rows, and their files when the transaction around it has succeeded."""
    with transaction.atomic():
        for row in rows:
            transaction.on_commit(partial(row.original.storage.delete, row.original.name))
            row.delete()


def sweep_other_files():
    """Remove what was offered and what was kept for too long; the number of files."""
    now = timezone.now()
    offers = Q(state=OtherFile.State.OFFERED, at__lt=now - OFFER_KEPT)
    due = list(OtherFile.objects.filter(offers | Q(state=OtherFile.State.FORMER, at__lt=now - FORMER_KEPT)))
    remove_other_files(due)
    return len(due)
