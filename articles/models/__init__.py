from articles.models.address import Address
from articles.models.arrangement import Arrangement, ArrangementRevision, PublishedArrangement
from articles.models.article import Article, Byline, StaleCopy
from articles.models.desk import Presence, PreviewLink, PreviewVisit, ReviewStep, SavedView
from articles.models.old_address import OldAddress
from articles.models.paper import Paper
from articles.models.revision import Revision
from articles.models.section import Section, Tag
from articles.models.story import Kind
from articles.models.version import (
    LISTED,
    Correction,
    KindOfChange,
    PublishedVersion,
    VersionByline,
    VersionCard,
    VersionPicture,
    VersionRecording,
    VersionTag,
    Withdrawal,
)

__all__ = [
    "LISTED",
    "Address",
    "Arrangement",
    "ArrangementRevision",
    "Article",
    "Byline",
    "Correction",
    "Kind",
    "KindOfChange",
    "OldAddress",
    "Paper",
    "Presence",
    "PreviewLink",
    "PreviewVisit",
    "PublishedArrangement",
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
    "VersionRecording",
    "VersionTag",
    "Withdrawal",
]
