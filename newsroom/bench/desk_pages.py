"""Which of the desk's pages are timed: the list of stories under each of its filters, and the form of a long story."""

from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Byline, SavedView, Tag
from articles.models.article import TaggedArticle
from newsroom.bench.visits import Page

LIST = reverse("admin:articles_article_changelist")


def wanted_lists(person):
    """The first page of the list as it opens, with each filter, with words, and as a view that `person` keeps."""
    section = _most(Article, "section")
    author = _most(Byline, "author__slug")
    tag = _most(TaggedArticle, "tag__slug")
    rare = Tag.objects.exclude(slug=tag).order_by("-pk").values_list("slug", flat=True)[0]
    lately = timezone.now() - timedelta(days=7)
    queries = {
        "list": {},
        "assigned to me": {"mine": "assigned"},
        "my drafts": {"mine": "drafts"},
        **{f"on the site: {value}": {"public": value} for value in ("live", "scheduled", "never", "gone")},
        "quotes a corrected one": {"quotes": "corrected"},
        **{f"state: {state}": {"state__exact": state} for state in Article.State},
        "section": {"section__id__exact": section},
        "kind": {"kind__exact": _most(Article, "kind")},
        "author": {"author": author},
        "assignee": {"assignee__id__exact": person.pk},
        "no assignee": {"assignee__isnull": "True"},
        "saved lately": {"saved_at__gte": lately.isoformat(sep=" ")},
        "tag": {"tag": tag},
        "tag of few": {"tag": rare},
        **{f"search: {words}": {"q": words} for words in ("harbour", "the", "ferry harb", "story 471")},
        "search and filters": {"q": "harbour", "state__exact": Article.State.READY, "author": author},
    }
    view = urlencode({"q": "ferry", "section__id__exact": section, "state__exact": Article.State.READY})
    SavedView.objects.create(user=person, name="Ferries", query=view)
    pages = [Page(name, path=f"{LIST}?{urlencode(query)}") for name, query in queries.items()]
    return [*pages, Page("saved view", path=f"{LIST}?{view}")]


def _most(model, field):
    """The value of `field` that most rows have."""
    return model.objects.order_by().values(field).annotate(rows=Count("pk")).latest("rows")[field]


def story_form(story):
    return Page("story form", path=reverse("admin:articles_article_change", args=[story.pk]))
