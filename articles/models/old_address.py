"""Addresses of the site that the newsroom had before this one, and where each leads now."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OldAddress(models.Model):
    """One path of the former site: /2014/05/12/harbour-talks, or /?p=1234.

    It leads to a story, wherever that lives by then, or to another page of this site. `path` is as
    `articles.old_addresses.normal` writes it. Our own addresses come first: a path that this site answers never
    asks here.
    """

    path = models.CharField(_("path"), max_length=400, primary_key=True)
    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("story"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    leads_to = models.CharField(
        _("leads to"), max_length=400, blank=True, help_text=_("A path of this site, when it is no story.")
    )

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, leads_to="") | Q(article=None, leads_to__startswith="/"),
                name="old_address_leads_to_one_thing",
            ),
            # Two slashes would lead to another host, and browsers read the second one from a backslash, too.
            models.CheckConstraint(
                condition=~Q(leads_to__startswith="//") & ~Q(leads_to__startswith="/\\"),
                name="old_address_stays_on_this_site",
            ),
        ]

    def __str__(self):
        return self.path
