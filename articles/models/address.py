"""Every slug a story ever had in public. A slug belongs to one story for ever."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Address(models.Model):
    """One slug and the story it belongs to: claimed when a version with it is made, never given away."""

    slug = models.SlugField(_("slug"), max_length=80, primary_key=True)
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="addresses")

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")

    def __str__(self):
        return f"/{self.slug}/"


def slug_is_taken(slug, *, exclude=None):
    """Whether another story than `exclude` (an id) has or had this slug in public."""
    return Address.objects.filter(slug=slug).exclude(article_id=exclude).exists()
