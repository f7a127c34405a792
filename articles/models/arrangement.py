"""How the desk arranges the front page and the pages of the sections.

As with stories: the desk works on an Arrangement, readers see a PublishedArrangement, each during one interval.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.section import Section
from articles.models.version import IntervalQuerySet

#: Part of a page -> the most stories that it can be given. The front page has all three, a section's page has `top`.
MOST = {"breaking": 1, "lead": 4, "top": 4}
#: The fields that say what is arranged.
ARRANGED = (*MOST, "breaking_words", "breaking_until")


class Arranged(models.Model):
    """Which stories an editor put where, as lists of their ids. What is left free fills itself (articles/front.py)."""

    lead = models.JSONField(
        _("lead"),
        default=list,
        blank=True,
        help_text=_("The story that leads the page, then up to three that stand with it."),
    )
    top = models.JSONField(_("top places"), default=list, blank=True)
    breaking = models.JSONField(_("breaking"), default=list, blank=True)
    breaking_words = models.CharField(
        _("words of the bar"), max_length=120, blank=True, help_text=_("Empty: the story's headline.")
    )
    breaking_until = models.DateTimeField(_("bar ends"), null=True, blank=True)

    class Meta:
        abstract = True

    def words(self):
        """{field: value} of all that is arranged."""
        return {name: getattr(self, name) for name in ARRANGED}

    def ids(self):
        """The ids of all stories in it, in the order of the page."""
        return [pk for part in MOST for pk in getattr(self, part)]


class Arrangement(Arranged):
    """The desk's arrangement of one page. Saving it changes nothing in public; articles/arranging.py does that."""

    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.CASCADE, related_name="+", help_text=_("None: front")
    )
    version = models.PositiveIntegerField(default=0, help_text=_("Counts the saves."))
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("arrangement")
        verbose_name_plural = _("arrangements")
        constraints = [models.UniqueConstraint(Coalesce("section", 0), name="one_arrangement_of_a_page")]

    def __str__(self):
        return self.section.name if self.section else gettext("Front page")


class ArrangementRevision(Arranged):
    """An arrangement as one save left it, or as a refused one would have."""

    class Reason(models.TextChoices):
        SAVED = "saved", _("Saved")
        BROUGHT_BACK = "back", _("Brought back")
        REFUSED = "refused", _("Kept aside: somebody else had saved")

    arrangement = models.ForeignKey(Arrangement, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    reason = models.CharField(max_length=10, choices=Reason, default=Reason.SAVED)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("revision of an arrangement")
        verbose_name_plural = _("revisions of arrangements")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.arrangement} ({self.version})"


class PublishedArrangement(Arranged):
    """A page's arrangement as readers see it from `visible_from` until just before `visible_until`."""

    arrangement = models.ForeignKey(Arrangement, on_delete=models.CASCADE, related_name="published")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    visible_from = models.DateTimeField(_("visible from"))
    visible_until = models.DateTimeField(_("visible until"), null=True, blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = IntervalQuerySet.as_manager()

    class Meta:
        verbose_name = _("published arrangement")
        verbose_name_plural = _("published arrangements")
        ordering = ["-visible_from", "-pk"]
        indexes = [
            models.Index(fields=["visible_from"], name="arrangement_begins"),
            models.Index(fields=["visible_until"], name="arrangement_ends"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(visible_until__isnull=True) | Q(visible_until__gte=F("visible_from")),
                name="arrangement_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["arrangement"],
                condition=Q(visible_until__isnull=True),
                name="one_open_arrangement_of_a_page",
            ),
        ]  # that intervals of one page never overlap is held by their migration

    def __str__(self):
        return str(self.arrangement)

    def save(self, *args, **kwargs):
        """Refuse to change what readers had; only the end may move."""
        if not self._state.adding and set(kwargs.get("update_fields") or ["everything"]) != {"visible_until"}:
            raise TypeError('A published arrangement never changes: save update_fields=["visible_until"].')
        super().save(*args, **kwargs)
