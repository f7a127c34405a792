"""Which other stories stand on an article's page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import PublishedVersion
from articles.pages import public_sections
from articles.read_more import NEWS_FEED, NEXT_STORIES, READ_MORE, neighbours_of
from articles.stream import page_of
from tests.factories import ArticleFactory, SectionFactory, published

pytestmark = pytest.mark.django_db

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def harbour():
    return SectionFactory(name="Harbour", slug="harbour")


def many(count, *, first=0, **fields):
    """`count` live stories, each a minute after the one before; the newest first."""
    stories = [published(at=BEGIN + timedelta(minutes=first + number), **fields) for number in range(count)]
    return stories[::-1]


def around(article, *, card_ids=()):
    at = timezone.now()
    story = PublishedVersion.objects.live(at).get(article=article)
    return neighbours_of(story, at, card_ids=list(card_ids), sections=public_sections(at))


def ids(stories):
    return [getattr(story, "article_id", story.pk) for story in stories]


def test_picks_come_first_in_the_desks_order(harbour):
    """Then the newest of the same section fill the list up."""
    others = many(8)
    same = many(5, first=20, section=harbour)
    article = published(section=harbour, read_more=[others[6].pk, others[2].pk])
    assert ids(around(article).read_more) == ids([others[6], others[2], same[0], same[1]])


def test_without_enough_in_its_section_the_newest_of_all_fill_up(harbour):
    """A story alone in its section still has company, after the feed has taken its own."""
    others = many(NEWS_FEED + READ_MORE + 1)
    article = published(section=harbour)
    result = around(article)
    assert ids(result.news_feed) == ids(others[:NEWS_FEED])
    assert ids(result.read_more) == ids(others[NEWS_FEED : NEWS_FEED + READ_MORE])


def test_a_pick_that_is_not_public_is_passed_over(harbour):
    """Drafts, scheduled and withdrawn stories make room for others; so does a pick of nothing."""
    draft = ArticleFactory()
    future = ArticleFactory()
    workflow.schedule(article=future, at=timezone.now() + timedelta(days=1), by=None)
    gone = published(at=BEGIN)
    workflow.withdraw(article=gone, reason="It was wrong.", by=None)
    same = many(6, section=harbour)
    article = published(section=harbour, read_more=[draft.pk, future.pk, gone.pk, 987654, same[5].pk])
    assert ids(around(article).read_more) == ids([same[5], *same[:3]])


def test_no_story_stands_on_a_page_twice_and_none_beside_itself(harbour):
    """Cards, picks, feed and next stories share no story, also when the desk names one in each."""
    others = many(30)
    same = many(14, first=60, section=harbour)
    article = published(section=harbour)
    article.read_more = [same[0].pk, same[0].pk, others[0].pk, article.pk, others[1].pk]
    article.save()
    workflow.publish(article=article, by=None, kind="typo")
    cards = [others[0].pk, same[3].pk, article.pk]
    result = around(article, card_ids=cards)
    assert list(result.cards) == cards[:2]
    assert ids(result.read_more)[:2] == ids([same[0], others[1]])
    assert len(result.read_more) == READ_MORE
    assert len(result.news_feed) == NEWS_FEED
    assert len(result.next_stories) == NEXT_STORIES
    shown = [*result.cards, *ids(result.read_more + result.news_feed + result.next_stories)]
    assert len(shown) == len(set(shown))
    assert article.pk not in shown


def test_show_more_goes_on_where_the_feed_on_the_page_ends():
    """The cursor leads to the story after the last one shown."""
    others = many(NEWS_FEED + 30)
    result = around(published(at=BEGIN - timedelta(days=1)))
    following = page_of(timezone.now(), before=result.news_feed_cursor).stories
    last = ids(others).index(result.news_feed[-1].article_id)
    assert ids(following) == ids(others)[last + 1 : last + 21]


def test_stories_outside_the_feed_do_not_fill_it():
    """A section that is not part of the News Feed stays out of it and out of the filling."""
    notices = SectionFactory(name="Notices", slug="notices", in_news_feed=False)
    many(5, section=notices)
    feed = many(2, first=10)
    result = around(published(at=BEGIN - timedelta(days=1)))
    assert {*ids(result.news_feed), *ids(result.read_more)} == set(ids(feed))


def test_a_story_alone_has_no_neighbours():
    """The first story of a newsroom has empty lists, not errors."""
    result = around(published())
    assert (result.cards, result.read_more, result.news_feed, result.next_stories) == ({}, [], [], [])
    assert result.news_feed_cursor == ""


def test_neighbours_cost_one_query_however_many(django_assert_num_queries, harbour):
    """Twenty stories around cost what none cost."""
    article = published(section=harbour)
    many(20, section=harbour)
    at = timezone.now()
    story = PublishedVersion.objects.live(at).get(article=article)
    sections = public_sections(at)
    with django_assert_num_queries(1):
        neighbours_of(story, at, card_ids=[], sections=sections)
