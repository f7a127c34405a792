"""The picture library: what was uploaded, what is known about it, and the renditions that readers get."""

import secrets

from django.conf import settings
from django.core.files.storage import storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

from images import look, lookups, search  # noqa: F401 (lookups: the fields learn a question)
from pagecache.moment import reached


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


def new_name_key():
    """A secret of 128 bits in hexadecimal."""
    return secrets.token_hex(16)


def rendition_name(rendition, filename):
    """`filename` is the keyed hash of the content (see images.renditions.store): a name never changes meaning."""
    return f"renditions/{filename[:2]}/{filename}"


#: What a reader's page has no use for: it is left in the database when pictures are fetched for one.
DESK_ONLY = (
    *["title", "original", "sha256", "format", "bytes", "photographer", "agency", "people", "place"],
    *["keywords", "source", "usage_terms", "territory", "restriction_reason", "taken_at", "own_crops"],
    *["camera", "to_check", "look", "name_key", "progress", "failure", "uploaded_by", "uploaded_at"],
    *["focal_x", "focal_y"],
)


def desk_only(*paths):
    """The fields to defer of the pictures at the end of these relations: desk_only("lead_image")."""
    return [f"{path}__{name}" for path in paths for name in DESK_ONLY]


def shown_columns(path=""):
    """The columns of a picture that pages read, where a question reaches it by `path`, such as "portrait__"."""
    return [path + field.attname for field in Image._meta.concrete_fields if field.name not in DESK_ONLY]


def whose(credit):
    """(photographer, agency) of a credit as agencies write it: “Arda Example/Agency via Desk”."""
    photographer, slash, agency = (part.strip() for part in credit.partition("/"))
    if not slash and " via " in photographer:
        photographer, _via, agency = (part.strip() for part in photographer.partition(" via "))
    return photographer, agency


class ImageQuerySet(models.QuerySet):
    def search(self, words):
        """Pictures in whose words every one of `words` occurs; the beginning of a word will do."""
        return search.INDEX.matching(self, words)

    def looking_like(self, wanted, *, most=3):
        """The pictures that look most like the look `wanted`, the most alike first: a list, often empty.

        It reads every look from its index, which takes about a tenth of a second at 100,000 pictures.
        """
        if not wanted:
            return []
        looks = self.exclude(look="").order_by().values_list("pk", "look").iterator(chunk_size=5000)
        near = look.nearest(wanted, looks)[:most]
        found = self.in_bulk(near)
        return [found[pk] for pk in near if pk in found]


class Image(models.Model):
    """One picture: the original file, what is said about it and whose it is.

    `width` and `height` are pixels as seen, after the camera's rotation. `sources` holds all that a page
    needs to show the picture without another query; `images.renditions.make_renditions` alone writes it.
    """

    class Restriction(models.TextChoices):
        NONE = "", _("None")
        SINGLE_USE = "single-use", _("Single use: one story only")
        DO_NOT_USE = "do-not-use", _("Do not use")

    class Refusal(models.TextChoices):
        """Why readers may not see the picture. The label is what they are told where it would stand."""

        DO_NOT_USE = "do-not-use", _("This picture is no longer available: we may not show it any more.")
        ENDED = "ended", _("This picture is no longer available: our right to show it has ended.")
        NOT_YET = "not-yet", _("This picture is not available: we may not show it yet.")

    class Progress(models.TextChoices):
        """How far the files for readers are."""

        WAITING = "waiting", _("Being made")
        MADE = "made", _("Ready")
        FAILED = "failed", _("Failed")

    class Failure(models.TextChoices):
        """Why they could not be made, and what to do."""

        MISSING = (
            "missing",
            _("The original file is not where it was kept. Bring it back from the backup, then try again."),
        )
        STORAGE = (
            "storage",
            _(
                "The files could not be written: the disk is full or does not answer. Make room, then try again."
            ),
        )
        DAMAGED = (
            "damaged",
            _("The original cannot be read to its end. Export the picture again and replace the file."),
        )

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
    photographer = models.CharField(_("photographer"), max_length=300, blank=True, editable=False)
    agency = models.CharField(_("agency"), max_length=300, blank=True, editable=False)
    people = models.TextField(
        _("people"),
        max_length=1000,
        blank=True,
        help_text=_(
            "Who is in the picture, separated by commas. Desk only; it makes the picture easy to find."
        ),
    )
    place = models.CharField(
        _("place"),
        max_length=200,
        blank=True,
        help_text=_("Where it was taken: town and country. Desk only."),
    )
    keywords = models.TextField(
        _("keywords"), max_length=2000, blank=True, help_text=_("Separated by commas. Desk only.")
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
        help_text=_("What the owner allows: number of uses, fee, no cropping. Desk only."),
    )
    territory = models.CharField(
        _("territory"),
        max_length=200,
        blank=True,
        help_text=_(
            "Where it may be shown, such as “Not in Germany”. A note for the desk: readers are not sorted."
        ),
    )
    restriction = models.CharField(
        _("restriction"),
        max_length=12,
        blank=True,
        default=Restriction.NONE,
        choices=Restriction,
        help_text=_(
            "“Do not use” keeps the picture out of new stories and takes it off public pages at once."
        ),
    )
    restriction_reason = models.CharField(
        _("reason of the restriction"),
        max_length=300,
        blank=True,
        help_text=_("For colleagues: what happened, and whom to ask."),
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
    own_crops = models.JSONField(
        _("own crops"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_(
            "{crop: [left, upper, right, lower]} in shares of the picture, where the desk drew its own."
        ),
    )
    camera = models.JSONField(
        _("camera"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_(
            "Camera, serial numbers and position, as the file said. Only the picture desk sees them."
        ),
    )
    to_check = models.JSONField(
        _("to check"),
        default=list,
        blank=True,
        editable=False,
        help_text=_(
            "Names of the fields that were filled in from the file and that nobody has looked at yet."
        ),
    )
    look = models.CharField(
        _("look"),
        max_length=16,
        blank=True,
        editable=False,
        help_text=_("A perceptual hash of 64 bits in hexadecimal: near for pictures that look alike."),
    )
    name_key = models.CharField(
        _("key of file names"),
        max_length=32,
        default=new_name_key,
        editable=False,
        help_text=_("Mixed into the names of the renditions, so that who has the file cannot guess them."),
    )
    progress = models.CharField(
        _("files for readers"), max_length=8, choices=Progress, default=Progress.WAITING, editable=False
    )
    failure = models.CharField(
        _("why they failed"), max_length=8, choices=Failure, blank=True, default="", editable=False
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
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    sources = models.JSONField(_("sources"), default=dict, blank=True, editable=False)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at", "-pk"]
        permissions = [("see_camera", _("Can see and wipe where and with what a picture was taken"))]
        indexes = [
            models.Index(fields=["-uploaded_at", "-id"], name="image_newest"),
            models.Index(fields=["photographer"], name="image_photographer"),
            models.Index(fields=["agency"], name="image_agency"),
            models.Index(fields=["not_before"], name="image_rights_begin"),
            models.Index(fields=["not_after"], name="image_rights_end"),
            models.Index(fields=["look", "id"], name="image_look"),
            models.Index(fields=["progress"], name="image_progress"),
            # What a picture desk looks for among very many, newest first: each index has only those.
            *[
                models.Index(
                    fields=["-uploaded_at", "-id"], name=f"image_{name}", condition=Q(**{condition: value})
                )
                for name, condition, value in [
                    ("without_alt", "alt_text__blank", True),
                    ("without_credit", "credit__blank", True),
                    ("without_caption", "caption__blank", True),
                    ("unchecked", "to_check__blank", False),
                    ("restricted", "restriction__blank", False),
                    ("square", "width", F("height")),
                ]
            ],
            *[
                models.Index(
                    fields=["-uploaded_at", "-id", edge],
                    name=f"image_{name}_newest",
                    condition=Q(**{f"{edge}__isnull": False}),
                )
                for edge, name in [("not_before", "rights_begin"), ("not_after", "rights_end")]
            ],
        ]
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
        has_words = update_fields is None or not set(search.SEARCHED).isdisjoint(update_fields)
        if has_words:
            self.photographer, self.agency = whose(self.credit)
            update_fields = update_fields and {*update_fields, "photographer", "agency"}
        with transaction.atomic():
            super().save(*args, update_fields=update_fields, **kwargs)
            if has_words:
                search.index(self)

    def refusal(self, at):
        """The Refusal that keeps the picture from readers at the moment `at`, or None."""
        if self.restriction == self.Restriction.DO_NOT_USE:
            return self.Refusal.DO_NOT_USE
        if self.not_after is not None and reached(self.not_after, at):
            return self.Refusal.ENDED
        if self.not_before is not None and not reached(self.not_before, at):
            return self.Refusal.NOT_YET
        return None

    def unchecked(self):
        """What the file filled in and nobody has looked at yet, in words: “caption, credit”, or ""."""
        return ", ".join(str(self._meta.get_field(name).verbose_name) for name in self.to_check)

    def rights_allow(self, at):
        """Whether the rights allow showing the picture to readers at the moment `at`."""
        return self.refusal(at) is None


class RenditionQuerySet(models.QuerySet):
    def current(self):
        """Those that pages name now."""
        return self.filter(retired_at=None)


class Rendition(models.Model):
    """One file that readers get: a crop of an image in one width and format.

    `recipe` names the crop box and the encoder's settings that made the file, so that a moved focal point
    or a new quality makes exactly the files it changes out of date. A file that another one replaced is kept
    for a day (images.renditions.KEPT), because open and cached pages still ask for it.
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
    retired_at = models.DateTimeField(_("replaced at"), null=True, blank=True, db_index=True)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        ordering = ["crop", "format", "width"]
        constraints = [
            models.UniqueConstraint(
                name="rendition_once_per_picture",
                fields=["image", "crop", "width", "format"],
                condition=Q(retired_at=None),
            ),
            models.CheckConstraint(name="rendition_has_a_size", condition=Q(width__gt=0, height__gt=0)),
        ]

    def __str__(self):
        return f"{self.crop} {self.width}×{self.height} {self.format}"


class OtherFile(models.Model):
    """A file beside a picture's own: one that somebody offers in its place, or the one that was there before.

    images/replacing.py exchanges the two, so that the same step puts the old file back. `focal_x`, `focal_y` and
    `own_crops` are those that belong to this file; `words` is what the file says of itself.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered")
        FORMER = "former", _("There before")

    image = models.ForeignKey(
        Image, verbose_name=_("picture"), on_delete=models.CASCADE, related_name="other_files"
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OFFERED)
    original = models.FileField(_("file"), storage=OriginalsStorage(), upload_to=original_name)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    format = models.CharField(_("format"), max_length=8)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    bytes = models.PositiveBigIntegerField(_("weight"))
    look = models.CharField(_("look"), max_length=16, blank=True)
    camera = models.JSONField(_("camera"), default=dict, blank=True)
    words = models.JSONField(_("words"), default=dict, blank=True)
    focal_x = models.FloatField(_("focal point, across"), default=0.5)
    focal_y = models.FloatField(_("focal point, down"), default=0.5)
    own_crops = models.JSONField(_("own crops"), default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("other file")
        verbose_name_plural = _("other files")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="picture_has_one_former_file", fields=["image"], condition=Q(state="former")
            ),
        ]

    def __str__(self):
        return f"{self.get_state_display()}: {self.width} × {self.height}"


from images.recording import Recording  # noqa: E402, F401 (Django looks for models here)
