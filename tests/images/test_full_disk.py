"""A disk that fills up, or dies, in the middle of an upload: earlier pictures are whole, and nothing half is kept."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from images.models import Image
from tests.images.pictures import make_picture, picture_bytes

ALL = ("add_image", "change_image", "delete_image", "view_image")
ADD = reverse("admin:images_image_add")
PICKER = reverse("admin:images_image_picker_upload")

#: An upload writes its original and two small JPEGs.
WRITES = 3


def upload(**fields):
    return {"file": SimpleUploadedFile("harbour.jpg", picture_bytes()), "alt_text": "A boat", **fields}


def state(all_files):
    """All that there is: rows, and files with their content."""
    rows = [(row.pk, row.original.name, row.sources, row.progress) for row in Image.objects.order_by("pk")]
    return rows, {path: Path(path).read_bytes() for path in all_files()}


@pytest.mark.parametrize("room", range(WRITES))
def test_a_disk_that_is_full_at_any_write_changes_nothing(room, staff, all_files, full_disk):
    """The desk reads a sentence beside the file's name, and the library is as it was."""
    client = staff(*ALL)
    make_picture()
    before = state(all_files)
    full_disk(room=room)
    response = client.post(ADD, upload())
    html = response.content.decode()
    assert response.status_code == 200
    assert "the disk is full or does not answer" in html
    assert "harbour.jpg" in html
    assert state(all_files) == before


def test_with_enough_room_the_same_upload_succeeds(staff, full_disk):
    """The counts above are those of a whole upload."""
    full_disk(room=WRITES)
    assert staff(*ALL).post(ADD, upload()).status_code == 302
    assert Image.objects.get().sources["square"]["jpeg"]


@pytest.mark.parametrize("room", range(WRITES))
@pytest.mark.parametrize("address", [PICKER, ADD])
def test_the_modules_are_told_too(address, room, staff, all_files, full_disk):
    """507, with the sentence: the picker keeps what was typed, the upload page keeps its queue."""
    client = staff("add_image", "view_image")
    full_disk(room=room)
    response = client.post(address, upload(), headers={"Accept": "application/json"})
    assert response.status_code == 507
    assert "the disk is full" in response.content.decode()
    assert not Image.objects.exists()
    assert all_files() == []


@pytest.mark.parametrize("room", range(WRITES))
def test_a_storage_that_dies_loses_no_earlier_picture(room, staff, all_files, full_disk, capsys):
    """It cannot even delete: what is then left over is nobody's, and goes with the nightly sweep."""
    client = staff(*ALL)
    make_picture()
    rows, files = state(all_files)
    full_disk(room=room, dead=True)
    assert client.post(ADD, upload()).status_code == 200
    rows_after, files_after = state(all_files)
    assert rows_after == rows
    assert files_after.items() >= files.items()
    full_disk()
    call_command("sweep_renditions")
    assert len(all_files()) == len(files_after)  # too young: somebody might be about to write the row
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("sweep_renditions")
    assert state(all_files) == (rows, files)
