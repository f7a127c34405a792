"""Author profiles: what a byline links to. A change here is on every page at once."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from images.figures import Figure
from images.search_words import in_a_row


class Author(models.Model):
    """A person with a byline. Guests and people who left have a profile too; none of them needs an account."""

    name = models.CharField(
        pgettext_lazy("of a person", "name"), max_length=120, help_text=_("As it stands in the byline.")
    )
    slug = models.SlugField(
        _("slug"),
        max_length=80,
        unique=True,
        help_text=_("The last part of the profile's address. It is made from the name and stays for ever."),
    )
    role = models.CharField(
        _("role"), max_length=120, blank=True, help_text=_("Job title, such as “News Editor”.")
    )
    biography = models.TextField(
        _("biography"),
        blank=True,
        max_length=4000,
        help_text=_("Shown below each of this author's stories. Leave an empty line between paragraphs."),
    )
    portrait = models.ForeignKey(
        "images.Image",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="portrait_of",
        help_text=_("Shown as a square around the picture's focal point."),
    )
    email = models.EmailField(_("public e-mail"), blank=True, help_text=_("Readers can see this address."))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author",
        help_text=_("The account this person signs in with, if any."),
    )
    active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Offered for new bylines. Stories keep the bylines they have."),
    )
    name_words = models.TextField(
        default="",
        editable=False,
        help_text=_("The words of the name as searches know them; written with each save."),
    )

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = [Lower("name")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name_words = in_a_row(self.name)
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "name_words"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("author", args=[self.slug])

    def portrait_at(self, at):
        """The portrait as a Figure, or None when there is none or readers may not see it at the moment `at`."""
        return Figure.shown(self.portrait, at)


class AuthorLink(models.Model):
    """One address of an author elsewhere."""

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(
        _("label"), max_length=60, help_text=_("What the link says, such as “Mastodon”.")
    )
    url = models.URLField(_("address"), max_length=300)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["pk"]

    def __str__(self):
        return self.label
