"""The desk copy: what the newsroom works on. Readers' code never touches it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from articles import rendering
from articles.models import search
from articles.models.address import slug_is_taken
from articles.models.revision import Revision
from articles.models.section import Tag
from articles.models.story import BylineRow, Story
from articles.slugs import RESERVED
from authors.slugs import MAX_LENGTH as MAX_SLUG_LENGTH
from authors.slugs import make_slug
from images.models import Image, Recording


class StaleCopy(Exception):
    """Somebody else saved this story since the copy in hand was read. Nothing was written."""


class TaggedArticle(ItemBase):
    """A tag on a desk copy."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")
    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="article_has_a_tag_once")
        ]

    def __str__(self):
        return str(self.tag)


class Article(Story):
    """One story as the desk has it now. Saving it changes nothing in public; articles/workflow.py does that."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        READY = "ready", _("Ready")

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State,
        default=State.DRAFT,
        help_text=_("How far the desk is with this copy. It says nothing about what is public."),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assignee"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who works on it now."),
    )
    embargo = models.DateTimeField(
        _("embargo"),
        null=True,
        blank=True,
        help_text=_(
            "Nothing of this story may be public before this moment; publishing is refused until then."
        ),
    )
    authors = models.ManyToManyField("authors.Author", through="Byline", related_name="+")
    tags = TaggableManager(_("tags"), through=TaggedArticle, blank=True, help_text=_("Two to five words."))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saved by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-saved_at", "-pk"]
        permissions = [("publish_article", _("Can publish, schedule, correct and withdraw articles"))]
        # The desk's list is by the newest save, all of it or under one of its filters.
        indexes = [
            models.Index(fields=["-saved_at", "-id"], name="article_newest_save"),
            models.Index(fields=["state", "-saved_at", "-id"], name="article_state_newest"),
            models.Index(fields=["section", "-saved_at", "-id"], name="article_section_newest"),
            models.Index(fields=["kind", "-saved_at", "-id"], name="article_kind_newest"),
            models.Index(fields=["assignee", "-saved_at", "-id"], name="article_assignee_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                name="article_slug_is_unique",
                violation_error_message=_("Another story has this slug already. Choose another one."),
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="article_has_a_slug"),
            models.CheckConstraint(condition=Q(version__gte=1), name="article_version_counts_from_one"),
        ]

    def __str__(self):
        return self.headline

    def save(self, *args, **kwargs):
        """Write the desk copy if it is still the one that was read, and count the save in `version`.

        The body is cleaned here, so that no way of writing can go round it. Raises StaleCopy when somebody else
        saved in between, whichever way they wrote.
        """
        self.body = rendering.clean(self.body)
        self.slug = self.slug or free_slug(self.headline, exclude=self.pk)
        with transaction.atomic():
            if self.pk is not None and not self._state.adding:
                found = Article.objects.filter(pk=self.pk, version=self.version).update(
                    version=F("version") + 1
                )
                if not found:
                    raise StaleCopy
                self.version += 1
            super().save(*args, **kwargs)
            self._list_pictures()
            self._list_recordings()
            search.index(self)

    def _list_pictures(self):
        """Keep the index of this story's pictures, which also protects them from being deleted."""
        wanted = {block.id for block in rendering.figures(self.body)}
        if self.lead_image_id:
            wanted.add(self.lead_image_id)
        listed = set(self.pictures.values_list("image_id", flat=True))
        self.pictures.filter(image_id__in=listed - wanted).delete()
        known = Image.objects.filter(pk__in=wanted - listed).values_list("pk", flat=True)
        ArticlePicture.objects.bulk_create(ArticlePicture(article=self, image_id=pk) for pk in known)

    def _list_recordings(self):
        """As `_list_pictures`, for what is heard or seen in the text."""
        wanted = set(rendering.recordings(self.body))
        listed = set(self.recordings.values_list("recording_id", flat=True))
        self.recordings.filter(recording_id__in=listed - wanted).delete()
        if wanted := wanted - listed:
            known = Recording.objects.filter(pk__in=wanted).values_list("pk", flat=True)
            ArticleRecording.objects.bulk_create(
                ArticleRecording(article=self, recording_id=pk) for pk in known
            )

    def clean(self):
        """Fill in the slug, and keep those that other stories had in public; a translation names an original."""
        self._refuse_translation_of_translation()
        self.slug = self.slug or free_slug(self.headline, exclude=self.pk)
        if slug_is_taken(self.slug, exclude=self.pk):
            raise ValidationError(
                {
                    "slug": _(
                        "Another story was published at this address, and it stays there. Choose another slug."
                    )
                }
            )

    def _refuse_translation_of_translation(self):
        original = self.translation_of
        if original is None:
            return
        if original.translation_of_id:
            said = _("“%(headline)s” is a translation itself. Choose the story it was made from.")
        elif self.pk and Article.objects.filter(translation_of=self.pk).exists():
            said = _("Other stories are translations of this one, so it cannot be one of “%(headline)s”.")
        else:
            return
        error = ValidationError(said, params={"headline": original.headline}, code="translation")
        raise ValidationError({"translation_of": error})

    def was_taken_over(self):
        """Whether the newest save wrote no word: it only said whose the story is from then on."""
        return self.revisions.filter(version=self.version, reason=Revision.Reason.TAKEN_OVER).exists()

    def get_absolute_url(self):
        return reverse("article", args=[self.slug])


def free_slug(headline, *, exclude=None):
    """A slug for `headline` that no other story has or ever had in public."""
    base = make_slug(headline) or "story"
    others = Article.objects.exclude(pk=exclude)
    for number in range(1, 1000):
        suffix = "" if number == 1 else f"-{number}"
        slug = base[: MAX_SLUG_LENGTH - len(suffix)] + suffix
        taken = slug in RESERVED or slug_is_taken(slug, exclude=exclude) or others.filter(slug=slug).exists()
        if not taken:
            return slug
    raise ValueError(f"No free slug for {headline!r}")


class Byline(BylineRow):
    """One author of a desk copy."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")

    class Meta(BylineRow.Meta):
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author"],
                name="article_names_an_author_once",
                violation_error_message=_("This author is in the byline already."),
            )
        ]

    def __str__(self):
        return str(self.author)


class ArticlePicture(models.Model):
    """A picture of a desk copy, lead or in the body: where it is used, and why it cannot be deleted."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey("images.Image", on_delete=models.PROTECT, related_name="in_articles")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "image"], name="article_lists_a_picture_once"),
        ]

    def __str__(self):
        return str(self.image)


class ArticleRecording(models.Model):
    """A recording of a desk copy: where it is used, and why it cannot be deleted."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="recordings")
    recording = models.ForeignKey("images.Recording", on_delete=models.PROTECT, related_name="in_articles")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "recording"], name="article_lists_a_recording_once"),
        ]

    def __str__(self):
        return str(self.recording)
