"""All or nothing: pictures come in and go out."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from images import uploads
from images.models import Image
from images.uploads import Duplicate, add_picture, remove_picture
from images.validators import check_picture
from tests.images.pictures import make_picture, picture_file


def test_a_picture_knows_its_file_and_who_brought_it(db):
    """The record holds what the desk needs, and the original's name tells nothing."""
    user = get_user_model().objects.create_user("arda")
    image = add_picture(file=picture_file("Secret source.jpg", size=(60, 40)), by=user, title="Harbour")
    assert (image.width, image.height, image.format) == (60, 40, "JPEG")
    assert image.uploaded_by == user
    assert "ecret" not in image.original.name
    assert image.original.name.endswith(".jpeg")
    with image.original.open() as file:
        assert check_picture(file).sha256 == image.sha256


def test_the_same_file_comes_in_once(db, all_files):
    """The second upload names the picture that is there, and writes nothing."""
    image = add_picture(file=picture_file(color=(1, 2, 3)), by=None)
    files = all_files()
    with pytest.raises(Duplicate) as known:
        add_picture(file=picture_file(color=(1, 2, 3)), by=None)
    assert known.value.image == image
    assert all_files() == files


def test_two_people_sending_the_same_file_at_once(db, all_files, monkeypatch):
    """The one who loses the race in the database gets the other's picture and leaves no file."""
    image = add_picture(file=picture_file(color=(1, 2, 3)), by=None)
    files, refuse = all_files(), uploads.refuse_duplicate
    answers = iter([lambda sha256: None, refuse])
    monkeypatch.setattr(uploads, "refuse_duplicate", lambda sha256: next(answers)(sha256))
    with pytest.raises(Duplicate) as known:
        add_picture(file=picture_file(color=(1, 2, 3)), by=None)
    assert known.value.image == image
    assert all_files() == files


@pytest.mark.parametrize("step", ["write_files", "record"])
def test_a_failure_half_way_leaves_nothing(step, db, all_files, monkeypatch):
    """A full disk or a lost database is a failure, not half a picture."""
    real = getattr(uploads, step)

    def fail(*args):
        real(*args)
        raise OSError("no space left")

    monkeypatch.setattr(uploads, step, fail)
    with pytest.raises(OSError, match="no space"):
        make_picture()
    assert not Image.objects.exists()
    # What write_files made before this test broke its answer is the one thing nobody can know.
    assert [path for path in all_files() if "originals" in path.parts] == []
    assert step == "write_files" or all_files() == []


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"alt_text": "x" * 501}, "alt_text"),
        ({"focal_x": 1.5}, "focal_x"),
    ],
)
def test_wrong_words_are_refused_by_name(fields, where, db, all_files):
    """A field that is wrong stops the upload, and the message belongs to the field."""
    with pytest.raises(ValidationError) as refusal:
        make_picture(**fields)
    assert where in refusal.value.message_dict
    assert all_files() == []


def test_rights_must_end_after_they_begin(db, all_files):
    """The named constraint says so before the database has to."""
    with pytest.raises(ValidationError, match="end after"):
        make_picture(not_before="2024-05-02T00:00Z", not_after="2024-05-01T00:00Z")
    assert all_files() == []


def test_the_database_holds_the_rules_too(db):
    """A bulk update cannot move the focal point out of the picture."""
    image = make_picture()
    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.filter(pk=image.pk).update(focal_x=2)


def test_removing_a_picture_takes_its_files_along(transactional_db, all_files):
    """Nothing of it stays on the disk."""
    remove_picture(image=make_picture())
    assert all_files() == []


def test_a_deletion_that_is_rolled_back_keeps_the_files(transactional_db, all_files):
    """Files go only when the row has really gone."""
    image = make_picture()
    files = all_files()
    with pytest.raises(RuntimeError), transaction.atomic():
        remove_picture(image=Image.objects.get(pk=image.pk))
        raise RuntimeError
    assert all_files() == files
    assert Image.objects.filter(pk=image.pk).exists()
