"""Pages come from the cache while they are right, and not a moment longer."""

import fcntl
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError, connection

from articles import workflow
from articles.models import Article, PublishedVersion
from authors.models import Author
from pagecache import shelf, watches
from tests.factories import ArticleFactory, published
from tests.images.pictures import make_picture

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_page_is_made_once(get):
    story = published(headline="The tide is in")
    address = f"/{story.slug}/"
    first, second = get(address), get(address)
    assert first.was_made and not second.was_made
    assert "The tide is in" in second.text
    assert first.body == second.body


def test_a_change_is_seen_at_the_next_visit_and_elsewhere_nothing_is_made(get):
    story, other = published(headline="Old words", read_more=[]), published(headline="Elsewhere")
    get(f"/{story.slug}/"), get("/authors-are-not-here/"), get("/sitemap-sections.xml")
    story = Article.objects.get(pk=story.pk)
    story.headline = "New words"
    workflow.save(article=story, by=None)
    assert not get(f"/{story.slug}/").was_made  # a save is the desk's own business
    workflow.publish(article=story, by=None, kind="update")
    changed = get(f"/{story.slug}/")
    assert changed.was_made
    assert "New words" in changed.text
    assert not get("/sitemap-sections.xml").was_made
    assert "New words" in get(f"/{other.slug}/").text  # in its News Feed


@pytest.mark.parametrize("how", ["save", "update", "sql", "bulk"])
def test_no_way_to_write_goes_round_the_count(get, how):
    """The database counts, not the code that writes."""
    story = published()
    author = story.bylines.get().author
    get(f"/author/{author.slug}/")
    author.name = "Somebody Else"
    if how == "save":
        author.save()
    elif how == "update":
        Author.objects.filter(pk=author.pk).update(name=author.name)
    elif how == "bulk":
        Author.objects.bulk_update([author], ["name"])
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE authors_author SET name = %s WHERE id = %s", [author.name, author.pk])
    page = get(f"/author/{author.slug}/")
    assert page.was_made
    assert "Somebody Else" in page.text


def test_a_scheduled_story_is_there_at_its_second(get):
    """Also at addresses that answered 404 before, and on lists that were kept."""
    with time_machine.travel(NOON, tick=False) as clock:
        published(headline="Already here")
        article = ArticleFactory(headline="At one o'clock", slug="at-one")
        workflow.schedule(article=article, at=NOON + timedelta(hours=1), by=None, kind="first")
        assert get("/at-one/").status == 404
        get("/")
        clock.move_to(NOON + timedelta(hours=1) - SECOND)
        assert get("/at-one/").status == 404
        assert not get("/").was_made
        clock.shift(SECOND)
        assert get("/at-one/").status == 200
        assert "At one o&#x27;clock" in get("/").text


def test_a_story_ends_at_its_second(get):
    with time_machine.travel(NOON, tick=False) as clock:
        story = published(headline="Until one")
        workflow.expire(article=story, at=NOON + timedelta(hours=1), by=None)
        assert get(f"/{story.slug}/").status == 200
        clock.move_to(NOON + timedelta(hours=1) - SECOND)
        assert not get(f"/{story.slug}/").was_made
        clock.shift(SECOND)
        assert get(f"/{story.slug}/").status == 410
        assert "Until one" not in get("/").text


def test_a_picture_goes_when_its_rights_end_and_other_pages_stay(get):
    with time_machine.travel(NOON, tick=False) as clock:
        picture = make_picture(caption="Gulls over the mole", not_after=NOON + timedelta(hours=1))
        story, without = published(lead_image=picture), "/corrections/"
        assert "Gulls over the mole" in get(f"/{story.slug}/").text
        get(without)
        clock.move_to(NOON + timedelta(hours=1))
        page = get(f"/{story.slug}/")
        assert page.was_made
        assert "Gulls over the mole" not in page.text
        assert not get(without).was_made


def test_lists_name_the_year_from_new_year_on(get):
    """The year of a date is left out while it lasts, so a kept page must end with it."""
    with time_machine.travel(datetime(2031, 12, 31, 12, 0, tzinfo=UTC), tick=False) as clock:
        published()
        assert '<span class="day">31 Dec</span>' in get("/news-feed/").text
        clock.move_to(datetime(2032, 1, 1, tzinfo=UTC) - SECOND)
        assert not get("/news-feed/").was_made
        clock.shift(SECOND)
        assert '<span class="day">31 Dec 2031</span>' in get("/news-feed/").text


def test_a_clock_that_is_set_back_shows_the_rights_of_that_time(get):
    with time_machine.travel(NOON, tick=False) as clock:
        picture = make_picture(caption="Gulls over the mole", not_before=NOON + timedelta(hours=1))
        story = published()
        PublishedVersion.objects.filter(article=story).update(lead_image=picture)
        clock.move_to(NOON + timedelta(hours=2))
        assert "Gulls over the mole" in get(f"/{story.slug}/").text
        clock.move_to(NOON)
        assert "Gulls over the mole" not in get(f"/{story.slug}/").text


def test_a_clock_that_is_set_back_shows_what_is_right_then(get):
    with time_machine.travel(NOON, tick=False) as clock:
        article = ArticleFactory(slug="later")
        workflow.schedule(article=article, at=NOON + timedelta(hours=1), by=None, kind="first")
        clock.move_to(NOON + timedelta(hours=2))
        assert get("/later/").status == 200
        clock.move_to(NOON)
        assert get("/later/").status == 404


def test_a_clock_that_is_set_back_brings_back_nothing_withdrawn(get):
    """Not its last version, not an earlier one, on no page; what was not withdrawn follows the clock."""
    with time_machine.travel(NOON, tick=False) as clock:
        stays, gone = published(headline="It stays"), published(headline="Withdrawn later")
        clock.move_to(NOON + timedelta(minutes=10))
        for article in (stays, gone):
            workflow.save(article=article, by=None)
            workflow.publish(article=article, by=None, kind="update")
        clock.move_to(NOON + timedelta(minutes=20))
        workflow.withdraw(article=gone, by=None, reason="Wrong")
        addresses = ["/", "/news-feed/", "/rss/", "/lite/", "/search/?q=later", "/news-sitemap.xml"]
        addresses += [f"/archive/{NOON:%Y/%m}/", f"/{stays.slug}/", gone.section.get_absolute_url()]
        for minute in (5, 15, 20):
            clock.move_to(NOON + timedelta(minutes=minute))
            assert get(f"/{gone.slug}/").status == 410
            assert get(f"/lite/{gone.slug}/").status == 410
            assert get(f"/{stays.slug}/").status == 200
            for address in addresses:
                page = get(address)
                assert (page.status, "Withdrawn later" in page.text) == (200, False), (minute, address)
            assert gone.versions.shown(NOON).exists(), "what readers saw then"
        clock.move_to(NOON + timedelta(minutes=30))
        workflow.save(article=gone, by=None)
        workflow.publish(article=gone, by=None, kind="correction", correction="It was right.")
        assert get(f"/{gone.slug}/").status == 200


# --- What a reader sends ----------------------------------------------------------------------------------


def test_nothing_a_reader_sends_gets_into_a_page(get):
    story = published()
    address = f"/{story.slug}/"
    poisoned = get(
        f"{address}?utm_source=evil&x=1",
        x_forwarded_host="evil.example", x_forwarded_proto="gopher", cookie="sessionid=evil",
        accept_language="uk", x_original_url="/admin/", authorization="Basic evil",
    )  # fmt: skip
    assert poisoned.was_made
    assert "evil" not in poisoned.text
    assert not get(address).was_made
    assert get(address).body == poisoned.body


def test_only_the_place_in_a_list_chooses_a_page(get):
    for number in range(25):
        published(headline=f"Number {number}")
    first = get("/news-feed/")
    assert not get("/news-feed/?fbclid=1&page=7&p=12&%00").was_made
    cursor = first.text.split("?before=")[1].split('"')[0]
    assert get(f"/news-feed/?before={cursor}").was_made
    assert not get(f"/news-feed/?x=1&before={cursor}&a=b").was_made


@pytest.mark.parametrize("host", ["evil.example", "", "testserver@evil.example", "a b"])
def test_a_foreign_host_is_not_served(get, settings, host):
    settings.ALLOWED_HOSTS = ["testserver"]
    published()
    get("/")
    answer = get("/", host=host)
    assert answer.status == 400
    assert "Cache-Status" not in answer.headers


def test_the_desk_and_its_answers_are_never_kept(get):
    for path in ("/admin/", "/admin/login/", "/healthz", "/readyz"):
        assert "Cache-Status" not in get(path).headers
    assert get("/", method="POST").status == 405


def test_head_has_the_headers_of_get_and_no_body(get):
    published()
    whole, head = get("/"), get("/", method="HEAD")
    assert head.raw == b""
    same = ["Content-Length", "ETag", "Content-Type"]
    assert [head.headers[name] for name in same] == [whole.headers[name] for name in same]


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("", None),
        ("identity", None),
        ("gzip;q=0", None),
        ("BR", "br"),
        (";;,,q=", None),
    ],
)
def test_readers_get_the_encoding_they_understand(get, accepts, encoding):
    published(headline="In any encoding")
    plain = get("/")
    page = get("/", accept_encoding=accepts)
    assert page.headers.get("Content-Encoding") == encoding
    assert page.headers["Vary"] == "Accept-Encoding"
    assert page.body == plain.body
    assert int(page.headers["Content-Length"]) == len(page.raw)


def test_a_reader_who_has_the_page_gets_304(get):
    story = published()
    for accepts in ("br", "gzip", ""):
        page = get(f"/{story.slug}/", accept_encoding=accepts)
        again = get(f"/{story.slug}/", accept_encoding=accepts, if_none_match=page.headers["ETag"])
        assert (again.status, again.raw) == (304, b"")
        assert again.headers["ETag"] == page.headers["ETag"]
        assert "Content-Security-Policy" in again.headers
    workflow.withdraw(article=story, by=None, reason="Wrong")
    assert get(f"/{story.slug}/", if_none_match=page.headers["ETag"]).status == 410


def test_strange_addresses_are_answered(get):
    for path in (
        "//",
        "/%00/",
        "/\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
        "/" + "a" * 900,
    ):
        assert get(path).status in (301, 404)


def test_news_leaves_its_sitemap_by_the_clock_alone(get):
    """Nobody writes anything; the page knows by itself when its oldest story is no longer news."""
    with time_machine.travel(NOON, tick=False) as clock:
        older = published(at=NOON - timedelta(hours=1))
        newer = published(at=NOON)
        assert get("/news-sitemap.xml").was_made
        clock.move_to(NOON + timedelta(hours=47) - SECOND)
        page = get("/news-sitemap.xml")
        assert not page.was_made
        assert older.slug in page.text
        clock.shift(SECOND)
        page = get("/news-sitemap.xml")
        assert page.was_made
        assert older.slug not in page.text and newer.slug in page.text
        clock.shift(timedelta(hours=1))
        assert newer.slug not in get("/news-sitemap.xml").text


# --- What fails -------------------------------------------------------------------------------------------


@contextmanager
def broken():
    """The database fails in this block."""
    with mock.patch.object(connection, "cursor", side_effect=OperationalError("the database is gone")):
        yield


def test_without_a_database_the_last_good_page_is_served_until_something_would_end(get):
    with time_machine.travel(NOON, tick=False) as clock:
        story, other = published(headline="Still here"), published()
        workflow.expire(article=other, at=NOON + timedelta(hours=1), by=None)
        get(f"/{story.slug}/"), get(f"/{other.slug}/")
        with broken():
            page = get(f"/{story.slug}/")
            assert page.status == 200
            assert page.headers["Cache-Status"] == "newsroom; hit; detail=stale"
            clock.move_to(NOON + timedelta(hours=1))
            # What began and ended meanwhile nobody knows.
            assert get(f"/{other.slug}/").status == 503


def test_without_a_database_nothing_withdrawn_comes_back(get):
    """A page that was not proved since the last write is not served: the write may have taken it off."""
    story = published()
    get(f"/{story.slug}/")
    workflow.withdraw(article=story, by=None, reason="Wrong")
    get("/")  # this process hears of the write, but has not looked at the story since
    with broken():
        assert get(f"/{story.slug}/").status == 503
        assert get("/").status == 200


def test_a_full_disk_is_a_page_made_by_each_process(get, cache, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    published()
    assert get("/").was_made
    assert not get("/").was_made


def test_a_folder_that_is_gone_is_a_page_made_by_each_process(get, cache):
    for file in cache.shelf.folder.iterdir():
        file.unlink()
    cache.shelf.folder.rmdir()
    published()
    assert get("/").was_made
    assert not get("/").was_made


def test_nobody_waits_long_for_a_process_that_hangs(get, cache, monkeypatch):
    """It holds the lock of every address; the page is made all the same."""
    monkeypatch.setattr(shelf, "WAIT", 0.05)
    published()
    with ExitStack() as opened:
        for file in cache.shelf.folder.glob("*.lock"):
            fcntl.flock(opened.enter_context(file.open()), fcntl.LOCK_EX)
        assert get("/").was_made
        assert not get("/").was_made


# --- What is watched --------------------------------------------------------------------------------------


def test_watches_are_laid_again_after_a_table_is_made_anew(transactional_db):
    """SQLite makes a new table for most changes of its shape, and the triggers of the old one go with it."""
    published()
    table = PublishedVersion._meta.db_table

    def counted(words):
        before = watches.writes()
        PublishedVersion.objects.update(word_count=words)
        return watches.writes() > before

    assert counted(7)
    watches.lift([table])
    try:
        assert not counted(8)
    finally:
        call_command("migrate", verbosity=0)
    assert counted(9)


def test_a_page_that_reads_what_nobody_watches_is_made_for_each_reader(get, cache):
    """So a table that was forgotten costs time and shows nothing old."""
    published()
    cache.watched = cache.watched - {PublishedVersion._meta.db_table}
    assert get("/").was_made and get("/").was_made


def test_every_page_for_readers_can_be_kept(get):
    """Nothing they are made of was forgotten."""
    picture = make_picture()
    story = published(lead_image=picture, tags=["Rain"])
    author, tag = story.bylines.get().author, story.tags.get()
    gone = published()
    workflow.withdraw(article=gone, by=None, reason="Wrong")
    addresses = ["/", "/news-feed/", "/rss/", "/corrections/", "/corrections/rss/", "/sitemap.xml"]
    addresses += ["/atom/", "/feed.json", "/corrections/atom/"]
    addresses += [f"/archive/{story.versions.get().first_published_at:%Y/%m}/", "/archive/"]
    addresses += ["/sitemap-stories.xml", "/sitemap-sections.xml", "/sitemap-authors.xml", "/robots.txt"]
    addresses += [f"/{story.slug}/", f"/{gone.slug}/", "/nothing-here/"]
    addresses += [
        "/news-sitemap.xml",
        "/lite/",
        f"/lite/{story.slug}/",
        f"/lite/{gone.slug}/",
        "/lite/nothing-here/",
    ]
    for part in (story.section, author, tag):
        addresses += [part.get_absolute_url(), f"{part.get_absolute_url()}rss/"]
        addresses += [f"{part.get_absolute_url()}atom/", f"{part.get_absolute_url()}feed.json"]
    for address in addresses:
        get(address)
    assert [address for address in addresses if get(address).was_made] == []
