"""What people get when the database or the disk fails: a sentence that is true, and nothing half done."""

import errno
import sqlite3
from unittest import mock

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from articles.models import Article, Revision
from newsroom.failures import status_of
from tests.articles.test_autosave import posted
from tests.factories import ArticleFactory, published
from tests.pagecache.test_faults import HOLD_SQLITE, held, on_sqlite


def because_of(error, **cause):
    """`error` as Django raises it for what a database said."""
    error.__cause__ = type("Cause", (Exception,), cause)()
    return error


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (because_of(OperationalError("locked"), sqlite_errorcode=sqlite3.SQLITE_BUSY), 503),
        (because_of(OperationalError("connection lost"), sqlstate=None), 503),
        (InterfaceError("closed"), 503),
        (because_of(OperationalError("full"), sqlite_errorcode=sqlite3.SQLITE_FULL), 507),
        (because_of(OperationalError("I/O"), sqlite_errorcode=sqlite3.SQLITE_IOERR | 3 << 8), 507),
        (because_of(OperationalError("full"), sqlstate="53100"), 507),
        (OSError(errno.ENOSPC, "No space left on device"), 507),
        (OSError(errno.EFBIG, "File too large"), 507),
        (FileNotFoundError(errno.ENOENT, "No such file"), 500),
        (because_of(IntegrityError("twice"), sqlite_errorcode=sqlite3.SQLITE_CONSTRAINT), 500),
        (DatabaseError("anything"), 500),
        (KeyError("a mistake of ours"), 500),
    ],
)
def test_only_what_passes_is_called_passing(error, status):
    assert status_of(error) == status


@pytest.fixture
def browser(transactional_db, editor):
    """An editor's, whom mistakes of the server reach as pages."""
    signed_in = Client(raise_request_exception=False)
    signed_in.force_login(editor)
    return signed_in


@on_sqlite
@pytest.mark.parametrize("page", ["change", "autosave"])
def test_a_save_that_waited_in_vain_says_so_and_stores_nothing(browser, editor, page):
    """Another program writes all the while; the same form, sent once more, is stored."""
    story = ArticleFactory(headline="The first words")
    address = reverse(f"admin:articles_article_{page}", args=[story.pk])
    form = posted(story, editor, headline="Typed meanwhile")
    with held(HOLD_SQLITE, str(connection.settings_dict["NAME"])):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")  # not as long as an editor would wait
        answer = browser.post(address, form)
    connection.close()
    assert answer.status_code == 503
    assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("5", "no-store")
    said = answer.content.decode()
    assert "This could not be saved" in said and "Nothing of it is stored" in said and "<script" not in said
    assert Article.objects.get().headline == "The first words"
    assert not Revision.objects.exists()
    assert browser.post(address, form).status_code in (200, 302)
    assert Article.objects.get().headline == "Typed meanwhile"


@on_sqlite
@pytest.mark.parametrize("page", ["change", "autosave"])
def test_a_database_without_room_says_so_and_stores_nothing(browser, editor, page):
    """SQLite may grow no more; when there is room again, the same form is stored."""
    story = ArticleFactory(headline="The first words")
    address = reverse(f"admin:articles_article_{page}", args=[story.pk])
    form = posted(story, editor, headline="Typed meanwhile", body=f"<p>{'It rained. ' * 50_000}</p>")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # what other tests left free is room, too
        cursor.execute("PRAGMA max_page_count = 1")  # never below what is there
        answer = browser.post(address, form)
        cursor.execute("PRAGMA max_page_count = 1000000000")
    assert answer.status_code == 507
    assert "The disk of the newsroom is full" in answer.content.decode()
    assert Article.objects.get().headline == "The first words"
    assert not Revision.objects.exists()
    assert browser.post(address, form).status_code in (200, 302)
    assert Article.objects.get().headline == "Typed meanwhile"


def test_a_reader_is_asked_to_come_again(browser):
    """Without a word of saving, and with ways on."""
    story = published()
    gone = mock.patch.object(connection, "cursor", side_effect=OperationalError("the database is gone"))
    with gone:
        answer = Client(raise_request_exception=False).get(f"/{story.slug}/")
    said = answer.content.decode()
    assert answer.status_code == 503
    assert "This page cannot be shown just now" in said and "stored" not in said
    assert 'href="/news-feed/"' in said


def test_a_mistake_of_ours_is_one(browser):
    with mock.patch("newsroom.views.MigrationExecutor", side_effect=KeyError):
        answer = browser.get("/readyz")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()
    assert "Retry-After" not in answer.headers
