"""When readers may see a picture: what the desk is told of it, and what happens when that changes.

Pages ask `Image.rights_allow(at)` for each picture at their own moment, so nothing has to run when rights end.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

import log
from images.models import Image, Rendition, new_name_key
from images.progress import wait_again
from images.renditions import delete_later

#: What says when and where readers may see a picture, and on what terms.
FIELDS = (
    *["usage_terms", "not_before", "not_after", "territory", "restriction", "restriction_reason", "source"],
)

#: Rights that end within this time are reported to the desk.
SOON = timedelta(days=settings.RIGHTS_SOON_DAYS)


def why_not(image, at):
    """What keeps readers from seeing the picture at the moment `at`, in a sentence for the desk; "" for nothing."""
    refusal = image.refusal(at)
    if refusal == Image.Refusal.DO_NOT_USE:
        reason = image.restriction_reason.strip().rstrip(".")
        return _("It is marked “Do not use”: %(reason)s.") % {"reason": reason or _("no reason was given")}
    if refusal == Image.Refusal.ENDED:
        return _("Its rights ended on %(moment)s.") % {"moment": _clock(image.not_after)}
    if refusal == Image.Refusal.NOT_YET:
        return _("Its rights begin on %(moment)s.") % {"moment": _clock(image.not_before)}
    return ""


def _clock(moment):
    return date_format(timezone.localtime(moment), "j E Y, H:i")


# --- When somebody changes them -----------------------------------------------------------------------------


def changed(image, before, *, by):
    """Write into the log which rights of `image` are others than those of the Image `before`.

    Whoever saves rights calls it inside that transaction. A picture that is taken from readers by it loses its
    files' addresses at once; when rights end by the clock, pages stop naming them, which is all that happens.
    """
    said = {name: getattr(image, name) for name in FIELDS if getattr(image, name) != getattr(before, name)}
    if not said:
        return
    log.write("picture.rights-changed", by=by, subject=image, text=in_words(image, said), data=said)
    now = timezone.now()
    if before.rights_allow(now) and not image.rights_allow(now):
        forget_addresses(image)


def in_words(thing, names):
    """The fields `names` of a picture or recording in the log: “Not after: 4 May 2026, 12:00. Restriction: None.”"""
    words = []
    for name in names:
        value = getattr(thing, name)
        if name == "restriction":
            value = thing.get_restriction_display()
        elif name in ("not_before", "not_after") and value:
            value = _clock(value)
        label = capfirst(thing._meta.get_field(name).verbose_name)
        words.append(f"{label}: {str(value or '—').rstrip('.')}.")
    return " ".join(words)


def forget_addresses(image):
    """Let nobody find the files of `image` any more, whoever kept their addresses. Needs a transaction.

    The files go, and are made anew in the background under names that nobody outside knows: the desk goes on
    seeing the picture, and it is there when it is allowed again.
    """
    files = list(Rendition.objects.filter(image=image).values_list("file", flat=True))
    Rendition.objects.filter(image=image).delete()
    image.name_key, image.sources = new_name_key(), {}
    image.save(update_fields=["name_key", "sources"])
    delete_later(files)
    wait_again(image)
