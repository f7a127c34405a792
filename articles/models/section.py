"""How stories are filed: one section each, any number of tags."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from authors.slugs import make_slug
from images.search_words import in_a_row


class Section(models.Model):
    """A part of the paper. Its name is the kicker above the headlines of its stories."""

    #: Stories filed straight to the feed have this section; its page is the News Feed itself.
    NEWS_FEED = "news-feed"
    #: What a kicker does not say of it.
    BESIDE_THE_NAME = ("description", "in_news_feed", "position")

    name = models.CharField(_("name"), max_length=60, help_text=_("Stands above the headline of each story."))
    slug = models.SlugField(
        _("slug"),
        max_length=60,
        unique=True,
        help_text=_("The last part of the section's address. It stays for ever."),
    )
    description = models.TextField(
        _("description"), blank=True, max_length=300, help_text=_("One sentence below the section's name.")
    )
    in_news_feed = models.BooleanField(
        _("in the News Feed"),
        default=True,
        help_text=_("Stories of this section also appear in the News Feed."),
    )
    stand_in = models.ForeignKey(
        "images.Image",
        verbose_name=_("stand-in picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stand_in_of",
        help_text=_("Stands in for a lead picture of this section from the moment its rights end."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"),
        default=0,
        help_text=_("Sections stand in this order in the navigation, the lowest first."),
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        if self.slug == self.NEWS_FEED:
            return reverse("news-feed")
        return reverse("section", args=[self.slug])


class Tag(TagBase):
    """A word that connects stories of all sections."""

    name_words = models.TextField(
        default="",
        editable=False,
        help_text=_("The words of the name as searches know them; written with each save."),
    )

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = [Lower("name")]

    def save(self, *args, **kwargs):
        self.name_words = in_a_row(self.name)
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "name_words"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("tag", args=[self.slug])

    def slugify(self, tag, i=None):
        slug = make_slug(tag) or "tag"
        return slug if i is None else f"{slug}-{i}"
