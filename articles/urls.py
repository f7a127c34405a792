"""The readers' addresses. The story comes last: its address is any single word that nothing above claims."""

from django.urls import path, re_path

from articles import feeds, lite, look, views
from articles.feed_formats import ATOM, JSON, RSS


def feeds_below(address, feed, formats=(RSS, ATOM, JSON)):
    """The routes of a feed, one for each format."""
    return [
        path(f"{address}{form.path}", views.public(feed(form)), name=f"{feed.prefix}{form.name}")
        for form in formats
    ]


urlpatterns = [
    path("", views.front_page, name="front-page"),
    *feeds_below("", feeds.LatestFeed),
    path("news-feed/", views.news_feed, name="news-feed"),
    path("news-feed/new.json", views.new_stories, name="new-stories"),
    path("section/<slug:slug>/", views.section_detail, name="section"),
    *feeds_below("section/<slug:slug>/", feeds.SectionFeed),
    path("tag/<slug:slug>/", views.tag_detail, name="tag"),
    *feeds_below("tag/<slug:slug>/", feeds.TagFeed),
    path("author/<slug:slug>/", views.author_detail, name="author"),
    *feeds_below("author/<slug:slug>/", feeds.AuthorFeed),
    path("corrections/", views.corrections, name="corrections"),
    *feeds_below("corrections/", feeds.CorrectionsFeed, [RSS, ATOM]),
    path("search/", views.search, name="search"),
    path("archive/", views.archive_index, name="archive"),
    re_path(r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/$", views.archive_month, name="archive-month"),
    path("lite/", lite.lite_front, name="lite"),
    path("lite/news-feed/", lite.lite_feed, name="lite-feed"),
    path("lite/section/<slug:slug>/", lite.lite_section, name="lite-section"),
    path("lite/tag/<slug:slug>/", lite.lite_tag, name="lite-tag"),
    path("lite/author/<slug:slug>/", lite.lite_author, name="lite-author"),
    path("lite/<slug:slug>/", lite.lite_story, name="lite-story"),
    path("style/<slug:stamp>/mark.svg", views.public(look.icon), name="icon"),
    path("style/<slug:stamp>/<str:name>", views.public(look.sheet), name="sheet"),
    path("<slug:slug>/", views.article_detail, name="article"),
]
