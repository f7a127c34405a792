"""The readers' addresses. The story comes last: its address is any single word that nothing above claims."""

from django.urls import path

from articles import feeds, views

urlpatterns = [
    path("", views.front_page, name="front-page"),
    path("rss/", views.public(feeds.LatestFeed()), name="rss"),
    path("news-feed/", views.news_feed, name="news-feed"),
    path("section/<slug:slug>/", views.section_detail, name="section"),
    path("section/<slug:slug>/rss/", views.public(feeds.SectionFeed()), name="section-rss"),
    path("tag/<slug:slug>/", views.tag_detail, name="tag"),
    path("tag/<slug:slug>/rss/", views.public(feeds.TagFeed()), name="tag-rss"),
    path("author/<slug:slug>/", views.author_detail, name="author"),
    path("author/<slug:slug>/rss/", views.public(feeds.AuthorFeed()), name="author-rss"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/rss/", views.public(feeds.CorrectionsFeed()), name="corrections-rss"),
    path("<slug:slug>/", views.article_detail, name="article"),
]
