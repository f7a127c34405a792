"""The picture library: what was uploaded, what is known about it, and the renditions that readers get."""

import secrets
import unicodedata

from django.conf import settings
from django.core.files.storage import storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _


@deconstructible
class OriginalsStorage:
    """Where uploads are kept as they came. No address serves it: a file may hold a place or a serial number.

    It looks the storage up at each use, so that a test's own settings hold for models loaded before.
    """

    def __getattr__(self, name):
        return getattr(storages["originals"], name)

    def url(self, name):
        raise ValueError("An original has no address; readers get renditions.")


def original_name(image, filename):
    """A name that tells nothing and cannot be guessed; only the ending of `filename` is used."""
    token = secrets.token_hex(16)
    ending = filename.rpartition(".")[2].lower()
    return f"{token[:2]}/{token}.{ending}"


def rendition_name(rendition, filename):
    """`filename` is the hash of the content: equal bytes share one file, and a name never changes meaning."""
    return f"renditions/{filename[:2]}/{filename}"


def folded(text):
    """`text` as search compares it: without case and accents, in any script (SQLite folds ASCII only)."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("\0", " "))  # PostgreSQL takes no NUL
    return "".join(character for character in decomposed if not unicodedata.combining(character))


SEARCHED = frozenset(["title", "caption", "credit", "alt_text"])


class ImageQuerySet(models.QuerySet):
    def search(self, words):
        """Pictures in whose title, caption, credit and alternative text every one of `words` occurs."""
        found = self
        for word in folded(words).split()[:8]:
            found = found.filter(search_text__contains=word)
        return found


class Image(models.Model):
    """One picture: the original file, what is said about it and whose it is.

    `width` and `height` are pixels as seen, after the camera's rotation. `sources` holds all that a page
    needs to show the picture without another query; `images.renditions.make_renditions` alone writes it.
    """

    title = models.CharField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_("A working title for the desk. Readers never see it."),
    )
    original = models.FileField(
        _("original"), storage=OriginalsStorage(), upload_to=original_name, editable=False
    )
    sha256 = models.CharField(_("fingerprint"), max_length=64, unique=True, editable=False)
    format = models.CharField(_("format"), max_length=8, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    bytes = models.PositiveBigIntegerField(_("weight"), editable=False)
    alt_text = models.CharField(
        _("alternative text"),
        max_length=500,
        blank=True,
        help_text=_(
            "What is seen, in one sentence. It is read aloud to people who cannot see the picture, "
            "and shown when the picture does not load."
        ),
    )
    caption = models.TextField(
        _("caption"),
        max_length=2000,
        blank=True,
        help_text=_(
            "The standing caption. A story can have its own wording. Do not write the credit here: "
            "it follows the caption in brackets by itself."
        ),
    )
    credit = models.CharField(
        _("credit"),
        max_length=300,
        blank=True,
        help_text=_("Photographer and agency, as readers see it, for example: Arda Example/Agency via Desk."),
    )
    source = models.CharField(
        _("source"),
        max_length=300,
        blank=True,
        help_text=_("Where the file came from: an agency's number, a reader, an address. Desk only."),
    )
    usage_terms = models.TextField(
        _("usage terms"),
        max_length=2000,
        blank=True,
        help_text=_("What the owner allows: territory, number of uses, fee, no cropping. Desk only."),
    )
    not_before = models.DateTimeField(
        _("not before"),
        null=True,
        blank=True,
        help_text=_("The picture must not be published before this time. Leave it empty for no limit."),
    )
    not_after = models.DateTimeField(
        _("not after"),
        null=True,
        blank=True,
        help_text=_("The rights end at this time. Leave it empty for no limit."),
    )
    taken_at = models.DateTimeField(
        _("taken at"),
        null=True,
        blank=True,
        help_text=_("When the picture was taken. It is read from the file when the camera wrote it there."),
    )
    focal_x = models.FloatField(
        _("focal point, across"),
        default=0.5,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("What must stay in every crop: 0 is the left edge, 1 the right edge."),
    )
    focal_y = models.FloatField(
        _("focal point, down"),
        default=0.5,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("What must stay in every crop: 0 is the upper edge, 1 the lower edge."),
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False, db_index=True)
    sources = models.JSONField(_("sources"), default=dict, blank=True, editable=False)
    search_text = models.TextField(_("search text"), blank=True, editable=False)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="image_focal_point_inside",
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                violation_error_message=_("The focal point must lie inside the picture."),
            ),
            models.CheckConstraint(
                name="image_rights_end_after_start",
                condition=Q(not_before=None) | Q(not_after=None) | Q(not_after__gt=F("not_before")),
                violation_error_message=_("The rights must end after they begin."),
            ),
            models.CheckConstraint(
                name="image_has_a_size",
                condition=Q(width__gt=0, height__gt=0, bytes__gt=0),
                violation_error_message=_("A picture needs a width, a height and a weight."),
            ),
        ]

    def __str__(self):
        return self.title or self.caption[:80] or self.alt_text[:80] or str(_("Picture %s") % self.pk)

    def save(self, *args, update_fields=None, **kwargs):
        if update_fields is None or not SEARCHED.isdisjoint(update_fields):
            self.search_text = folded(" ".join([self.title, self.caption, self.credit, self.alt_text]))
            update_fields = update_fields and {*update_fields, "search_text"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def rights_allow(self, at):
        """Whether the rights allow publishing at the moment `at`."""
        return (self.not_before is None or self.not_before <= at) and (
            self.not_after is None or at < self.not_after
        )


class Rendition(models.Model):
    """One file that readers get: a crop of an image in one width and format.

    `recipe` names the crop box and the encoder's settings that made the file, so that a moved focal point
    or a new quality makes exactly the files it changes out of date.
    """

    class Format(models.TextChoices):
        AVIF = "avif"
        WEBP = "webp"
        JPEG = "jpeg"

    image = models.ForeignKey(
        Image, verbose_name=_("picture"), on_delete=models.CASCADE, related_name="renditions"
    )
    crop = models.CharField(_("crop"), max_length=16)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    format = models.CharField(_("format"), max_length=8, choices=Format)
    file = models.FileField(_("file"), upload_to=rendition_name, db_index=True)
    recipe = models.CharField(_("recipe"), max_length=80)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        ordering = ["crop", "format", "width"]
        constraints = [
            models.UniqueConstraint(
                name="rendition_once_per_picture", fields=["image", "crop", "width", "format"]
            ),
            models.CheckConstraint(name="rendition_has_a_size", condition=Q(width__gt=0, height__gt=0)),
        ]

    def __str__(self):
        return f"{self.crop} {self.width}×{self.height} {self.format}"
