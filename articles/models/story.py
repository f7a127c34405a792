"""What a story consists of, on the desk and in public."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles import languages, rendering
from articles.canonical import MAX_LENGTH as MAX_CANONICAL
from articles.canonical import validate_canonical
from articles.slugs import refuse_reserved
from images.figures import Figure


class Kind(models.TextChoices):
    """What sort of story this is. Readers are told when it is not news."""

    NEWS = "news", _("News")
    OPINION = "opinion", _("Opinion")
    ANALYSIS = "analysis", _("Analysis")
    INTERVIEW = "interview", _("Interview")


class Size(models.TextChoices):
    """How wide a picture stands in the story."""

    COLUMN = "column", _("Text width")
    WIDE = "wide", _("Wide")


class Story(models.Model):
    """The fields that the desk copy and its published versions share.

    A field added here flows through publishing, revisions and comparison by itself: `shared_fields` names them.
    """

    headline = models.CharField(
        _("headline"), max_length=200, help_text=_("Say what happened. Up to 90 characters fit every list.")
    )
    slug = models.SlugField(
        _("slug"),
        max_length=80,
        blank=True,
        validators=[refuse_reserved],
        help_text=_(
            "The last part of the story's address; made from the headline when left empty. Once the story was "
            "published the address belongs to it for ever: a new slug redirects from the old one."
        ),
    )
    standfirst = models.TextField(
        _("standfirst"),
        blank=True,
        max_length=500,
        help_text=_("One or two sentences below the headline; also the excerpt in lists."),
    )
    kind = models.CharField(_("kind of story"), max_length=12, choices=Kind, default=Kind.NEWS)
    section = models.ForeignKey(
        "articles.Section",
        verbose_name=_("section"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Its name is the kicker above the headline."),
    )
    body = models.TextField(_("body"), blank=True, validators=[MaxLengthValidator(rendering.MAX_LENGTH)])
    lead_image = models.ForeignKey(
        "images.Image",
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Stands below the headline, and in every list that shows a picture."),
    )
    lead_alt = models.CharField(
        _("alternative text here"),
        max_length=300,
        blank=True,
        help_text=_("What is seen in the picture. Empty: as in the picture library."),
    )
    lead_decorative = models.BooleanField(
        _("decorative here"),
        default=False,
        help_text=_("The picture says nothing that the words do not: those who cannot see it miss nothing."),
    )
    lead_caption = models.TextField(
        _("caption here"), max_length=600, blank=True, help_text=_("Empty: as in the picture library.")
    )
    lead_credit = models.CharField(
        _("credit here"),
        max_length=200,
        blank=True,
        help_text=_("Photographer and agency. Empty: as in the picture library."),
    )
    editors_note = models.TextField(
        _("editor's note"),
        blank=True,
        max_length=1000,
        help_text=_("Stands before the story, and opens its excerpt on cards."),
    )
    read_more = models.JSONField(
        _("Read more"),
        default=list,
        blank=True,
        help_text=_("Stories beside this one, in this order. The rest of the list fills up by itself."),
    )
    seo_title = models.CharField(
        _("title for search engines"), max_length=120, blank=True, help_text=_("Empty: the headline.")
    )
    seo_description = models.CharField(
        _("description for search engines"), max_length=300, blank=True, help_text=_("Empty: the standfirst.")
    )
    canonical_url = models.CharField(
        _("address of the original"),
        max_length=MAX_CANONICAL,
        blank=True,
        validators=[validate_canonical],
        help_text=_(
            "Only for a story that another site published first: its full address there. Search engines and sites "
            "that share the story are then led to that one. Empty for our own stories."
        ),
    )

    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        choices=languages.choices,
        help_text=_("What the story is written in. Browsers, screen readers and search engines are told."),
    )
    translation_of = models.ForeignKey(
        "articles.Article",
        verbose_name=_("translation of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "The story that this one says in another language. Each then leads readers to the other, while both are "
            "on the site."
        ),
    )

    class Meta:
        abstract = True

    @property
    def language_code(self):
        """The code of the language that the story's words are in."""
        return self.language or settings.LANGUAGE_CODE

    @classmethod
    def shared_fields(cls):
        """The model fields of this class, in the order they are declared."""
        return [field for field in cls._meta.concrete_fields if field.name in _SHARED]

    def shared_values(self):
        """{column: value} of the shared fields, ready to make another Story from."""
        return {field.attname: getattr(self, field.attname) for field in self.shared_fields()}

    @cached_property
    def lead_figure(self):
        """The lead picture with the words of this use, or None."""
        if self.lead_image is None:
            return None
        return Figure.of(
            self.lead_image,
            alt=self.lead_alt,
            decorative=self.lead_decorative,
            caption=self.lead_caption,
            credit=self.lead_credit,
            size=Size.WIDE,
        )


_SHARED = frozenset(field.name for field in Story._meta.local_fields)


class BylineRow(models.Model):
    """One author of a story, in order."""

    author = models.ForeignKey("authors.Author", verbose_name=_("author"), on_delete=models.PROTECT)
    role = models.CharField(
        _("role"),
        max_length=80,
        blank=True,
        help_text=_("What this person did when it was not the writing, such as “photography”."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
