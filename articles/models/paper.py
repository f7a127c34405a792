"""What the paper is called and how it is told from others. The chief sets it; until then the settings say it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles import accent, mark


class Paper(models.Model):
    """One row, or none. An empty field means: as in the settings, or as the paper came."""

    name = models.CharField(
        _("name"),
        max_length=60,
        blank=True,
        help_text=_("Stands at the head of every page and in every feed."),
    )
    tagline = models.CharField(
        _("tagline"),
        max_length=120,
        blank=True,
        help_text=_("A few words beside the name on the front page."),
    )
    accent = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[accent.check],
        help_text=_(
            "One colour for links, labels and times, such as #a93a0c. It must be dark enough to be read; for the dark "
            "design a lighter one is made from it. Empty: the colour the paper came with."
        ),
    )
    mark = models.TextField(
        _("mark"),
        blank=True,
        help_text=_(
            "A small drawing beside the name, as SVG. Only its shapes are kept, in the colour of the text; shapes with "
            'fill="accent" take the paper\'s colour. Empty: the mark the paper came with.'
        ),
    )
    #: Another one with every save: pages and addresses name it instead of what it stands for.
    stamp = models.CharField(max_length=32, editable=False, default="")

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("paper")
        default_permissions = ("change",)
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="there_is_one_paper")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Keep of the mark only shapes, whoever writes, and stamp what is saved."""
        self.pk = 1
        self.mark = mark.clean(self.mark)
        self.stamp = uuid4().hex
        super().save(*args, **kwargs)
