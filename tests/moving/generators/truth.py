"""What an export holds, as the newsroom should have it after the import."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class StoryTruth:
    """One story field by field; `body` is the HTML of our own, with {picture:NAME} and {story:SLUG} for ids."""

    slug: str
    headline: str
    body: str
    state: str = "published"  # or draft, scheduled
    public_from: datetime | None = None
    standfirst: str = ""
    section: str = "News Feed"
    authors: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    lead: str = ""
    lead_alt: str = ""
    lead_caption: str = ""
    lead_credit: str = ""
    seo_title: str = ""
    seo_description: str = ""
    canonical_url: str = ""


@dataclass
class Truth:
    stories: dict = field(default_factory=dict)  # slug -> StoryTruth
    authors: dict = field(default_factory=dict)  # slug -> (name, biography, [links])
    pictures: dict = field(default_factory=dict)  # name -> bytes of a PNG
    old_addresses: dict = field(default_factory=dict)  # path -> where it leads
