"""Revisions: a snapshot of the whole desk copy at every save, so that nothing typed is ever lost."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """The desk copy as one save left it."""

    class Reason(models.TextChoices):
        SAVED = "saved", _("Saved")
        AUTOSAVED = "autosaved", _("Saved while typing")
        RESTORED = "restored", _("Restored")
        REFUSED = "refused", _("Kept aside")
        TAKEN_OVER = "taken", _("Taken over")

    class Refusal(models.TextChoices):
        """Why the words of a refused save did not become the desk copy."""

        SAVED = "saved", _("Kept aside: somebody else had saved")
        OWN_PAGE = "own-page", _("Kept aside: saved meanwhile from another page of the same person")
        TAKEN_OVER = "taken", _("Kept aside: somebody else had taken the story over")
        READY = "ready", _("Kept aside: the story was ready by then, and the editors’ to change")
        GIVEN_AWAY = "given-away", _("Kept aside: the story was somebody else’s by then")

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField(
        _("version"), help_text=_("The article's count of saves at that moment.")
    )
    snapshot = models.JSONField(_("snapshot"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason, default=Reason.SAVED)
    refusal = models.CharField(_("why it was refused"), max_length=10, choices=Refusal, blank=True)
    name = models.CharField(
        _("name"),
        max_length=80,
        blank=True,
        help_text=_("A version worth finding again, such as “before the lawyers”."),
    )
    began_at = models.DateTimeField(
        _("began"),
        null=True,
        blank=True,
        help_text=_("When the sitting began that these autosaves belong to."),
    )
    aside = models.JSONField(
        null=True,
        blank=True,
        help_text=_(
            "Of a save that no form made, such as a bulk change: {field of the form: [before, after]}. Open forms of "
            "the same person follow it."
        ),
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "version"],
                condition=~models.Q(reason="refused"),
                name="one_revision_for_each_save",
            )
        ]

    def __str__(self):
        return f"{self.snapshot.get('headline', '')} ({self.version})"

    @property
    def what(self):
        """What kind of save it was, as the desk reads it."""
        return self.get_refusal_display() or self.get_reason_display()


def snapshot(article, *, bylines=None, tags=None):
    """The whole desk copy as JSON: shared fields by column, bylines in order, tag names.

    `bylines` and `tags` stand in for those in the database while a form's words are not saved.
    """
    values = {field.attname: field.value_to_string(article) for field in article.shared_fields()}
    values |= {
        field.attname: getattr(article, field.attname)
        for field in article.shared_fields()
        if field.is_relation or field.get_internal_type() == "JSONField"
    }
    # Asked anew, past what was fetched with the story: a form may have written other rows since.
    rows = article.bylines.order_by("position", "pk") if bylines is None else bylines
    values["bylines"] = [{"author_id": row.author_id, "role": row.role} for row in rows]
    values["tags"] = sorted(article.tags.names()) if tags is None else sorted(tags)
    return values
