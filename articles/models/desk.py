"""What the desk keeps around a story: who is in it, how it is reviewed, who outside may look at it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class Presence(models.Model):
    """One person's open form of a story in one tab. A row that was not renewed for a while counts as gone."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    tab = models.CharField(
        max_length=36, help_text=_("Made by the browser, so that two tabs of one person count twice.")
    )
    opened_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()
    has_typed = models.BooleanField(default=False)
    wrote_version = models.PositiveIntegerField(
        default=0,
        help_text=_(
            "The version this tab's last save made. While it is the story's newest, nobody else saved since."
        ),
    )
    sent = models.PositiveIntegerField(
        default=0,
        help_text=_(
            "The number of the newest post from this tab. One with a lower number was overtaken on its way."
        ),
    )

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["article", "user", "tab"], name="one_presence_of_a_tab")
        ]

    def __str__(self):
        return f"{self.user} · {self.article}"


class ReviewStep(models.Model):
    """One move of a story between the desk's states, with what was said about it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="review_steps")
    from_state = models.CharField(_("from"), max_length=10, choices=Article.State)
    to_state = models.CharField(_("to"), max_length=10, choices=Article.State)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("review step")
        verbose_name_plural = _("review steps")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.get_from_state_display()} → {self.get_to_state_display()}"


class PreviewLink(models.Model):
    """A way for somebody without an account to read a story before it is public.

    The address holds a secret that is not stored: only its SHA-256 is. `revision` pins the words; without one
    the visitor reads the latest save.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="preview_links")
    revision = models.ForeignKey(
        "articles.Revision",
        verbose_name=_("revision"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    secret_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    note = models.CharField(_("for whom"), max_length=120, blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.note or str(self.article)


class PreviewVisit(models.Model):
    """One visit through a preview link. The visitor's address is cut to its network before it is written."""

    link = models.ForeignKey(PreviewLink, on_delete=models.CASCADE, related_name="visits")
    at = models.DateTimeField(auto_now_add=True)
    network = models.CharField(max_length=50, blank=True)

    class Meta:
        verbose_name = _("preview visit")
        verbose_name_plural = _("preview visits")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.link} {self.at}"


class SavedView(models.Model):
    """A filter and search of the article list that one person keeps under a name."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("query"), max_length=500)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_saved_view_of_a_name")]

    def __str__(self):
        return self.name
