"""Sound and film of the newsroom: the file that readers get, and what is said about it."""

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pagecache.moment import reached


def recording_name(recording, filename):
    """A name that nobody can guess before a page says it, and that never means another file."""
    token = secrets.token_hex(16)
    return f"recordings/{token[:2]}/{token}.{filename.rpartition('.')[2]}"


class RecordingQuerySet(models.QuerySet):
    def search(self, words):
        """Those whose title, caption or credit have every one of `words`."""
        for word in words.split()[:8]:
            said = models.Q(title__icontains=word) | models.Q(caption__icontains=word)
            self = self.filter(said | models.Q(credit__icontains=word))
        return self


class Recording(models.Model):
    """One file of sound or film, without anything that it said about its source (images/recording_files.py)."""

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

    def rights_allow(self, at):
        """Whether readers may hear or see it at the moment `at`."""
        ended = self.not_after is not None and reached(self.not_after, at)
        return not ended and (self.not_before is None or reached(self.not_before, at))
