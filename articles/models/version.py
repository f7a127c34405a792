"""Published versions: frozen copies of a story, each visible to readers during one interval of time.

Readers' code starts every question with `PublishedVersion.objects.live(at)` and reads nothing of the desk's.
"""

from functools import cache

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from articles import reading, rendering
from articles.models.section import Section, Tag
from articles.models.story import BylineRow, Story
from images.figures import Figure
from images.models import desk_only

#: Characters of a story's first words on cards, in lists and in feeds.
EXCERPT_LENGTH = 280


class KindOfChange(models.TextChoices):
    """What a publication means to readers. It alone decides which public times move."""

    FIRST = "first", _("First publication")
    TYPO = "typo", _("Typo: nothing a reader needs to know")
    UPDATE = "update", _("Update: new facts, the time “Updated” moves")
    CORRECTION = "correction", _("Correction: something was wrong, a dated public note says what")


#: Kinds that move the public “Updated” time.
MOVES_UPDATED = (KindOfChange.UPDATE, KindOfChange.CORRECTION)

#: What a list, a card or a feed shows of a version. Lists read no more, so that nothing else makes them other lists.
LISTED = (
    *["article_id", "headline", "slug", "kind", "section_id", "standfirst", "excerpt", "editors_note"],
    *["language", "canonical_url"],
    *["lead_image_id", "lead_alt", "lead_decorative", "lead_caption", "lead_credit"],
    *["first_published_at", "reading_minutes"],
)

#: What may change on a version after it was made: when it begins and ends, nothing it says.
INTERVAL = ("visible_from", "visible_until", "first_published_at", "updated_at")


def shorten(text):
    """The first whole words of `text`, at most EXCERPT_LENGTH characters with the mark that something is left out.

    A script without spaces is cut between two characters.
    """
    text = " ".join(text.split())
    if len(text) <= EXCERPT_LENGTH:
        return text
    cut = text[: EXCERPT_LENGTH - 1]
    words = cut.rpartition(" ")[0]
    return (words if len(words) > EXCERPT_LENGTH // 2 else cut).rstrip(" ,;:–—") + "…"


class IntervalQuerySet(models.QuerySet):
    """Rows that readers see from `visible_from` until just before `visible_until`."""

    def live(self, at):
        """The rows readers see at the moment `at`, if that is now: at most one of each story, or of each page."""
        return self.shown(at)

    def shown(self, at):
        """The rows that readers saw at the moment `at`, or will see if nobody does anything."""
        return self.filter(visible_from__lte=at).filter(
            Q(visible_until__isnull=True) | Q(visible_until__gt=at)
        )


@cache
def _never_withdrawn_since():
    """Of a version that ends: whether its story was not withdrawn at that end or later. The rest has nothing to ask.

    Made once: to write it takes as long as all the rest of a question that is not prepared.
    """
    withdrawn = PublishedVersion.objects.filter(
        article_id=OuterRef("article_id"),
        visible_until__gte=OuterRef("visible_until"),
        withdrawal__isnull=False,
    )
    return Q(visible_until__isnull=True) | ~Exists(withdrawn)


class PublishedVersionQuerySet(IntervalQuerySet):
    def live(self, at):
        """As `shown`, without the stories that were withdrawn after `at`: such a moment is the present only to a
        machine whose clock was set back, and what is withdrawn does not come back with it.
        """
        return self.shown(at).filter(_never_withdrawn_since())

    def live_by_age(self, at):
        """As `live`, for whoever wants the newest or the oldest few.

        What was first published later is not live anyway; that it is said lets databases begin there, instead of
        sorting all that has begun or passing over all that waits for its moment.
        """
        return self.live(at).filter(first_published_at__lte=at)

    def newest_first(self):
        """By first publication, so that an update does not push an old story to the top."""
        return self.order_by("-first_published_at", "-article_id")

    def seen(self, at):
        """With what the readers of the moment `at` see of each: its section and the picture it has then."""
        pictures = ["lead_image", "section__stand_in"]
        moment = Value(at, output_field=models.DateTimeField())
        unseen = [*desk_only(*pictures), *(f"section__{name}" for name in Section.BESIDE_THE_NAME)]
        return self.select_related(*pictures).defer(*unseen).annotate(seen_at=moment)

    def for_lists(self, at):
        """As `seen`, with the fields that LISTED names of each."""
        rest = {field.attname for field in self.model._meta.concrete_fields} - {"id", *LISTED}
        return self.seen(at).defer(*rest)


class PublishedVersion(Story):
    """One story as readers see it from `visible_from` until just before `visible_until`."""

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="versions")
    article_version = models.PositiveIntegerField(_("version of the desk copy"), default=0)
    visible_from = models.DateTimeField(_("visible from"))
    visible_until = models.DateTimeField(_("visible until"), null=True, blank=True)
    kind_of_change = models.CharField(_("kind of change"), max_length=10, choices=KindOfChange)
    first_published_at = models.DateTimeField(_("first published"))
    updated_at = models.DateTimeField(
        _("updated"),
        null=True,
        blank=True,
        help_text=_("Of the last update or correction; a typo moves nothing."),
    )
    excerpt = models.TextField(_("excerpt"), blank=True)
    word_count = models.PositiveIntegerField(_("words"), default=0)
    reading_minutes = models.PositiveSmallIntegerField(_("minutes to read"), default=1)
    authors = models.ManyToManyField(
        "authors.Author", through="VersionByline", related_name="published_versions"
    )
    tags = TaggableManager(_("tags"), through="articles.VersionTag", blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    #: The moment whose readers look at this version, set by `seen`. Without one they are shown no picture.
    seen_at = None

    objects = PublishedVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        indexes = [
            models.Index(fields=["-first_published_at", "-article"], name="version_stream"),
            models.Index(
                fields=["section", "-first_published_at", "-article"], name="version_section_stream"
            ),
            models.Index(fields=["slug", "visible_from"], name="version_slug"),
            # When pages change next by the clock alone.
            models.Index(fields=["visible_from"], name="version_begins"),
            models.Index(fields=["visible_until"], name="version_ends"),
            # All that it takes to know what readers have of a story, without reading its body for it.
            models.Index(fields=["article", "visible_from", "visible_until"], name="version_article"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(visible_until__isnull=True) | Q(visible_until__gte=F("visible_from")),
                name="version_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(first_published_at__lte=F("visible_from")),
                name="version_follows_first_publication",
            ),
            models.CheckConstraint(
                condition=Q(kind_of_change__in=KindOfChange.values), name="version_has_a_kind_of_change"
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="version_has_a_slug"),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(visible_until__isnull=True),
                name="one_open_version_of_an_article",
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(kind_of_change="first"),
                name="one_first_publication_of_an_article",
            ),
        ]  # that intervals of one article never overlap is held by migration 0002

    def __str__(self):
        return self.headline

    def save(self, *args, **kwargs):
        """Refuse to change what a version says once it was made; only its interval may move."""
        if not self._state.adding and not set(kwargs.get("update_fields") or ["everything"]) <= set(INTERVAL):
            raise TypeError(
                "A published version never changes: publish a new one, or save update_fields=INTERVAL."
            )
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("article", args=[self.slug])

    @classmethod
    def of(cls, article):
        """An unsaved version with the words of the desk copy: what publishing stores and preview shows."""
        text = rendering.read_text(article.body)
        words = reading.count_words(text)
        opening = article.standfirst or rendering.running_text(article.body)
        if article.editors_note:
            opening = gettext("Editor’s note: %(note)s") % {"note": f"{article.editors_note} {opening}"}
        return cls(
            **article.shared_values(),
            article_id=article.pk,
            article_version=article.version,
            excerpt=shorten(opening),
            word_count=words,
            reading_minutes=reading.minutes(text),
        )

    def is_live(self, at):
        """The instance's own answer to `shown(at)`."""
        return self.visible_from <= at and (self.visible_until is None or self.visible_until > at)

    @property
    def lead(self):
        """The Figure that readers see at `seen_at`: the lead picture, the section's stand-in, or None.

        The stand-in comes when the rights of the lead picture do not allow it at that moment; its own count too.
        Each part of a page that asks ends with those rights, so the answer is not kept.
        """
        if self.lead_image is None or self.seen_at is None:
            return None
        if self.lead_image.rights_allow(self.seen_at):
            return self.lead_figure
        return Figure.shown(self.section.stand_in, self.seen_at)

    @property
    def title(self):
        return self.seo_title or self.headline

    @property
    def description(self):
        return self.seo_description or self.standfirst or self.excerpt

    @property
    def changed_at(self):
        """The time that dateModified, feeds and sitemaps give."""
        return self.updated_at or self.first_published_at


class Listed(models.Model):
    """A row that lists a version under something: it repeats the sort key, so that one index serves the list."""

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="+")
    first_published_at = models.DateTimeField()

    class Meta:
        abstract = True


class VersionByline(BylineRow, Listed):
    """One author of a published version."""

    version = models.ForeignKey(PublishedVersion, on_delete=models.CASCADE, related_name="bylines")

    class Meta(BylineRow.Meta):
        indexes = [
            models.Index(fields=["author", "-first_published_at", "-article"], name="byline_stream"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["version", "author"], name="version_names_an_author_once"),
        ]

    def __str__(self):
        return str(self.author)


class VersionPicture(models.Model):
    """A picture of a published version, lead or in the body: it cannot be deleted while readers may see it."""

    version = models.ForeignKey(PublishedVersion, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey("images.Image", on_delete=models.PROTECT, related_name="in_versions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "image"], name="version_lists_a_picture_once"),
        ]

    def __str__(self):
        return str(self.image)


class VersionRecording(models.Model):
    """A recording of a published version: it cannot be deleted while readers have that version, or will."""

    version = models.ForeignKey(PublishedVersion, on_delete=models.CASCADE, related_name="recordings")
    recording = models.ForeignKey("images.Recording", on_delete=models.PROTECT, related_name="in_versions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "recording"], name="version_lists_a_recording_once"),
        ]

    def __str__(self):
        return str(self.recording)


class VersionCard(models.Model):
    """A story that a published version shows as a related card."""

    version = models.ForeignKey(PublishedVersion, on_delete=models.CASCADE, related_name="cards")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "article"], name="version_lists_a_card_once"),
        ]

    def __str__(self):
        return str(self.article)


class VersionTag(ItemBase, Listed):
    """A tag on a published version."""

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="version_tags")
    content_object = models.ForeignKey(
        PublishedVersion, on_delete=models.CASCADE, related_name="version_tags"
    )

    class Meta:
        indexes = [models.Index(fields=["tag", "-first_published_at", "-article"], name="tag_stream")]
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="version_has_a_tag_once"),
        ]

    def __str__(self):
        return str(self.tag)


class Correction(models.Model):
    """The public text of one correction. Its date is the moment its version became visible."""

    class Placement(models.TextChoices):
        BELOW = "below", _("Below the story, the usual place")
        ABOVE = "above", _("Above the text, for what readers must know before they read on")

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="corrections")
    version = models.OneToOneField(PublishedVersion, on_delete=models.CASCADE, related_name="correction")
    text = models.TextField(_("correction"), max_length=2000)
    placement = models.CharField(
        _("where the note shows"), max_length=5, choices=Placement, default=Placement.BELOW
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="correction_says_something"),
            models.CheckConstraint(
                condition=Q(placement__in=["below", "above"]), name="correction_shows_somewhere"
            ),
        ]

    def __str__(self):
        return self.text

    def save(self, *args, **kwargs):
        """Refuse to change what readers were told, and where; the next correction says it better."""
        if not self._state.adding:
            raise TypeError("A correction never changes: publish another one.")
        super().save(*args, **kwargs)


class Withdrawal(models.Model):
    """Why a version was taken off the site, in words for readers, and where its address leads instead."""

    version = models.OneToOneField(PublishedVersion, on_delete=models.CASCADE, related_name="withdrawal")
    reason = models.TextField(_("public reason"), max_length=1000)
    successor = models.ForeignKey(
        "articles.Article",
        verbose_name=_("leads to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self):
        return self.reason
