"""Which other stories stand on an article's page. No story stands there twice."""

from dataclasses import dataclass, field

from articles.stream import Some, cursor_of, together
from articles.translations import MOST, in_other_languages, origin_of

READ_MORE = 4
NEWS_FEED = 6
NEXT_STORIES = 3


@dataclass
class Neighbours:
    """The stories around one story."""

    cards: dict = field(default_factory=dict)  # article id -> story, for the related cards in the body
    read_more: list = field(default_factory=list)
    news_feed: list = field(default_factory=list)
    news_feed_cursor: str = ""
    next_stories: list = field(default_factory=list)
    languages: list = field(default_factory=list)  # the same story in other languages


def neighbours_of(story, at, *, card_ids, sections):
    """The Neighbours of `story` at the moment `at`, in one query.

    Read more: the desk's picks that are live, then the newest of the same section, then the newest of all.
    """
    origin = origin_of(story)
    wanted = {*card_ids, *story.read_more, origin} - {story.article_id, None}
    beyond = NEWS_FEED + READ_MORE + NEXT_STORIES + len(wanted) + 1
    named, translated, same_section, newest = together(
        at,
        [
            Some(len(wanted), article_id__in=tuple(wanted)),
            Some(MOST if origin else 0, translation_of_id=origin or 0),
            Some(beyond, section_id=story.section_id),
            Some(beyond, exclude_sections=outside_news_feed(sections)),
        ],
    )
    by_article = {other.article_id: other for other in named}
    result = Neighbours(cards={pk: by_article[pk] for pk in card_ids if pk in by_article})
    # The original is among the named, the other translations are those that name it too.
    others = [other for other in (by_article.get(origin), *translated) if other]
    others = [other for other in others if other.article_id != story.article_id]
    result.languages = in_other_languages(story, others)
    shown = {story.article_id, *result.cards, *(other.article_id for other in others)}

    def take(stories, count):
        chosen = [other for other in stories if other.article_id not in shown][:count]
        shown.update(other.article_id for other in chosen)
        return chosen

    picks = [by_article[pk] for pk in dict.fromkeys(story.read_more) if pk in by_article]
    result.read_more = take(picks, READ_MORE)
    result.read_more += take(same_section, READ_MORE - len(result.read_more))
    result.news_feed = take(newest, NEWS_FEED)
    if result.news_feed:
        result.news_feed_cursor = cursor_of(result.news_feed[-1])
    result.read_more += take(newest, READ_MORE - len(result.read_more))
    result.next_stories = take(same_section, NEXT_STORIES)
    return result


def outside_news_feed(sections):
    """Ids of the sections whose stories do not appear in the News Feed."""
    return tuple(section.pk for section in sections if not section.in_news_feed)
