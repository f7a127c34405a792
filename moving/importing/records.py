"""What an archive holds, in one form for all systems it may come from. Ids are the ids there, as text."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Person:
    """An author there. `portrait` is the address of a picture; `links` are (what it says, address)."""

    id: str
    name: str
    slug: str
    biography: str = ""
    portrait: str = ""
    links: list = field(default_factory=list)


@dataclass
class Term:
    """A tag or a category there. Stories of a category stand in its section, or in that of its `parent`."""

    id: str
    name: str
    slug: str
    is_category: bool = False
    parent: str = ""
    description: str = ""
    old_paths: list = field(default_factory=list)
    stories: int = 0  # as whose first term it stands


@dataclass
class LibraryPicture:
    """A picture of the library there. A number and the paths of its file both lead to it."""

    number: str
    url: str
    title: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    description: str = ""


@dataclass
class Outline:
    """What has to be known of a story before any is written: where it is, and where it was."""

    id: str
    slug: str
    headline: str
    old_paths: list


@dataclass
class Story:
    """One story as it stands there; `html` as moving.importing.body.convert reads it.

    `where` is its place in the source file, for the report. `first_terms` are those that may decide its section, the
    likeliest first. `public_from` is None for a draft. `notes` are sentences about what did not come along.
    """

    id: str
    where: str
    headline: str
    html: str
    standfirst: str = ""
    authors: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    first_terms: list = field(default_factory=list)
    is_page: bool = False
    public_from: datetime | None = None
    embargo: datetime | None = None
    lead: object = None  # moving.importing.parts.Picture
    editors_note: str = ""
    seo_title: str = ""
    seo_description: str = ""
    canonical: str = ""
    featured: bool = False
    lone_addresses: bool = False
    notes: list = field(default_factory=list)
    revisions: list = field(default_factory=list)  # [(moment, headline, html)], the oldest first
