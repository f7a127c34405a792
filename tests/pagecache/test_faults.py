"""The real server while its database is locked by another process, or lost: readers get what is known to be right."""

import json
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from select import select

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from articles import workflow
from articles.models import Article, Revision
from images.models import Image
from tests.articles.test_autosave import posted
from tests.factories import published
from tests.images.pictures import picture_bytes
from tests.pagecache.server import PATIENCE, Server, signed_in

#: What another process does that holds the database: a write that does not end, and a change of the table that counts.
HOLD_SQLITE = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""
HOLD_POSTGRESQL = """
import psycopg, sys
with psycopg.connect(sys.argv[1]) as database:
    database.execute("LOCK TABLE pagecache_writes IN ACCESS EXCLUSIVE MODE")
    print("held", flush=True)
    sys.stdin.read()
"""
#: A file that is locked for one program alone: nobody else may even read.
HOLD_FILE = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
database.execute("PRAGMA locking_mode = EXCLUSIVE")
database.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""
on_sqlite = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="about SQLite's one lock for all writes"
)
on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="about locks that hold up reading"
)


@contextmanager
def held(program, place, meanwhile=None):
    """Another process holds the database; until it does, `meanwhile` is done again and again."""
    holder = subprocess.Popen(  # noqa: S603 (our own words)
        [sys.executable, "-c", program, place], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        while meanwhile and not select([holder.stdout], [], [], 0)[0]:
            meanwhile()
        assert holder.stdout.readline() == b"held\n"
        yield
    finally:
        holder.communicate()


def timed(server, address):
    """(status, Cache-Status, seconds) of a visit."""
    began = time.monotonic()
    status, headers, _text = server.get(address)
    return status, headers["Cache-Status"], time.monotonic() - began


@on_sqlite
def test_a_write_that_does_not_end_holds_up_no_reader(server):
    """Kept pages are still proved, and others made."""
    kept, cold = published(headline="Kept"), published(headline="Cold")
    server.get(f"/{kept.slug}/")
    connection.close()
    with held(HOLD_SQLITE, str(connection.settings_dict["NAME"])):
        visits = [timed(server, f"/{story.slug}/") for story in (kept, cold, kept, cold)]
    assert [status for status, _way, _seconds in visits] == [200] * 4
    assert visits[1][1] == "newsroom; fwd=miss; stored"
    assert {visits[0][1], visits[2][1], visits[3][1]} == {"newsroom; hit"}


@pytest.fixture
def file_of_its_own(transactional_db, tmp_path, monkeypatch):
    """The database as a file that no thread of an earlier test has open: SQLite locks none for one program alone
    that another one holds.
    """
    own = str(tmp_path / "own.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [own])
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", own)
    yield
    connection.close()


@on_sqlite
def test_a_file_that_nobody_may_read_is_answered_for_at_once(file_of_its_own, person):
    """Kept pages as they were, of all else a page that says so; no thread waits for long, and nothing is stored."""
    server = Server(WEB_CONCURRENCY="1", CONN_MAX_AGE="0")
    try:
        look_at_a_locked_file(server, person("Editor"))
    finally:
        server.stop()


def look_at_a_locked_file(server, editor):
    kept, cold, gone = (published(headline=words) for words in ("Kept", "Cold", "Taken off"))
    save = reverse("admin:articles_article_autosave", args=[kept.pk])
    words = posted(kept, editor, headline="Typed meanwhile")
    server.get(f"/{gone.slug}/")
    workflow.withdraw(article=Article.objects.get(pk=gone.pk), by=None, reason="Wrong")
    time.sleep(0.2)  # the process looks ten times a second
    server.get(f"/{kept.slug}/")
    by = signed_in(editor)
    connection.close()
    with ThreadPoolExecutor(16) as visitors:

        def each_thread_lets_go():
            list(visitors.map(server.get, ["/healthz"] * 64))

        with held(HOLD_FILE, str(connection.settings_dict["NAME"]), meanwhile=each_thread_lets_go):
            time.sleep(0.2)  # the last look is a tenth of a second old
            began = time.monotonic()
            visits = [timed(server, f"/{kept.slug}/") for _visit in range(12)]
            addresses = [f"/{cold.slug}/", f"/{gone.slug}/", "/", "/search/?q=kept"]
            others = list(visitors.map(server.get, addresses * 8))
            desk = server.get("/admin/", **by)
            refused = server.post(save, words, **by)
            ready, alive = server.get("/readyz"), server.get("/healthz")
            seconds = time.monotonic() - began
    assert {(status, way) for status, way, _seconds in visits} == {(200, "newsroom; hit; detail=stale")}
    assert len([seconds for _status, _way, seconds in visits if seconds > 0.9]) <= 1  # who finds out
    assert {status for status, _headers, _text in [*others, desk, refused, ready]} == {503}
    assert alive[0] == 200
    assert seconds < 9, "somebody waited as long as a save may wait for another"
    _status, headers, text = others[0]
    assert (headers["Cache-Control"], headers["Retry-After"]) == ("no-store", "5")
    assert "This page cannot be shown just now" in text and "<script" not in text
    assert "This could not be saved" in refused[2] and "nothing is lost" in refused[2]
    assert Article.objects.get(pk=kept.pk).headline == "Kept"
    comes_back(server, f"/{kept.slug}/")
    assert [server.get(address)[0] for address in addresses] == [200, 410, 200, 200]
    assert server.post(save, words, **by)[0] == 200
    assert Article.objects.get(pk=kept.pk).headline == "Typed meanwhile"


@on_postgresql
def test_readers_get_what_is_right_while_the_database_is_locked(server):
    story, gone = published(headline="Still here"), published(headline="Taken off")
    addresses = [f"/{story.slug}/", f"/{gone.slug}/"]
    with ThreadPoolExecutor(8) as readers:  # so that both processes have both pages
        list(readers.map(server.get, addresses * 30))
        workflow.withdraw(article=Article.objects.get(pk=gone.pk), by=None, reason="Wrong")
        time.sleep(0.5)  # the processes look ten times a second
        list(readers.map(server.get, addresses[:1] * 30))
        connection.close()
        with held(HOLD_POSTGRESQL, server.environment["DATABASE_URL"]):
            time.sleep(0.2)  # the last look is a tenth of a second old
            withdrawn = readers.submit(server.get, addresses[1])
            visits = [timed(server, addresses[0]) for _visit in range(12)]
    assert {status for status, _way, _seconds in visits} == {200}
    # A process that has not proved the page since the withdrawal lets the site make it, for this reader alone.
    ways = {way for _status, way, _seconds in visits}
    assert "newsroom; hit; detail=stale" in ways
    assert ways <= {"newsroom; hit; detail=stale", None}
    # In each process one reader may be the one who finds out.
    assert len([seconds for _status, _way, seconds in visits if seconds > 3]) <= len(server.workers())
    assert withdrawn.result()[0] in (410, 503)
    comes_back(server, addresses[0])
    assert server.get(addresses[1])[0] == 410


def comes_back(server, address):
    """The page is soon proved again, by every process."""
    began, proved = time.monotonic(), 0
    while proved < 20:
        assert time.monotonic() - began < PATIENCE
        way = server.get(address)[1]["Cache-Status"]
        proved = proved + 1 if way in ("newsroom; hit", "newsroom; fwd=miss; stored") else 0
        if not proved:
            time.sleep(0.1)  # until the database is asked again


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no connections that others can end"
)
def test_a_database_that_was_restarted_is_asked_again(server):
    """Nobody but readers of kept pages comes: no request of Django's throws the lost connections away."""
    story = published()
    address = f"/{story.slug}/"
    with ThreadPoolExecutor(8) as readers:
        list(readers.map(server.get, [address] * 60))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        visits = list(readers.map(server.get, [address] * 60))
    assert {status for status, _headers, _text in visits} == {200}
    comes_back(server, address)


# --- No room on the disk ----------------------------------------------------------------------------------


@contextmanager
def no_room(server):
    """The system takes nothing that the server's processes write into files, as on a full disk."""
    limits = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in server.workers()}
    for pid, (_now, most) in limits.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        for pid, limit in limits.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)


def test_on_a_full_disk_readers_read_and_nothing_is_half_written(transactional_db, person, tmp_path):
    """Saves and pictures are refused with a sentence, and taken when there is room again."""
    server = Server(TMPDIR=str(tmp_path))
    try:
        fill_the_disk(server, person("Editor"), tmp_path)
    finally:
        server.stop()


def fill_the_disk(server, editor, place):
    kept, cold = published(headline="Kept"), published(headline="Cold")
    saves = [reverse(f"admin:articles_article_{page}", args=[kept.pk]) for page in ("autosave", "change")]
    words, by = posted(kept, editor, headline="Typed meanwhile"), signed_in(editor)
    picture = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("harbour.jpg", picture_bytes())})

    def upload():
        headers = {"Content-Type": MULTIPART_CONTENT, "Accept": "application/json", **by}
        return server.get(reverse("admin:images_image_add"), "POST", picture, **headers)

    server.get(f"/{kept.slug}/")
    with no_room(server):
        visits = [server.get(f"/{story.slug}/") for story in (kept, cold, kept, cold)]
        uploaded = upload()
        saved = [server.post(address, words, **by) for address in saves]
    assert [status for status, _headers, _text in visits] == [200] * 4
    assert (uploaded[0], json.loads(uploaded[2])["kind"]) == (507, "full")
    assert not Image.objects.exists()
    assert [file for folder in ("uploads", "originals") for file in place.glob(f"*/{folder}/**/*.*")] == []
    if connection.vendor == "sqlite":  # the other database has a disk of its own
        assert [status for status, _headers, _text in saved] == [507, 507]
        assert "The disk of the newsroom is full" in saved[1][2]
        assert Article.objects.get(pk=kept.pk).headline == "Kept"
        assert not Revision.objects.filter(article=kept, made_by=editor).exists()
    assert upload()[0] == 201
    assert [*place.glob("*/uploads/**/*.*")]
    assert [server.post(address, words, **by)[0] for address in saves] == [200, 302]
    assert Article.objects.get(pk=kept.pk).headline == "Typed meanwhile"
    assert {server.get(f"/{story.slug}/")[0] for story in (kept, cold)} == {200}
