"""The real servers with two processes: one makes a page, both show a change soon, one may die, all may be renewed."""

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

import pytest
from django.urls import reverse

from articles import workflow
from articles.models import Article, PublishedVersion, VersionByline
from log.models import Entry
from tests.factories import published
from tests.pagecache.server import CLOSED, LOST, PATIENCE, TOKEN, Server, readers_of, signed_in

#: Seconds after which nobody may see the page as it was. The promise is one, which `make bench` measures; a machine
#: that runs the rest of the suite beside this gets some more.
PROMISED = 3.0


def test_of_five_hundred_readers_of_a_cold_page_one_has_it_made(either_server):
    server, story = either_server, published(headline="All at once")
    address = f"/{story.slug}/"
    with ThreadPoolExecutor(32) as readers:
        visits = list(readers.map(lambda _number: server.get(address), range(500)))
    assert {status for status, _headers, _text in visits} == {200}
    assert len({text for _status, _headers, text in visits}) == 1
    made = [headers for _status, headers, _text in visits if "stored" in headers["Cache-Status"]]
    assert len(made) == 1
    _status, _headers, counted = server.get("/metrics", Authorization=f"Bearer {TOKEN}")
    numbers = re.findall(r'^newsroom_answers_total{cache="(\w+)",status="2xx"} (\d+)$', counted, re.M)
    numbers = {way: int(number) for way, number in numbers}
    assert (numbers["made"], numbers["made"] + numbers["hit"]) == (1, 500)
    assert len({headers["X-Request-ID"] for _status, headers, _text in visits}) == 500


def test_every_reader_soon_sees_a_change(server):
    """Ten updates of a story that is read all the time by way of both processes, and its withdrawal."""
    story = published(headline="Edition 0")
    changes = []
    with readers_of(server, f"/{story.slug}/") as visits:
        for number in range(1, 11):
            article = Article.objects.get(pk=story.pk)
            article.headline = f"Edition {number}"
            workflow.save(article=article, by=None)
            workflow.publish(article=article, by=None, kind="update")
            changes.append((time.monotonic(), f"<title>Edition {number}"))
            time.sleep(0.5)  # the readers are real, and so is their time
        workflow.withdraw(article=article, by=None, reason="Wrong")
        gone = time.monotonic()
        time.sleep(PROMISED + 1)
    assert len(visits) > 50
    late = []
    for asked, status, text in visits:
        published_by_then = [words for moment, words in changes if moment + PROMISED <= asked]
        if published_by_then and asked < gone and status == 200:
            number = int(published_by_then[-1].rpartition(" ")[2])
            shown = int(text.partition("<title>Edition ")[2].split()[0].strip("–-|·<"))
            if shown < number:
                late.append((asked, shown, number))
    assert late == []
    assert {status for asked, status, _text in visits if asked > gone + PROMISED} == {410}


def test_a_process_that_is_killed_in_the_middle_holds_nobody_up(either_server):
    """The lock it held is free at once, another process takes its place, and what is shown is right."""
    server, story = either_server, published(headline="Before")
    address = f"/{story.slug}/"
    server.get(address)
    with readers_of(server, address) as visits:
        article = Article.objects.get(pk=story.pk)
        article.headline = "After"
        workflow.save(article=article, by=None)
        workflow.publish(article=article, by=None, kind="update")
        os.kill(server.workers()[0], signal.SIGKILL)
        killed = time.monotonic()
        time.sleep(PROMISED + 1)
    seen = [text for asked, status, text in visits if asked > killed + PROMISED and status == 200]
    assert seen
    assert all("After" in text for text in seen)


def test_a_publication_whose_process_is_killed_is_whole_or_not_there(transactional_db, person):
    """Killed after each of its writes, then after all of them and before its answer: nothing in between is seen."""
    server = Server("dying", CHECK_LEVELS="standfirst=off,tags=off")
    try:
        publish_and_die(server, person("Editor"))
    finally:
        server.stop()


def publish_and_die(server, editor):
    story = published(headline="Before")
    article = Article.objects.get(pk=story.pk)
    article.headline = "After"
    workflow.save(article=article, by=editor)
    address, by = reverse("admin:articles_article_publish", args=[story.pk]), signed_in(editor)
    rows = [PublishedVersion, VersionByline, Entry]
    before = [list(model.objects.order_by("pk").values()) for model in rows]

    def publish(dies):
        with pytest.raises((OSError, HTTPException)):  # no answer
            server.post(address, {"kind": "update", "seen": article.version}, **by, **{"X-Dies": dies})

    with readers_of(server, f"/{story.slug}/") as visits:
        for write in range(1, 7):
            publish(str(write))
            assert [list(model.objects.order_by("pk").values()) for model in rows] == before
        told = time.monotonic()
        publish("answer")
        killed = time.monotonic()
        time.sleep(PROMISED + 1)
    assert {status for _asked, status, _text in visits} <= {200, CLOSED, LOST}
    shown = [(asked, "After" in text) for asked, status, text in visits if status == 200]
    assert {after for asked, after in shown if asked > killed + PROMISED} == {True}
    assert not any(after for asked, after in shown if asked < told - PROMISED)
    assert story.versions.count() == 2
    assert Entry.objects.filter(kind="story.published").count() == 2
    again = server.post(address, {"kind": "update", "seen": article.version}, **by)
    assert "This version is on the site already" in again[2]  # pressed once more, nothing happens twice
    assert story.versions.count() == 2


def test_no_request_is_lost_while_processes_are_renewed(either_server):
    """At a reload (HUP), and under gunicorn after so many requests: each reader gets an answer, and the right one.

    granian closes connections when a process ends, new ones too, without a word; whoever asks just then asks again.
    """
    server, story = either_server, published(headline="All the time")
    before = server.workers()
    with readers_of(server, f"/{story.slug}/", count=8) as visits:
        server.process.send_signal(signal.SIGHUP)
        began = time.monotonic()
        while set(before) & set(server.workers()) and time.monotonic() - began < PATIENCE:
            time.sleep(0.1)  # processes have their own time
    assert not set(before) & set(server.workers())
    assert len(visits) > 100
    seen = {(status, "All the time" in text) for _asked, status, text in visits}
    if server.program == "granian":
        seen -= {(CLOSED, False), (LOST, False)}
    assert seen == {(200, True)}


def test_both_servers_answer_alike(either_server):
    """What HTTP asks of a server: no body to HEAD, none with 304, lengths that are right, an address outside ASCII."""
    published(slug="told", headline="Told")
    whole = either_server.get("/told/")
    head = either_server.get("/told/", method="HEAD")
    again = either_server.get("/told/", **{"If-None-Match": whole[1]["ETag"]})
    assert (head[0], head[2], again[0], again[2]) == (200, "", 304, "")
    assert head[1]["Content-Length"] == whole[1]["Content-Length"] == str(len(whole[2].encode()))
    assert either_server.get("/%D1%97%C3%A9/?q=%00")[0] == 404
    assert "Cache-Status" not in either_server.get("/told/", method="POST")[1]
