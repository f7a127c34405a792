"""What the desk sees of the files for readers while they are made, and what it can do when they are not."""

import re

import pytest
from django.urls import reverse

from images.models import Image
from images.tasks import make_waiting
from tests.images.pictures import make_picture

LIST = reverse("admin:images_image_changelist")
PROGRESS = reverse("admin:images_image_progress")


def form(image):
    return reverse("admin:images_image_change", args=[image.pk])


def try_again(image):
    return reverse("admin:images_image_try_again", args=[image.pk])


@pytest.fixture
def unmade(db):
    """A picture that a killed process has left waiting."""
    image = make_picture(size=(60, 40))
    image.renditions.all().delete()
    Image.objects.update(progress="waiting", sources={})
    return image


@pytest.fixture
def failed(unmade):
    """A picture whose files could not be made because the disk was full."""
    Image.objects.update(progress="failed", failure="storage")
    return unmade


@pytest.mark.parametrize("address", [LIST, reverse("admin:images_image_picker")])
def test_a_look_at_the_library_goes_on_with_what_was_left(address, staff, unmade):
    """Nobody has to notice that a process was killed."""
    staff("view_image").get(address)
    unmade.refresh_from_db()
    assert unmade.progress == "made"
    assert unmade.sources["card"]["avif"]


def test_the_oldest_waits_least_and_one_failure_stops_nobody(db):
    """The line is worked off in order; the picture that cannot be made is noted and passed over."""
    first, broken, last = (make_picture(size=(60, 40)) for _ in range(3))
    broken.original.storage.delete(broken.original.name)
    for image in (first, broken, last):
        image.renditions.all().delete()
    Image.objects.update(progress="waiting", sources={})
    assert make_waiting.call() == 3
    states = Image.objects.order_by("pk").values_list("progress", "failure")
    assert list(states) == [("made", ""), ("failed", "missing"), ("made", "")]
    assert make_waiting.call() == 0


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (OSError(28, "No space left on device"), "storage"),
        (FileNotFoundError(2, "No such file"), "missing"),
        (OSError("image file is truncated"), "damaged"),
        (ValueError("bad"), "damaged"),
        (MemoryError(), "damaged"),
    ],
)
def test_a_failure_has_a_sentence(error, why, staff, unmade, monkeypatch):
    """The picture's form says what happened and what to do, and offers to try again."""

    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("images.renditions.write_files", fail)
    make_waiting.call()
    unmade.refresh_from_db()
    assert (unmade.progress, unmade.failure) == ("failed", why)
    html = staff("view_image", "change_image").get(form(unmade)).content.decode()
    assert "The files for readers could not be made." in html
    assert str(Image.Failure(why).label) in html
    assert f'formaction="{try_again(unmade)}"' in html
    assert re.search(r'<form id="try-again" method="post" hidden>', html)


def test_trying_again_makes_the_files(staff, failed, django_capture_on_commit_callbacks):
    """Without script the button leads back to the picture."""
    client = staff("view_image", "change_image")
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(try_again(failed))
    assert response["Location"] == form(failed)
    failed.refresh_from_db()
    assert (failed.progress, failed.failure) == ("made", "")


def test_trying_again_answers_a_module_with_the_state(staff, failed):
    """The page stays, and what was typed in it."""
    answer = staff("change_image").post(try_again(failed), headers={"Accept": "application/json"}).json()
    assert answer["progress"] == "waiting"
    assert "being made" in answer["html"]


def test_trying_again_does_not_send_a_sound_picture_back(staff):
    """An old page's button costs nothing."""
    image = make_picture(size=(60, 40))
    staff("change_image").post(try_again(image))
    image.refresh_from_db()
    assert image.progress == "made"


def test_pages_can_ask_how_far_pictures_are(staff, failed):
    """Several at once; what is gone or no number is left out."""
    made = make_picture(size=(60, 40))
    answer = staff("view_image").get(PROGRESS, {"id": [made.pk, failed.pk, 99_999, "x"]}).json()
    assert {pk: row["progress"] for pk, row in answer.items()} == {
        str(made.pk): "made",
        str(failed.pk): "failed",
    }
    assert "ready" in answer[str(made.pk)]["html"]


def test_the_picker_passes_the_state_on(staff, failed):
    """A picture whose files failed carries its sentence where rights carry theirs."""
    (picture,) = staff("view_image").get(reverse("admin:images_image_picker")).json()["pictures"]
    assert picture["progress"] == "failed"
    assert "disk is full" in picture["warning"]


def test_a_strip_of_files_is_replaced_by_the_next_only_when_that_is_complete(staff, unmade, monkeypatch):
    """While new crops are made, and when that fails, the old sources stay what pages show."""
    make_waiting.call()
    unmade.refresh_from_db()
    before = unmade.sources
    Image.objects.update(focal_x=0.0, progress="waiting")
    Image.objects.get().original.storage.delete(unmade.original.name)
    make_waiting.call()
    unmade.refresh_from_db()
    assert (unmade.progress, unmade.sources) == ("failed", before)
