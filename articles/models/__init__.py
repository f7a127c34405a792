from articles.models.address import Address
from articles.models.article import Article, Byline, StaleCopy
from articles.models.desk import Presence, PreviewLink, PreviewVisit, ReviewStep, SavedView
from articles.models.revision import Revision
from articles.models.section import Section, Tag
from articles.models.story import Kind
from articles.models.version import (
    Correction,
    KindOfChange,
    PublishedVersion,
    VersionByline,
    VersionCard,
    VersionPicture,
    VersionTag,
    Withdrawal,
)

__all__ = [
    "Address",
    "Article",
    "Byline",
    "Correction",
    "Kind",
    "KindOfChange",
    "Presence",
    "PreviewLink",
    "PreviewVisit",
    "PublishedVersion",
    "ReviewStep",
    "Revision",
    "SavedView",
    "Section",
    "StaleCopy",
    "Tag",
    "VersionByline",
    "VersionCard",
    "VersionPicture",
    "VersionTag",
    "Withdrawal",
]
