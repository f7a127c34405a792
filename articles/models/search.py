"""The index of the desk's search: every desk copy's words.

Names of authors and tags are those at the story's last save; the command rebuild_search writes all anew. What is said
in a recording is written again when somebody changes it (articles/picture_stories.py).
"""

from collections import defaultdict

from django.apps import apps

from articles import rendering
from images.recording_search import texts
from images.word_index import WordIndex

INDEX = WordIndex("articles_desk_search", "article_id")
BATCH = 200

matching = INDEX.matching


def index(article):
    """Write one story's words, with its bylines and tags as the database has them now."""
    names = article.bylines.values_list("author__name", flat=True)
    using = article._state.db or "default"
    INDEX.write(_texts(article._meta.apps, [(article, [*names, *article.tags.names()])], using), using=using)


def index_all(named):
    """As `index`, for many stories at once: [(article, names of its authors and tags)]."""
    INDEX.write(_texts(apps, list(named), "default"), using="default")


def rebuild(apps, *, using="default"):
    """Write the whole index anew and return the number of stories. `apps`: the registry, or a migration's."""
    articles = apps.get_model("articles", "Article").objects.using(using).order_by("pk")
    INDEX.empty(using=using)
    done = last = 0
    while batch := list(articles.filter(pk__gt=last)[:BATCH]):
        reindex(apps, batch, using=using)
        done, last = done + len(batch), batch[-1].pk
    return done


def reindex(apps, articles, *, using="default"):
    """Write the words of these stories anew, with their bylines and tags as the database has them now."""
    ids, named = [article.pk for article in articles], defaultdict(list)
    bylines = apps.get_model("articles", "Byline").objects.using(using).filter(article__in=ids)
    for pk, name in bylines.values_list("article_id", "author__name"):
        named[pk].append(name)
    tagged = apps.get_model("articles", "TaggedArticle").objects.using(using).filter(content_object__in=ids)
    for pk, name in tagged.values_list("content_object_id", "tag__name"):
        named[pk].append(name)
    INDEX.write(_texts(apps, [(article, named[article.pk]) for article in articles], using), using=using)


def _texts(apps, named, using):
    """(story's number, text) of each story, as the index takes them."""
    played = {article.pk: rendering.recordings(article.body) for article, _names in named}
    said = texts(apps, {pk for ids in played.values() for pk in ids}, using=using)
    for article, names in named:
        heard = [said.get(pk, "") for pk in played[article.pk]]
        yield article.pk, _text(article, [*names, *heard])


def _text(article, names):
    """Everything of a story that can be searched for, the words of its figures and embeds included."""
    blocks = [*rendering.references(article.body), *rendering.figures(article.body)]
    said = {block.data.get(name, "") for block in blocks for name in ("alt", "caption", "credit", "title")}
    own = [article.headline, article.standfirst, article.editors_note, article.slug]
    lead = [article.lead_alt, article.lead_caption, article.lead_credit]
    return "\n".join([*own, *names, *lead, *said, rendering.plain_text(article.body)])
