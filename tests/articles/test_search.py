"""Readers find live stories by their words, the best first; whatever they type is a question and never an error."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains

from articles import search, workflow
from articles.models import Tag
from articles.search import Question, fewer_words, results
from authors.models import Author
from images.search_words import asked
from tests.factories import ArticleFactory, AuthorFactory, ImageFactory, SectionFactory, figure, published

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True, params=[search.LOOKED_THROUGH, 0] if connection.vendor == "postgresql" else [0])
def looked_through(request, monkeypatch):
    """PostgreSQL looks through the newest rows and then asks the index of words; the tests run with and without."""
    monkeypatch.setattr(search, "LOOKED_THROUGH", request.param)


def found(text, **narrowed):
    page = results(Question(text, **narrowed), timezone.now())
    return [story.headline for story in page.stories]


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM articles_readers_search")
        return cursor.fetchone()[0]


# --- Words ------------------------------------------------------------------------------------------------


@pytest.fixture
def story():
    library = ImageFactory(caption="Nets on the mole", credit="Hedda Quill")
    own = ImageFactory(caption="Unused words", credit="Nobody")
    return published(
        headline="Zürich straße: Ёлка и Мэр",
        standfirst="A standfirst about herring. П’ять ґанків.",
        body=f"<p>The <strong>har</strong>bour closed. O'Brien left.</p>{figure(library)}"
        f"{figure(own, caption='Möwen am Kai', credit='Jo Petrov')}<p>港の市場が開く。</p>",
        lead_image=ImageFactory(caption="Lead from the library", credit="Arda"),
        lead_caption="Lanterns at dusk",
        authors=[AuthorFactory(name="Олена Ґалаґан"), AuthorFactory(name="Beatrix Maule")],
        tags=["Sluice gates"],
    )


@pytest.mark.parametrize(
    "text",
    [
        "zurich", "ZÜRICH", "Strasse", "straße", "елка", "МЭР", "мэ", "herring", "harbour", "har clos", "mowen",
        "petrov jo", "lantern", "市場", "港", "市場が", "herr zur", "harbour!", '"harbour" (closed', "nets quill",
        "П'ЯТЬ", "п`ять", "пʼять", "пять", "ганк", "ґанк", "beatrix maule", "галаган олена", "ГАЛ", "sluice",
        "sluice beatrix herring", "brien", "o’brien", "har\u00adbour", "*harbour* +(closed)",
    ],
)  # fmt: skip
def test_a_story_is_found_by_all_that_readers_see_of_it(story, text):
    """Headline, standfirst, body, captions, credits, authors, tags; case, accents, apostrophes, beginnings."""
    published(headline="Another", body="<p>Fishing.</p>")
    assert found(text) == [story.headline]


@pytest.mark.parametrize(
    "text",
    [
        *["arbour", "harbour fishing", "市開", "unused", "lead library", "h"],
        *["NOT fishing", "harbour OR fishing", "headline:harbour", "harbour -closed fishing"],
    ],
)
def test_other_words_do_not_find_it(story, text):
    """Every word has to be there, orders to a database too; a wording of this story hides the library's."""
    assert found(text) == []


@pytest.mark.parametrize("text", ["", "   ", "!!! ??", "'", "\x00", "*", '"'])
def test_no_words_find_nothing_and_say_so(story, client, text):
    """Signs alone are answered with a sentence, an empty box with the latest stories."""
    assert found(text) == []
    answer = client.get("/search/", {"q": text})
    assert answer.status_code == 200
    assertContains(answer, story.headline)  # among the latest


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.text(st.characters(), max_size=80))
@example('"' * 50)
@example("a AND OR NOT (b* ^c) {d e}: -f NEAR(g h)")
@example("\ud800 harbour\x00\uffff")
@example("%s % %% '; DROP TABLE x; --")
@example("@1 #1 /1")
@example("x" * 10_000)
def test_any_text_is_a_question(story, text):
    """Through the page, as an address and as a question of its own."""
    question = Question(text)
    results(question, timezone.now(), after=text)
    fewer_words(question, timezone.now())


@pytest.mark.parametrize(
    "query",
    [
        {"q": "harbour " * 1250},
        {"q": "harbour", "from": "nonsense", "until": "2026-99-99", "section": "none", "after": "-1"},
        {"q": "harbour", "from": "0001-01-01", "until": "9999-12-31", "after": "99999999999"},
        {"q": "harbour", "from": "2027-01-01", "until": "2020-01-01", "utm_source": "x"},
        {"q": "harbour\x00", "from": "٢٠٢٠-01-01", "after": "²"},
        {"q": "l'eau <script>alert(1)</script> harbour"},
    ],
)
def test_any_address_is_answered(story, client, query):
    """What makes no sense in it is left out; what was typed stands in the form, harmless."""
    answer = client.get("/search/", query)
    assert answer.status_code == 200
    assertNotContains(answer, "<script>alert")


def test_broken_bytes_in_an_address_are_no_error(story, client):
    """Half a character, a lone surrogate, a zero byte."""
    for broken in ("%ff%fe", "%ed%a0%80harbour", "harbour%00", "%"):
        assert client.get(f"/search/?q={broken}").status_code == 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_what_is_published_is_found(db, text):
    """Any text that leaves words in a story finds that story, in any script."""
    article = published(headline="Any", standfirst=text)
    if asked(text):
        assert article.headline in found(text)
    article.versions.all().delete()


# --- Order ------------------------------------------------------------------------------------------------


def test_the_headline_is_heaviest_and_the_newest_wins_a_tie():
    """Whole words of the headline, beginnings in it, standfirst and names, a word of it, the text alone."""
    said = [
        {"headline": "Port budget"},
        {"headline": "Portrait of a budget"},
        {"headline": "Money", "standfirst": "The port has a budget."},
        {"headline": "Budget talks", "body": "<p>The port.</p>"},
        {"headline": "Whole", "body": "<p>The port, its budget.</p>"},
        {"headline": "Part", "body": "<p>The portions, the budgets.</p>"},
    ]
    for days, fields in enumerate([*said, *said]):
        published(at=NOON - days * DAY, **fields)
    assert found("port budget") == [fields["headline"] for fields in said for _twice in "12"]
    newest_first = [story.first_published_at for story in results(Question("port budget"), NOON).stories]
    assert all(first > second for first, second in zip(newest_first[::2], newest_first[1::2], strict=True))


def test_an_update_neither_moves_a_story_up_nor_shows_it_twice(clock):
    """Every version has a row of its own, the live one alone is found."""
    old = published(at=NOON - 2 * DAY, headline="Port old")
    published(at=NOON - DAY, headline="Port new")
    old.refresh_from_db()
    old.standfirst = "Changed"
    workflow.save(article=old, by=None)
    workflow.publish(article=old, by=None, kind="update")
    assert found("port") == ["Port new", "Port old"]
    assert found("port changed") == ["Port old"]


def test_pages_follow_each_other_without_gap(client):
    """Forty-five stories on three pages, each once, in one order; then the end."""
    for number in range(45):
        where = {"headline": f"Ferry {number}"} if number % 2 else {"headline": f"N {number}"}
        published(at=NOON - number * DAY, body="<p>The ferry.</p>", **where)
    seen, after = [], ""
    while True:
        page = results(Question("ferry"), NOON, after=after)
        seen += [story.headline for story in page.stories]
        if not (after := page.next_cursor):
            break
    assert len(seen) == len(set(seen)) == 45
    assert seen[:22] == [f"Ferry {number}" for number in range(1, 45, 2)]
    answer = client.get("/search/", {"q": "ferry"})
    assertContains(answer, 'href="?q=ferry&amp;after=20"')


def test_only_so_many_results_can_be_reached(client, monkeypatch):
    """At the end it says that there are more, and how to find them."""
    monkeypatch.setattr(search, "MOST", 4)
    for number in range(6):
        published(at=NOON - number * DAY, headline=f"Ferry {number}")
    page = results(Question("ferry"), NOON, after="2", size=2)
    assert ([story.headline for story in page.stories], page.next_cursor, page.cut) == (
        ["Ferry 2", "Ferry 3"],
        "",
        True,
    )
    assert results(Question("ferry"), NOON, after="4").stories == []
    assertContains(client.get("/search/?q=ferry"), "There are more.")


# --- Sections and days ------------------------------------------------------------------------------------


def test_a_section_and_days_narrow_the_search(client, settings):
    """Days begin and end in the newsroom's zone, both are included, and the form keeps what was chosen."""
    settings.TIME_ZONE = "Asia/Tokyo"  # nine hours ahead
    timezone.get_default_timezone.cache_clear()
    try:
        harbour = SectionFactory(name="Harbour", slug="harbour")
        published(
            at=datetime(2026, 3, 1, 14, 59, tzinfo=UTC), headline="Ferry, 1 March, 23:59", section=harbour
        )
        published(
            at=datetime(2026, 3, 1, 15, 0, tzinfo=UTC), headline="Ferry, 2 March, 0:00", section=harbour
        )
        published(at=datetime(2026, 3, 2, 14, 59, tzinfo=UTC), headline="Ferry, 2 March, 23:59")
        published(
            at=datetime(2026, 3, 2, 15, 0, tzinfo=UTC), headline="Ferry, 3 March, 0:00", section=harbour
        )
        day = datetime(2026, 3, 2).date()
        assert found("ferry", since=day, until=day) == ["Ferry, 2 March, 23:59", "Ferry, 2 March, 0:00"]
        assert found("ferry", until=day, section=harbour) == ["Ferry, 2 March, 0:00", "Ferry, 1 March, 23:59"]
        query = {"q": "ferry", "section": "harbour", "from": "2026-03-03", "until": "2026-03-02"}
        answer = client.get("/search/", query)
        assert [story.headline for story in answer.context["page"].stories] == [
            "Ferry, 3 March, 0:00",
            "Ferry, 2 March, 0:00",
        ]
        assertContains(answer, '<option value="harbour" selected>')
        assertContains(answer, 'name="from" value="2026-03-02"')
    finally:
        timezone.get_default_timezone.cache_clear()


def test_a_section_without_live_stories_is_no_choice(client):
    """Readers do not learn of a section that is being prepared, by its name or by an answer to it."""
    SectionFactory(name="Secret", slug="secret")
    published(headline="Ferry")
    answer = client.get("/search/?q=ferry&section=secret")
    assertNotContains(answer, "Secret")
    assertContains(answer, "<mark>Ferry</mark>")


# --- The moments of a story ------------------------------------------------------------------------------


def test_a_scheduled_story_is_found_from_its_moment_on(clock):
    """Nothing has to run: the row is written when it is scheduled, the clock does the rest."""
    workflow.schedule(article=ArticleFactory(headline="Gate opens"), at=NOON + HOUR, by=None)
    clock.move_to(NOON + HOUR - timedelta(microseconds=1))
    assert found("gate") == []
    clock.move_to(NOON + HOUR)
    assert found("gate") == ["Gate opens"]


def test_a_scheduled_update_changes_the_words_at_its_moment(clock):
    """Until then the old ones are found, from then on the new ones."""
    article = published(headline="Five boats")
    article.refresh_from_db()
    article.headline = "Four boats"
    workflow.save(article=article, by=None)
    workflow.schedule(article=article, at=NOON + HOUR, kind="update", by=None)
    assert (found("five"), found("four")) == (["Five boats"], [])
    clock.move_to(NOON + HOUR)
    assert (found("five"), found("four")) == ([], ["Four boats"])


def test_a_schedule_that_moves_takes_its_row_along(clock):
    """To the place of its new day, among stories that were published in between."""
    article = ArticleFactory(headline="Gate last")
    workflow.schedule(article=article, at=NOON + DAY, by=None)
    workflow.schedule(article=ArticleFactory(headline="Gate between"), at=NOON + 2 * DAY, by=None)
    workflow.reschedule(article=article, at=NOON + 3 * DAY, by=None)
    clock.move_to(NOON + 2 * DAY)
    assert found("gate") == ["Gate between"]
    clock.move_to(NOON + 3 * DAY)
    assert found("gate") == ["Gate last", "Gate between"]
    assert rows() == 2


def test_a_schedule_that_is_cancelled_leaves_nothing(clock):
    """Neither a result nor a row."""
    article = ArticleFactory(headline="Gate opens")
    workflow.schedule(article=article, at=NOON + HOUR, by=None)
    workflow.cancel_schedule(article=article, by=None)
    assert rows() == 0
    clock.move_to(NOON + HOUR)
    assert found("gate") == []


def test_a_withdrawn_or_expired_story_is_never_found(clock):
    """From the moment on; what the desk writes afterwards is not public either."""
    gone, ends = published(headline="Gate wrong"), published(headline="Gate short")
    workflow.expire(article=ends, at=NOON + HOUR, by=None)
    workflow.withdraw(article=gone, reason="It was wrong.", by=None)
    assert found("gate") == ["Gate short"]
    clock.move_to(NOON + HOUR)
    assert found("gate") == []


def test_a_publication_that_fails_writes_no_words(monkeypatch):
    """The row is part of the publication's transaction."""
    article = ArticleFactory(headline="Gate opens")
    monkeypatch.setattr(workflow, "_log", lambda *args, **words: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        workflow.publish(article=article, by=None)
    assert rows() == 0


def test_whoever_is_renamed_is_found_by_the_new_name(client):
    """Names are asked for when somebody searches, those of authors and of tags."""
    published(headline="Ferry", authors=[AuthorFactory(name="Jo Petrov")], tags=["Boats"])
    author, tag = Author.objects.get(), Tag.objects.get()
    author.name, tag.name = "Jo Сидоренко", "Човни"
    author.save(update_fields=["name"])
    tag.save()
    assert found("petrov") == found("boats") == []
    assert found("СИДОР") == found("човни сидоренко") == ["Ferry"]


def test_the_index_can_be_written_anew(capsys):
    """After an import past the workflow, or by hand; stories and names."""
    published(headline="Ferry", authors=[AuthorFactory(name="Jo Petrov")])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_readers_search")
    Author.objects.update(name="Ida Quill")
    assert found("ferry") == found("quill") == []
    call_command("rebuild_search")
    assert "1 published versions can be found while they are live.\n" in capsys.readouterr().out
    assert found("ferry quill") == ["Ferry"]


# --- The page ---------------------------------------------------------------------------------------------


def test_the_page_shows_why_a_story_was_found(client):
    """The words are marked in headline and passage, whatever their case and accents, and nothing else is markup."""
    far = "Nothing to see here. " * 40
    published(
        headline="Ferry & <b>fire</b>", body=f"<p>{far}</p><p>The café’s last ferry left &amp; burned.</p>"
    )
    answer = client.get("/search/", {"q": "FERRY cafe"})
    assertContains(answer, "<mark>Ferry</mark> &amp; &lt;b&gt;fire&lt;/b&gt;")
    assertContains(answer, "<mark>café’s</mark> last <mark>ferry</mark> left &amp; burned.")
    assertContains(answer, "… ")
    assertContains(answer, '<meta name="robots" content="noindex, follow">')
    assertContains(answer, 'value="FERRY cafe"')


def test_a_search_that_finds_nothing_leads_on(client):
    """Fewer words, without section and days, the archive, the latest."""
    published(headline="Ferry late")
    published(headline="Tram early", section=SectionFactory(name="Town", slug="town"))
    answer = client.get("/search/", {"q": "ferry zebra O'tram", "section": "town"})
    assertContains(answer, "No story has all of “ferry zebra O&#x27;tram”.")
    assertContains(answer, 'href="/search/?q=ferry%20zebra%20O%27tram"')
    assertNotContains(answer, "Only “zebra”")
    answer = client.get("/search/", {"q": "ferry zebra tram"})
    for way in ("/search/?q=ferry", "/search/?q=tram", "/archive/", "/tram-early/"):
        assertContains(answer, f'href="{way}"')


def test_the_page_costs_the_same_for_one_and_for_many(client, django_assert_max_num_queries):
    """Eight queries at most: one story, thirty, none, and many words."""
    for number in range(30):
        if number in (1, 29):
            for text in ("ferry", "zebra", "ferry zebra a b c d e f g h i j k l m n"):
                with django_assert_max_num_queries(8):
                    assert client.get("/search/", {"q": text, "section": "news-feed"}).status_code == 200
        published(headline=f"Ferry {number}", authors=[AuthorFactory()], tags=[f"Ferry tag {number}"])


def test_every_page_has_the_search_box(client):
    """With a name of its own, without script; the search page has its form instead."""
    published(headline="Ferry", slug="ferry")
    for address in ("/", "/ferry/", "/news-feed/", "/corrections/", "/archive/", "/nothing-here/"):
        answer = client.get(address)
        assertContains(
            answer, '<form class="search-box" role="search" action="/search/">', 1, answer.status_code
        )
        assertContains(answer, '<label class="visually-hidden" for="search-box">', 1, answer.status_code)
    assertNotContains(client.get("/search/"), "search-box")


def test_the_address_of_a_question_asks_it_again(client):
    """What the form sends and what Show more sends are the same question."""
    published(headline="Ferry")
    query = {"q": "ferry & “co”", "section": "news-feed", "from": "2026-01-01", "until": "2026-12-31"}
    question = client.get("/search/", query).context["question"]
    assert question.parameters == urlencode(query)
