"""What operators see at /metrics: counts of all processes together, for whoever has the token."""

import os
import re
from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from images.models import Image
from newsroom.counters import Counters
from newsroom.log_lines import RequestIds
from newsroom.metrics import STEPS, Metrics
from newsroom.observed import observed
from pagecache import standing
from tests.factories import published
from tests.images.pictures import make_picture
from tests.pagecache.visits import new_cache, visit

TOKEN = "a token of this test alone"


@pytest.fixture
def site(transactional_db, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(standing, "LOOK_EVERY", 0)
    return Metrics(new_cache(settings, tmp_path), folder=tmp_path / "metrics", token=TOKEN)


def numbers(site):
    """{name with its labels: number}, read as Prometheus reads it."""
    text = visit(site, "/metrics", authorization=f"Bearer {TOKEN}").text
    kinds = dict(re.findall(r"^# TYPE (\S+) (counter|gauge|histogram)$", text, re.M))
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, labels, number = re.fullmatch(r"([a-z_]+)(\{[^}]*\})? (\S+)", line).groups()
            assert name in kinds or re.sub(r"_(bucket|sum|count)$", "", name) in kinds
            found[name + (labels or "")] = float(number)
    return found


def answers(site, way, status="2xx"):
    return numbers(site)[f'newsroom_answers_total{{cache="{way}",status="{status}"}}']


def test_each_answer_is_counted_by_what_the_cache_did(site):
    published(slug="told")
    for path in ("/told/", "/told/", "/told/", "/nothing-here/", "/search/?q=told", reverse("account_login")):
        visit(site, path)
    with mock.patch.object(connection, "cursor", side_effect=OperationalError("the database is gone")):
        visit(site, "/told/")
    assert answers(site, "made") == 1
    assert answers(site, "made", "4xx") == 1
    assert answers(site, "hit") == 2
    assert answers(site, "stale") == 1
    assert answers(site, "outside") == 2
    said = numbers(site)
    assert said['newsroom_made_seconds_count{kind="page"}'] == 2
    assert said['newsroom_made_seconds_count{kind="desk"}'] == 1
    steps = [said[f'newsroom_made_seconds_bucket{{kind="page",le="{step}"}}'] for step in (*STEPS, "+Inf")]
    assert steps == sorted(steps) and steps[-1] == 2


def test_the_database_is_asked_what_waits(site):
    before = numbers(site)
    make_picture()
    Image.objects.update(progress=Image.Progress.WAITING)
    after = numbers(site)
    assert (after["newsroom_database_up"], after["newsroom_pictures_waiting"]) == (1, 1)
    assert after["newsroom_writes"] > before["newsroom_writes"]
    assert after["newsroom_database_bytes"] > 0
    with mock.patch.object(connection, "cursor", side_effect=OperationalError("the database is gone")):
        down = numbers(site)
    assert down["newsroom_database_up"] == 0
    assert "newsroom_pictures_waiting" not in down


def test_a_clock_that_was_set_back_is_told(site):
    """By the last entry of the log, which nobody changes."""
    published()
    assert numbers(site)["newsroom_clock_behind_seconds"] == 0
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        assert 3590 < numbers(site)["newsroom_clock_behind_seconds"] < 3610


@pytest.mark.parametrize(
    "said", [{}, {"authorization": f"Bearer {TOKEN}x"}, {"authorization": "Bearer \xe9"}]
)
def test_without_the_token_there_is_nothing(site, said):
    there, nowhere = visit(site, "/metrics", **said), visit(site, "/metricz", **said)
    assert there.status == nowhere.status != 200
    assert "newsroom_" not in there.text


@pytest.mark.parametrize(
    ("token", "log", "layer"), [("", "plain", str), (TOKEN, "plain", Metrics), ("", "json", RequestIds)]
)
def test_layers_are_there_only_where_they_are_wanted(settings, tmp_path, token, log, layer):
    settings.METRICS_TOKEN, settings.LOG_FORMAT, settings.VAR_DIR = token, log, tmp_path
    assert type(observed("the site")) is layer


def test_processes_count_together_and_a_killed_one_takes_nothing_with_it(tmp_path):
    """Each ends without a word, and the next goes on in its place, so that a sum never falls."""
    counters = Counters(tmp_path, ("hit", "sum"))
    counters.add("hit")
    for _process in range(70):  # more than there are places
        if (child := os.fork()) == 0:
            counters.add("hit", 2)
            counters.add("sum", 0.25)
            os._exit(0)
        os.waitpid(child, 0)
    assert counters.sums() == {"hit": 141, "sum": 17.5}
    assert Counters(tmp_path, ("hit", "sum")).sums() == {"hit": 141, "sum": 17.5}
    assert Counters(tmp_path, ("hit", "other")).sums() == {"hit": 0, "other": 0}


def test_without_a_file_the_site_goes_on(tmp_path):
    (tmp_path / "taken").write_text("This is no folder.")
    site = Metrics(WSGIHandler(), folder=tmp_path / "taken", token=TOKEN)
    assert visit(site, "/healthz").status == 200
