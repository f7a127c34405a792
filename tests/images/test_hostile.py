"""Every file of the hostile set costs little, is answered in a clear sentence, and leaves nothing behind."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse

from tests.images.hostile import HOSTILE, NAMES, Sparse
from tests.images.hostile_upload import Upload
from tests.images.pictures import picture_bytes

ROOT = Path(__file__).parent.parent.parent
ADD = reverse("admin:images_image_add")
PICKER = reverse("admin:images_image_picker_upload")
ALL = ("add_image", "change_image", "delete_image", "view_image")

# Pillow warns of damage that is meant here.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

#: What the issue allows one file, in seconds of the processor and megabytes of one process.
SECONDS, MEGABYTES = 5, 512


def write_all(folder):
    """Each file of the set under a number; {number: name}."""
    names = {}
    for number, (name, (build, _outcomes)) in enumerate(HOSTILE.items()):
        content, path = build(), folder / f"{number:03}"
        with path.open("wb") as file:
            file.write(content.head if isinstance(content, Sparse) else content)
            if isinstance(content, Sparse):
                file.truncate(len(content.head) + content.zeros)
        names[path.name] = name
    return names


@pytest.mark.any_database
def test_every_hostile_file_is_cheap_clear_and_leaves_nothing(tmp_path):
    """Through the form, in a process of its own: at most 5 s and 512 MB, a sentence at its name, no file, no row."""
    names = write_all(tmp_path)
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "CACHE_URL")
    }
    program = "import django; django.setup(); from tests.images.hostile_upload import main; main({!r})"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "ignore", "-c", program.format(str(tmp_path))],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    print(table(told, names))
    assert len(told) == len(HOSTILE)
    wrong = {names[one["name"]]: one for one in told if not is_right(one, HOSTILE[names[one["name"]]][1])}
    assert wrong == {}


def is_right(one, outcomes):
    if one["left"] or one["outcome"] not in outcomes:
        return False
    if one["seconds"] > SECONDS or max(one["peak"], one["children"]) > MEGABYTES:
        return False
    if one["outcome"] == "accepted":
        return one["progress"] in ("made", "failed") and not one["script"]
    return one["named"] and re.fullmatch(r"[^%{}]{20,300}\.", one["sentence"]) is not None


def table(told, names):
    row = "{name:42} {outcome:10} {seconds:5.2f} s {peak:4} MB, children {children:4} MB".format
    return "\n".join(row(**{**one, "name": names[one["name"]]}) for one in told)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_a_file_means_nothing(name, staff, tmp_path, all_files):
    """It is neither a path nor a word of the record; at worst the form asks for the file again."""
    source = tmp_path / "source"
    source.write_bytes(picture_bytes())
    response = Upload(source, name, [("alt_text", "A boat")]).send(staff(*ALL), ADD)
    assert response.status_code in (200, 302)
    for path in map(str, (path.relative_to(tmp_path) for path in all_files() if path != source)):
        assert re.fullmatch(
            r"(originals|uploads/renditions)/[0-9a-f]{2}/[0-9a-f]{32}\.(jpeg|jpg|webp|avif)", path
        )
