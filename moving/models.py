"""Which thing of the newsroom came from where, so that an import can be run again."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.Model):
    """One thing that an import brought: its id there, its row here, and a hash of what was read.

    There is no foreign key: when the desk deletes a story that came along, the row stays, and the next import leaves
    the story out.
    """

    class Kind(models.TextChoices):
        STORY = "story", _("Story")
        PICTURE = "picture", _("Picture")
        PERSON = "person", _("Author")
        SECTION = "section", _("Section")
        TAG = "tag", _("Tag")

    source = models.CharField(_("source"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    foreign_id = models.CharField(_("id there"), max_length=400)
    object_id = models.PositiveBigIntegerField(_("id here"))
    digest = models.CharField(_("hash of what was read"), max_length=64, blank=True)
    version = models.PositiveIntegerField(
        _("version"), default=0, help_text=_("Of the desk copy that the import wrote last.")
    )
    brought_at = models.DateTimeField(_("brought"), auto_now=True)

    class Meta:
        verbose_name = _("origin")
        verbose_name_plural = _("origins")
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "foreign_id"], name="origin_came_once")
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="origin_of_what")]

    def __str__(self):
        return f"{self.source} {self.kind} {self.foreign_id}"
