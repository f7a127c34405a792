"""What is said in a recording finds the stories that play it: readers while they may hear it, the desk always."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article
from articles.models import search as desk_search
from articles.search import Question, fewer_words, results
from images.models import Recording
from tests.factories import ArticleFactory, RecordingFactory, published, recording

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sound():
    return RecordingFactory(
        title="Der Möwenruf", transcript="Here they come, the kittiwakes.", caption="Dawn."
    )


def found(text):
    return [story.headline for story in results(Question(text), timezone.now()).stories]


def found_at_the_desk(text):
    return list(desk_search.matching(Article.objects.order_by("pk"), text).values_list("headline", flat=True))


def test_words_of_a_recording_find_its_story(sound):
    """Title, transcript, caption of this use, beginnings and accents; together with words of the story."""
    published(headline="Quiet", body="<p>Kelp.</p>")
    published(headline="Birds", body=f"<p>Kelp.</p>{recording(sound, caption='Heard at Skerry')}")
    for text in ("mowenruf", "kittiw", "kittiwakes kelp birds", "skerry", "mo example", "dawn"):
        assert found(text) == ["Birds"], text
    for text in ("kelp", "KELP."):
        assert sorted(found(text)) == ["Birds", "Quiet"]
    assert found("kittiwakes storm") == found("ittiwakes") == []
    # The text of a story weighs more than what is heard in another.
    published(headline="Read", at=NOON - HOUR, body="<p>Kittiwakes.</p>")
    assert found("kittiwakes") == ["Read", "Birds"]
    assert fewer_words(Question("kittiwakes zebra"), NOON) == ["kittiwakes"]


def test_a_schedule_and_rights_decide_by_the_clock(sound, clock):
    """The live version's recordings count, from the moment of the schedule, and only while readers may hear them."""
    story = published(headline="Gate", body="<p>Gate.</p>")
    story.refresh_from_db()
    story.body += recording(sound)
    workflow.save(article=story, by=None)
    workflow.schedule(article=story, at=NOON + HOUR, kind="update", by=None)
    Recording.objects.update(not_before=NOON + 2 * HOUR, not_after=NOON + 3 * HOUR)
    moments = [(0.99, []), (1, []), (1.99, []), (2, ["Gate"]), (2.99, ["Gate"]), (3, [])]
    for hours, expected in moments:
        clock.move_to(NOON + hours * HOUR)
        assert (found("kittiwakes"), found("gate")) == (expected, ["Gate"]), hours


def test_new_words_of_a_recording_are_found_at_once(sound, client, person):
    """The desk writes the transcript when the story is live already."""
    published(headline="Birds", body=f"<p>Kelp.</p>{recording(sound)}")
    ArticleFactory(headline="Draft", body=f"<p>Kelp.</p>{recording(sound)}")
    assert found_at_the_desk("kittiwakes kelp") == ["Birds", "Draft"]
    client.force_login(person("Reporter"))
    words = {"title": "Terns", "transcript": "Terns by the hundred.", "caption": "", "credit": ""}
    answer = client.post(reverse("admin:images_recording_change", args=[sound.pk]), words)
    assert answer.status_code == 302
    assert (found("kittiwakes"), found_at_the_desk("kittiwakes")) == ([], [])
    assert (found("hundred terns"), found_at_the_desk("hundred")) == (["Birds"], ["Birds", "Draft"])


def test_the_library_is_searched_by_the_same_words(sound, client, person):
    client.force_login(person("Reporter"))
    RecordingFactory(title="Foghorn")
    for words, expected in (("kittiwakes mowen", ["Der Möwenruf"]), ("horn", []), ("", 2)):
        page = client.get(reverse("admin:images_recording_changelist"), {"q": words}).context["cl"]
        titles = [row.title for row in page.result_list]
        assert titles == expected or len(titles) == expected


def test_the_indexes_can_be_written_anew(sound, capsys):
    published(headline="Birds", body=f"<p>Kelp.</p>{recording(sound)}")
    with connection.cursor() as cursor:
        for table in ("articles_readers_search", "articles_desk_search", "images_recording_search"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (our own tables)
    assert found("kittiwakes") == found_at_the_desk("kittiwakes") == []
    call_command("rebuild_search")
    assert "1 recordings can be found" in capsys.readouterr().out
    assert found("kittiwakes") == found_at_the_desk("kittiwakes") == ["Birds"]
    sound.in_articles.all().delete()
    sound.in_versions.all().delete()
    sound.delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM images_recording_search")
        assert cursor.fetchone() == (0,)
