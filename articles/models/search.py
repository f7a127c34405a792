"""The index of the desk's search: every desk copy's words, in SQLite's FTS5 or PostgreSQL's tsvector.

Both databases are given the same words (articles/search_words.py). The table is made by migration 0007 and has no
model. Names of authors and tags are those at the story's last save; the command rebuild_search writes all anew.
"""

from collections import defaultdict

from django.db import connections
from django.db.models.expressions import RawSQL

from articles import rendering
from articles.search_words import asked, words_of

TABLE = "articles_desk_search"
#: A search that matches more stories than this gives the newest ones: it is no search yet, and counting costs.
MOST_FOUND = 20_000
BATCH = 200


def matching(articles, text):
    """Those of `articles`, a queryset, with every word of `text`. Any text is a query; signs alone find nothing."""
    wanted = asked(text)
    if not wanted:
        return articles.none() if text.strip() else articles
    if connections[articles.db].vendor == "postgresql":
        query = " & ".join(f"'{word}':*" if open_ended else f"'{word}'" for word, open_ended in wanted)
        column, condition = "article_id", "words @@ %s::tsquery"
    else:
        query = " ".join(f'"{word}"*' if open_ended else f'"{word}"' for word, open_ended in wanted)
        column, condition = "rowid", f"{TABLE} MATCH %s"
    sql = f"SELECT {column} FROM {TABLE} WHERE {condition} ORDER BY {column} DESC LIMIT {MOST_FOUND}"  # noqa: S608
    return articles.filter(pk__in=RawSQL(sql, [query]))  # noqa: S611 (words are letters and digits only)


def index(article):
    """Write one story's words, with its bylines and tags as the database has them now."""
    names = article.bylines.values_list("author__name", flat=True)
    _write(
        connections[article._state.db or "default"],
        [(article.pk, _words(article, [*names, *article.tags.names()]))],
    )


def rebuild(apps, *, using="default"):
    """Write the whole index anew and return the number of stories. `apps`: the registry, or a migration's."""
    articles = apps.get_model("articles", "Article").objects.using(using).order_by("pk")
    bylines = apps.get_model("articles", "Byline").objects.using(using)
    tagged = apps.get_model("articles", "TaggedArticle").objects.using(using)
    with connections[using].cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608 (our own table)
    done = last = 0
    while batch := list(articles.filter(pk__gt=last)[:BATCH]):
        ids = [article.pk for article in batch]
        named = defaultdict(list)
        for pk, name in bylines.filter(article__in=ids).values_list("article_id", "author__name"):
            named[pk].append(name)
        for pk, name in tagged.filter(content_object__in=ids).values_list("content_object_id", "tag__name"):
            named[pk].append(name)
        _write(connections[using], [(article.pk, _words(article, named[article.pk])) for article in batch])
        done, last = done + len(batch), ids[-1]
    return done


def _words(article, names):
    """Everything of a story that can be searched for, the words of its figures and embeds included."""
    blocks = rendering.references(article.body)
    figures = [block.data.get(name, "") for block in blocks for name in ("alt", "caption", "credit", "title")]
    own = [article.headline, article.standfirst, article.editors_note, article.slug]
    lead = [article.lead_alt, article.lead_caption, article.lead_credit]
    return words_of("\n".join([*own, *names, *lead, *figures, rendering.plain_text(article.body)]))


def _write(connection, rows):
    """Put (story id, words) in place of what the index had of each story."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                f"INSERT INTO {TABLE} (article_id, words) VALUES (%s, array_to_tsvector(%s::text[])) "  # noqa: S608
                "ON CONFLICT (article_id) DO UPDATE SET words = excluded.words",
                rows,
            )
            return
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(pk,) for pk, _words in rows])  # noqa: S608
        cursor.executemany(
            f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, %s)",  # noqa: S608 (our own table)
            [(pk, " ".join(words)) for pk, words in rows],
        )
