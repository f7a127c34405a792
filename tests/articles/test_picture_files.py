"""No story goes out before the files of all its pictures are there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import checks, workflow
from images import renditions
from images.models import Image
from tests.factories import ArticleFactory, figure
from tests.images.pictures import make_picture


@pytest.fixture
def story(db):
    """A story with a lead picture and one in the text, both fresh from the camera: the desk sees them, no more."""
    lead, inline = make_picture(), make_picture()
    for image in (lead, inline):
        image.renditions.exclude(crop__in=["square", "full"]).delete()
        some = {crop: image.sources[crop] for crop in ("square", "full")}
        Image.objects.filter(pk=image.pk).update(progress="waiting", sources=some)
    return ArticleFactory(lead_image=lead, body=f"<p>It rained.</p>{figure(inline)}")


VERBS = {
    "publish": lambda story: workflow.publish(article=story, by=None),
    "schedule": lambda story: workflow.schedule(
        article=story, at=timezone.now() + timedelta(hours=1), by=None
    ),
    "publish_past": lambda story: workflow.publish_past(
        article=story, at=timezone.now() - timedelta(hours=1)
    ),
}


@pytest.mark.parametrize("verb", VERBS)
def test_publishing_waits_for_the_files(verb, story):
    """Now, later or in the past: what is missing is made first."""
    assert VERBS[verb](story).pk
    for image in Image.objects.all():
        assert image.progress == "made"
        assert image.sources["card"]["avif"]


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_the_database_meanwhile(story, monkeypatch):
    """Encoding happens before the transaction of publishing begins."""
    inside = []
    real = renditions.write_files

    def look(*args):
        inside.append(connection.in_atomic_block)
        return real(*args)

    monkeypatch.setattr(renditions, "write_files", look)
    workflow.publish(article=story, by=None)
    assert inside == [False, False]


@pytest.mark.parametrize("verb", VERBS)
def test_a_story_whose_pictures_take_too_long_is_refused_with_a_sentence(verb, story, monkeypatch):
    """The editor reads which pictures, and to try again; nothing was published."""
    monkeypatch.setattr(renditions, "PATIENCE", 0)
    with pytest.raises(workflow.Refusal) as refusal:
        VERBS[verb](story)
    [sentence] = refusal.value.messages
    assert "still being made: The harbour, The harbour" in sentence
    assert not story.versions.exists()


def test_a_failure_is_found_by_the_check_and_keeps_the_story_in(story):
    """The check names the place and what to do, before anybody presses the button and when they do."""
    image = story.lead_image
    image.original.storage.delete(image.original.name)
    with pytest.raises(workflow.Refusal, match="could not be made"):
        workflow.publish(article=story, by=None)
    story = type(story).objects.get(pk=story.pk)
    [found] = [one for one in checks.report(story, timezone.now()) if one.name == "picture-files"]
    assert (found.where, found.blocks) == ("lead_image", True)
    assert found.message.startswith("The lead picture: its files for readers could not be made.")
    assert "backup" in found.message


def test_a_failed_change_of_crops_keeps_no_story_in(story):
    """The files of before are all there, so pages are whole."""
    workflow.publish(article=story, by=None)
    Image.objects.update(progress="failed", failure="storage")
    story.refresh_from_db()
    story.standfirst = "More rain."
    workflow.save(article=story, by=None)
    assert workflow.publish(article=story, by=None, kind="typo").pk
