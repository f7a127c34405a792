"""What a newsroom consists of: every model of ours, carried by the format in this order, or left out for a reason.

A record carries every field of its model, so that a new field needs nothing here; a new model needs a line, and a test
says so. A later kind refers to earlier ones only, and to accounts by their names.
"""

from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.contrib.auth import get_user_model

#: The version of the format, the first number of docs/format.md. It goes up when an older reader would misread a file.
VERSION = 1


@dataclass(frozen=True)
class Kind:
    """One kind of record. `key` is the field by which a newsroom with stories knows a thing it has already.

    `of` is the field that leads to what a record belongs to: a newsroom that has that already has its own.
    """

    name: str
    label: str
    key: str = ""
    of: str = ""

    @cached_property
    def model(self):
        return apps.get_model(self.label)

    @cached_property
    def fields(self):
        """{name: field} of all but the number, which every record has."""
        meta = self.model._meta
        return {field.name: field for field in meta.concrete_fields if field.name != "id"}

    @property
    def is_numbered(self):
        """Whether its rows have numbers; others are known by a word of theirs."""
        return self.model._meta.pk.name == "id"

    @cached_property
    def is_referred_to(self):
        """Whether records of other kinds say its number."""
        return any(
            field.is_relation and kind.leads_to(field) is self
            for kind in CARRIED
            for field in kind.fields.values()
        )

    def leads_to(self, field):
        """The Kind of a relation's other end; None for an account."""
        if field.related_model is get_user_model():
            return None
        return BY_LABEL[field.related_model._meta.label]


CARRIED = [
    Kind("paper", "articles.Paper"),
    Kind("picture", "images.Image", key="sha256"),
    Kind("rendition", "images.Rendition", of="image"),
    Kind("other-file", "images.OtherFile", of="image"),
    Kind("recording", "images.Recording", key="sha256"),
    Kind("section", "articles.Section", key="slug"),
    Kind("tag", "articles.Tag", key="slug"),
    Kind("author", "authors.Author", key="slug"),
    Kind("author-link", "authors.AuthorLink", of="author"),
    Kind("story", "articles.Article", key="created_at"),
    Kind("byline", "articles.Byline", of="article"),
    Kind("story-tag", "articles.TaggedArticle", of="content_object"),
    Kind("story-picture", "articles.ArticlePicture", of="article"),
    Kind("story-recording", "articles.ArticleRecording", of="article"),
    Kind("revision", "articles.Revision", of="article"),
    Kind("review-step", "articles.ReviewStep", of="article"),
    Kind("address", "articles.Address", of="article"),
    Kind("version", "articles.PublishedVersion", of="article"),
    Kind("version-byline", "articles.VersionByline", of="version"),
    Kind("version-tag", "articles.VersionTag", of="content_object"),
    Kind("version-picture", "articles.VersionPicture", of="version"),
    Kind("version-recording", "articles.VersionRecording", of="version"),
    Kind("version-card", "articles.VersionCard", of="version"),
    Kind("correction", "articles.Correction", of="version"),
    Kind("withdrawal", "articles.Withdrawal", of="version"),
    Kind("old-address", "articles.OldAddress", key="path"),
    Kind("arrangement", "articles.Arrangement"),
    Kind("arrangement-revision", "articles.ArrangementRevision", of="arrangement"),
    Kind("published-arrangement", "articles.PublishedArrangement", of="arrangement"),
    Kind("origin", "moving.Origin"),
]

#: What stays behind, and why.
LEFT_OUT = {
    "articles.Presence": "who has a story open at this moment",
    "articles.PreviewLink": "a way in for whoever was told its secret here",
    "articles.PreviewVisit": "belongs to a preview link",
    "articles.SavedView": "belongs to an account",
    "log.Entry": "a chain of hashes that proves what happened in this installation: export it from the desk's log",
}

#: What a newsroom that has stories keeps as it is: its own name and front page, and what its own imports brought.
NOT_MERGED = ("paper", "arrangement", "arrangement-revision", "published-arrangement", "origin")

BY_NAME = {kind.name: kind for kind in CARRIED}
BY_LABEL = {kind.label: kind for kind in CARRIED}
