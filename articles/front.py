"""What stands where on the front page and on a section's: first what the desk arranged, then the newest, none twice."""

from dataclasses import dataclass, field

from articles.models import PublishedArrangement
from articles.models.arrangement import ARRANGED, MOST
from articles.pages import public_sections
from articles.read_more import outside_news_feed
from articles.stream import Some, cursor_of, page_of, together
from pagecache.moment import reached
from pagecache.prepared import Prepared

#: Stories in the News Feed's column, more of them beside a lead with companions, and in a section's block.
FEED, BESIDE_COMPANIONS, BLOCK = 8, 2, 4


_ARRANGED = Prepared(
    PublishedArrangement, ["id", "section_id", *ARRANGED], lambda at: PublishedArrangement.objects.live(at)
)
_ARRANGED_SECTION = Prepared(
    PublishedArrangement,
    ["id", "section_id", *ARRANGED],
    lambda at, section: PublishedArrangement.objects.live(at).filter(section=section),
)


@dataclass
class Front:
    """The stories of the front page, each of them once."""

    breaking: object = None
    breaking_words: str = ""
    lead: object = None
    companions: list = field(default_factory=list)
    top: list = field(default_factory=list)
    news_feed: list = field(default_factory=list)
    news_feed_cursor: str = ""
    newest: object = None  # of all stories: the paper is of its day
    newest_cursor: str = ""  # what came to the News Feed since is asked by it
    blocks: list = field(default_factory=list)  # (section, stories)


def front_context(at, arranged=None):
    """What the front page's template prints at the moment `at`. `arranged` takes the public arrangement's place."""
    sections = public_sections(at)
    public = {one.section_id: one for one in _ARRANGED(at=at)}
    if arranged is not None:
        public[None] = arranged
    return {"sections": sections, **vars(front_of(at, sections, public))}


def front_of(at, sections, arrangements):
    """The Front at a moment. `arrangements` are {section id: an arrangement}; the front page's own is under None.

    A story that is arranged and not live leaves its place to the next one. What is not arranged fills itself:
    the lead with the newest story that has a picture, the top places with those that follow.
    """
    own = arrangements.get(None) or PublishedArrangement()
    pinned = dict.fromkeys(own.ids() + [pk for other in arrangements.values() for pk in other.top])
    beyond = sum(MOST.values()) + FEED + BESIDE_COMPANIONS
    named, newest, *by_section = together(
        at,
        [
            Some(len(pinned), article_id__in=tuple(pinned)),
            Some(3 * beyond, exclude_sections=outside_news_feed(sections)),
            *(Some(beyond + BLOCK, section_id=section.pk) for section in sections),
        ],
    )
    live = {story.article_id: story for story in named}
    shown = set()

    def take(stories, count):
        chosen = [story for story in stories if story.article_id not in shown][:count]
        shown.update(story.article_id for story in chosen)
        return chosen

    def picked(ids):
        return [live[pk] for pk in dict.fromkeys(ids) if pk in live]

    illustrated = [story for story in newest if story.lead]
    front = Front(breaking_words=own.breaking_words)
    # What is arranged takes its places before anything fills itself.
    if own.breaking_until and not reached(own.breaking_until, at):
        front.breaking = next(iter(take(picked(own.breaking), MOST["breaking"])), None)
    package = take(picked(own.lead), MOST["lead"])
    front.top = take(picked(own.top), MOST["top"])
    if package := package or take(illustrated, 1) or take(newest, 1):
        front.lead, *front.companions = package
    elif front.top:
        front.lead = front.top.pop(0)
    front.top += take(illustrated, MOST["top"] - len(front.top))
    front.news_feed = take(newest, FEED + bool(front.companions) * BESIDE_COMPANIONS)
    first_ones = [stories[0] for stories in (newest, *by_section) if stories]
    front.newest = max(first_ones, key=lambda story: story.first_published_at, default=None)
    if newest:
        front.newest_cursor = cursor_of(newest[0])
    if front.news_feed and front.news_feed[-1] is not newest[-1]:
        front.news_feed_cursor = cursor_of(front.news_feed[-1])
    for section, stories in zip(sections, by_section, strict=True):
        arranged = arrangements.get(section.pk) or PublishedArrangement()
        opening = take([story for story in picked(arranged.top) if story.section_id == section.pk], BLOCK)
        following = take(stories, BLOCK - len(opening))
        if block := opening + (following if opening else _illustrated_first(following)):
            front.blocks.append((section, block))
    return front


def _illustrated_first(stories):
    """`stories` with the first that has a picture in front: a block opens with one."""
    opening = next((story for story in stories if story.lead), None)
    return [opening, *(story for story in stories if story is not opening)] if opening else stories


def section_page(at, section, *, before="", arranged=None):
    """One page of a section's stories; the first opens with what the desk put there."""
    if arranged is None:
        arranged = next(iter(_ARRANGED_SECTION(at=at, section=section.pk)), PublishedArrangement())
    return page_of(at, before=before, first=arranged.top, section_id=section.pk)
