"""The readers' search: what somebody typed, as live stories, the best first.

Where the words are decides. Stories with all of them in the headline come first, then those that have them in
headline, standfirst, authors and tags together, and so on down the levels; within a level the newest day is first. So
the order can be explained, is the same on both databases, and each level is a list that the index has in order already.
"""

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Q, Value
from django.db.models.expressions import RawSQL
from django.utils.functional import cached_property

from articles import snippets
from articles.models import PublishedVersion, Section, Tag
from articles.models.version_search import (
    ABOUT,
    AUTHOR,
    BITS,
    HEADLINE,
    INDEX,
    RECORDING,
    SECTION,
    TAG,
    place_of,
)
from articles.stream import PAGE_SIZE, Page
from authors.models import Author
from images.recording import Recording
from images.recording_search import INDEX as RECORDINGS
from images.search_words import Hits, asked

#: Results that can be reached; authors and tags that a question can stand for, and recordings that a word of it can.
MOST, MOST_NAMES = 200, 200
#: Characters and words of a question that count.
LONGEST, MOST_WORDS = 200, 8


@dataclass(frozen=True)
class Question:
    """What a reader asks for: a text, and perhaps a section and the first and the last day of first publication."""

    text: str
    section: Section | None = None
    since: date | None = None
    until: date | None = None
    _heard: dict = field(default_factory=dict, compare=False)

    @cached_property
    def words(self):
        """[(word, may it go on?)]"""
        return asked(self.text)[:MOST_WORDS]

    @cached_property
    def hits(self):
        """What in a text is marked as found."""
        return Hits(self.words)

    @cached_property
    def names(self):
        """{one of `words`: what stands in the index for the authors and tags whose name has it}

        Names are those of this moment, so whoever was renamed is found under the new name at once.
        """
        sought = {word: f" {word[0]}" + ("" if word[1] else " ") for word in self.words}
        either, found = Q(), {}
        for part in sought.values():
            either |= Q(name_words__contains=part)
        authors, tags = (
            model.objects.filter(either).order_by().values_list(Value(sign), "pk", "name_words")
            for model, sign in ((Author, AUTHOR), (Tag, TAG))
        )
        for sign, pk, name in authors.union(tags, all=True).order_by("pk")[:MOST_NAMES]:
            for word, part in sought.items():
                if part in name:
                    found.setdefault(word, []).append((f"{sign}{pk}", False))
        return found

    def heard(self, at):
        """{one of `words`: what stands in the index for the recordings with it}, of those readers may hear at `at`."""
        if at not in self._heard:
            found = RECORDINGS.each(Recording.objects.allowed(at), self.words, most=MOST_NAMES)
            self._heard[at] = {
                word: [(f"{RECORDING}{pk}", False) for pk in ids] for word, ids in found.items()
            }
        return self._heard[at]

    @property
    def narrowed(self):
        return any((self.section, self.since, self.until))

    @property
    def parameters(self):
        """The question as an address carries it."""
        slug = self.section and self.section.slug
        said = {"q": self.text, "section": slug, "from": self.since, "until": self.until}
        return urlencode({name: value for name, value in said.items() if value})


def question_of(asked_for, sections):
    """The Question of a query string; what makes no sense in it is left out. `sections`: those readers know."""
    text = "".join(sign if sign.isprintable() else " " for sign in asked_for.get("q", "")[:LONGEST])
    section = next((one for one in sections if one.slug == asked_for.get("section")), None)
    days = [_day(asked_for.get(name, "")) for name in ("from", "until")]
    if all(days):
        days.sort()
    return Question(text.strip(), section, *days)


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Found(Page):
    """A Page of results; `cut` says that there are more than MOST, which nobody would read."""

    cut: bool = False


def results(question, at, *, after="", size=PAGE_SIZE):
    """One page of the live stories at the moment `at` that a question finds, after the first `after` of them.

    Each story has the `passage` that shows best why it was found. A question without words finds nothing.
    """
    start = min(int(after), MOST) if after.isascii() and after.isdecimal() and len(after) < 5 else 0
    end = min(start + size, MOST)
    if not question.words:
        return Found([], "")
    ranked = _ranked(question, at, end + 1)
    wanted = ranked[start:end]
    versions = PublishedVersion.objects.live(at).select_related("section").in_bulk(wanted)
    stories = [versions[pk] for pk in wanted if pk in versions]  # one may have gone between the two questions
    for story in stories:
        story.passage = snippets.passage(story, question.hits)
    more = len(ranked) > end
    return Found(stories, str(end) if more and end < MOST else "", cut=more and end == MOST)


def fewer_words(question, at):
    """Of several words that find nothing together, those that find something alone, as a reader typed them."""
    typed = [word for word in question.text.split() if asked(word)][: len(question.words)]
    if len(typed) < 2:
        return []
    heard = question.heard(at)
    alone = [_anywhere(asked(word), question.names, heard) for word in typed]
    return [typed[number] for number, _place in _run(alone, question, at, limit=1)]


# --- The order --------------------------------------------------------------------------------------------


def _ranked(question, at, limit):
    """Ids of the first `limit` versions.

    Each level gives its newest `limit`; what a stricter one gave already is left out. Later steps read more, and are
    asked when those before do not fill the page.
    """
    ranked = {}
    for levels in _steps(question, at):
        rows = _run(levels, question, at, limit=limit)
        ranked |= dict.fromkeys(place % 2**BITS for _level, place in sorted(rows, key=_by_level))
        if len(ranked) >= limit:
            break
    return list(ranked)[:limit]


def _by_level(row):
    level, place = row
    return level, -place


def _steps(question, at):
    """The levels, the strictest first, in lists that are asked for in one statement.

    A level is a list of groups, a group a list of (word of the index, may it go on?): of each group one is there.
    """
    words = question.words
    exact = [[(word, False)] for word, _goes_on in words]
    # All words in the headline as they are, as beginnings; in headline, standfirst and names together.
    yield [
        [[(HEADLINE + word, False)] for word, _goes_on in words],
        [[(HEADLINE + word, goes_on)] for word, goes_on in words],
        [[(ABOUT + word, goes_on), *question.names.get((word, goes_on), [])] for word, goes_on in words],
    ]
    # All words as they are, one of them in the headline, or anywhere.
    yield [[*exact, [(HEADLINE + word, False) for word, _goes_on in words]], exact]
    yield [_anywhere(words, question.names, question.heard(at))]


def _anywhere(words, names, heard):
    """All words as beginnings, in names or in what is said in a recording."""
    return [[word, *names.get(word, []), *heard.get(word, [])] for word in words]


# --- SQL: one statement with an arm for each level --------------------------------------------------------

#: Rows for each that is wanted, which PostgreSQL looks through before it asks the index of words.
LOOKED_THROUGH = 50


def _run(levels, question, at, *, limit):
    """[(number of the level, place)]: the newest `limit` rows of each level whose version is live.

    A level may give the same row twice.
    """
    narrow = [[(f"{SECTION}{question.section.pk}", False)]] if question.section else []
    bounds = [place_of(question.since or date.min), place_of(question.until or date.max, 2**BITS - 1)]
    live = PublishedVersion.objects.live(at).filter(pk=RawSQL(f"found.place & {2**BITS - 1}", []))  # noqa: S611 (ours)
    live = live.values("pk").query.sql_with_params()
    arm = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    arms, values = [], []
    for number, groups in enumerate(levels):
        sql, said = arm(_written([*groups, *narrow]), bounds, live, limit)
        arms.append(f"SELECT {number} AS level, arm_{number}.place FROM ({sql}) AS arm_{number}")  # noqa: S608 (ours)
        values += said
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(arms), values)
        return cursor.fetchall()


def _on_sqlite(words, bounds, live, limit):
    """(SQL, values): the index of words gives its rows in the order of their places, one by one as they are wanted."""
    live_sql, live_values = live
    sql = f"""
        SELECT found.place FROM (
            SELECT rowid AS place FROM {INDEX.table} WHERE {INDEX.table} MATCH %s AND rowid BETWEEN %s AND %s
        ) AS found WHERE EXISTS ({live_sql}) ORDER BY found.place DESC LIMIT {limit}
    """  # noqa: S608 (our own words)
    return sql, [words, *bounds, *live_values]


def _on_postgresql(words, bounds, live, limit):
    """(SQL, values): the index of words gives all of its rows at once, so the newest rows are looked through before.

    They have enough of usual words. For rare ones the index is quick.
    """
    live_sql, live_values = live
    newest = f"SELECT place, words FROM {INDEX.table} WHERE place BETWEEN %s AND %s"  # noqa: S608 (our own words)
    sql = f"""
        WITH among_the_newest AS MATERIALIZED (
            SELECT found.place FROM ({newest} ORDER BY place DESC LIMIT {LOOKED_THROUGH * limit}) AS found
            WHERE found.words @@ %s::tsquery AND EXISTS ({live_sql}) ORDER BY found.place DESC LIMIT {limit}
        ), among_all AS (
            SELECT found.place FROM articles_search_by_words(%s::tsquery, %s, %s) AS found(place)
            WHERE (SELECT count(*) FROM among_the_newest) < {limit} AND EXISTS ({live_sql})
            ORDER BY found.place DESC LIMIT {limit}
        )
        SELECT place FROM among_the_newest UNION ALL SELECT place FROM among_all
    """  # noqa: S608 (our own words)
    return sql, [*bounds, words, *live_values, words, *bounds, *live_values]


def _written(groups):
    """The groups of a level as a question to the index. Its words hold letters, digits and the index's signs only."""
    postgresql = connection.vendor == "postgresql"
    quote, beginning, either, every = ("'", ":*", " | ", " & ") if postgresql else ('"', "*", " OR ", " AND ")
    said = [[f"{quote}{word}{quote}" + beginning * goes_on for word, goes_on in group] for group in groups]
    return every.join(f"({either.join(group)})" for group in said)
