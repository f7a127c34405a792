"""What to mind with a picture, in a word or two beside its thumbnail."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from images.models import Image
from images.rights import SOON


@dataclass(frozen=True)
class Badge:
    """Something to mind with a picture: `kind` is "stop", "mind" or "note"."""

    kind: str
    words: Promise


def badges(image, now):
    """What to mind with a picture of a Page, the gravest first."""
    return list(_badges(image, now))


def _badges(image, now):
    if image.restriction == Image.Restriction.DO_NOT_USE:
        yield Badge("stop", _("Do not use"))
    elif image.restriction == Image.Restriction.SINGLE_USE:
        yield Badge("stop", _("Single use: used")) if image.is_used else Badge("mind", _("Single use"))
    if image.not_after and image.not_after <= now:
        yield Badge("stop", _("Rights ended"))
    elif image.not_after and image.not_after <= now + SOON:
        yield Badge("mind", _("Rights end soon"))
    if image.not_before and image.not_before > now:
        yield Badge("mind", _("Rights not begun"))
    if not image.credit:
        yield Badge("mind", _("No credit"))
    if not image.alt_text:
        yield Badge("mind", _("No alternative text"))
    if image.to_check:
        yield Badge("mind", _("Not checked"))
    if not image.is_used:
        yield Badge("note", _("Never used"))
