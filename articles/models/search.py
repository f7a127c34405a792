"""The index of the desk's search: every desk copy's words.

Names of authors and tags are those at the story's last save; the command rebuild_search writes all anew.
"""

from collections import defaultdict

from articles import rendering
from images.word_index import WordIndex

INDEX = WordIndex("articles_desk_search", "article_id")
BATCH = 200

matching = INDEX.matching


def index(article):
    """Write one story's words, with its bylines and tags as the database has them now."""
    names = article.bylines.values_list("author__name", flat=True)
    text = _text(article, [*names, *article.tags.names()])
    INDEX.write([(article.pk, text)], using=article._state.db or "default")


def index_all(named):
    """As `index`, for many stories at once: [(article, names of its authors and tags)]."""
    INDEX.write([(article.pk, _text(article, names)) for article, names in named], using="default")


def rebuild(apps, *, using="default"):
    """Write the whole index anew and return the number of stories. `apps`: the registry, or a migration's."""
    articles = apps.get_model("articles", "Article").objects.using(using).order_by("pk")
    bylines = apps.get_model("articles", "Byline").objects.using(using)
    tagged = apps.get_model("articles", "TaggedArticle").objects.using(using)
    INDEX.empty(using=using)
    done = last = 0
    while batch := list(articles.filter(pk__gt=last)[:BATCH]):
        ids = [article.pk for article in batch]
        named = defaultdict(list)
        for pk, name in bylines.filter(article__in=ids).values_list("article_id", "author__name"):
            named[pk].append(name)
        for pk, name in tagged.filter(content_object__in=ids).values_list("content_object_id", "tag__name"):
            named[pk].append(name)
        INDEX.write([(article.pk, _text(article, named[article.pk])) for article in batch], using=using)
        done, last = done + len(batch), ids[-1]
    return done


def _text(article, names):
    """Everything of a story that can be searched for, the words of its figures and embeds included."""
    blocks = [*rendering.references(article.body), *rendering.figures(article.body)]
    said = {block.data.get(name, "") for block in blocks for name in ("alt", "caption", "credit", "title")}
    own = [article.headline, article.standfirst, article.editors_note, article.slug]
    lead = [article.lead_alt, article.lead_caption, article.lead_credit]
    return "\n".join([*own, *names, *lead, *said, rendering.plain_text(article.body)])
