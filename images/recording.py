"""Sound and film of the newsroom: the file that readers get, and what is said about it."""

import secrets

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from images import recording_search
from pagecache.moment import reached


def recording_name(recording, filename):
    """A name that nobody can guess before a page says it, and that never means another file."""
    token = secrets.token_hex(16)
    return f"recordings/{token[:2]}/{token}.{filename.rpartition('.')[2]}"


class RecordingQuerySet(models.QuerySet):
    def search(self, words):
        """Those in whose words, the transcript's too, every one of `words` occurs; the beginning of a word will do."""
        return recording_search.INDEX.matching(self, words)

    def allowed(self, at):
        """Those that readers may hear or see at the moment `at`."""
        begun = Q(not_before=None) | Q(not_before__lte=at)
        return self.filter(begun).filter(Q(not_after=None) | Q(not_after__gt=at))


class Recording(models.Model):
    """One file of sound or film, without anything that it said about its source (images/recording_files.py)."""

    class Refusal(models.TextChoices):
        """Why readers may not have it. The label is what they are told where it would stand."""

        ENDED = "ended", _("This recording is no longer available: our right to play it has ended.")
        NOT_YET = "not-yet", _("This recording is not available: we may not play it yet.")

    title = models.CharField(
        _("title"), max_length=200, help_text=_("What is heard or seen. Readers see it.")
    )
    file = models.FileField(_("file"), upload_to=recording_name, editable=False)
    sha256 = models.CharField(_("fingerprint"), max_length=64, unique=True, editable=False)
    is_film = models.BooleanField(_("has a picture"), editable=False)
    seconds = models.PositiveIntegerField(_("length"), editable=False)
    bytes = models.PositiveBigIntegerField(_("weight"), editable=False)
    caption = models.TextField(
        _("caption"), max_length=2000, blank=True, help_text=_("Who speaks, where and when.")
    )
    credit = models.CharField(_("credit"), max_length=300, blank=True, help_text=_("Who made the recording."))
    transcript = models.TextField(
        _("transcript"),
        max_length=200_000,
        blank=True,
        help_text=_("Every word that is said, and the sounds that matter, for people who cannot hear them."),
    )
    captions = models.FileField(_("captions"), upload_to=recording_name, blank=True, editable=False)
    poster = models.ForeignKey(
        "images.Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="poster_of",
        verbose_name=_("poster"),
        help_text=_("The picture that stands in a film's place until somebody starts it."),
    )
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    not_after = models.DateTimeField(_("not after"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        "auth.User",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)

    objects = RecordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.title

    def save(self, *args, update_fields=None, **kwargs):
        with transaction.atomic():
            super().save(*args, update_fields=update_fields, **kwargs)
            if update_fields is None or not set(recording_search.SEARCHED).isdisjoint(update_fields):
                recording_search.index(self)

    def put(self, sound):
        """Give a new recording its file, a Sound (images/recording_files.py). Nothing is saved."""
        self.sha256, self.is_film = sound.sha256, sound.is_film
        self.seconds, self.bytes = sound.seconds, len(sound.content)
        self.file.save(f"new.{sound.ending}", ContentFile(sound.content), save=False)

    def put_captions(self, captions):
        """Give it captions, the bytes of a WebVTT file (images/webvtt.py). Nothing is saved."""
        self.captions.save("new.vtt", ContentFile(captions), save=False)

    @property
    def length(self):
        """Its length as a clock says it: 3:05, 1:02:07."""
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

    @property
    def mime_type(self):
        return {"mp3": "audio/mpeg", "m4a": "audio/mp4", "mp4": "video/mp4"}[
            self.file.name.rpartition(".")[2]
        ]

    def refusal(self, at):
        """The Refusal that keeps it from readers at the moment `at`, or None."""
        if self.not_after is not None and reached(self.not_after, at):
            return self.Refusal.ENDED
        if self.not_before is not None and not reached(self.not_before, at):
            return self.Refusal.NOT_YET
        return None

    def rights_allow(self, at):
        """Whether readers may hear or see it at the moment `at`."""
        return self.refusal(at) is None
