"""The command that makes what is missing: beside the site, in pieces, or as the worker."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from images.management.commands import build_renditions
from images.models import Image, Rendition
from tests.images.pictures import make_picture


def without_files(count=1, **fields):
    """Pictures whose renditions have rows no more, as after a change of the plan."""
    images = [make_picture(size=(60, 40), **fields) for _ in range(count)]
    for image in images:
        image.renditions.all().delete()
    return images


def test_gaps_are_filled_and_a_second_run_makes_nothing(db, capsys):
    """Lost rows and lost files come back; a picture whose original is gone is named and does not stop it."""
    lost_row, lost_file, hopeless = make_picture(), make_picture(), make_picture()
    wanted = Image.objects.get(pk=lost_row.pk).sources
    lost_row.renditions.filter(crop="card").delete()
    default_storage.delete(lost_file.renditions.first().file.name)
    hopeless.renditions.all().delete()
    hopeless.original.storage.delete(hopeless.original.name)
    call_command("build_renditions")
    output = capsys.readouterr()
    assert "1 pictures failed" in output.out
    assert f"Picture {hopeless.pk}: The original file is not where it was kept." in output.err
    assert Image.objects.get(pk=lost_row.pk).sources == wanted
    hopeless.refresh_from_db()
    assert (hopeless.progress, hopeless.failure) == ("failed", "missing")
    call_command("build_renditions")
    assert capsys.readouterr().out.startswith("0 renditions made")


def test_failed_pictures_can_be_tried_alone(db, capsys):
    """After the disk has room again nobody has to look at the whole library."""
    [healthy], [failed] = without_files(), without_files()
    Image.objects.filter(pk=failed.pk).update(progress="failed", failure="storage")
    call_command("build_renditions", failed=True)
    assert failed.renditions.exists()
    assert not healthy.renditions.exists()
    failed.refresh_from_db()
    assert (failed.progress, failed.failure) == ("made", "")


def test_it_says_how_far_it_is_and_how_long_it_takes(db, capsys):
    """So many of so many, the rate, the time left."""
    without_files(2)
    call_command("build_renditions", verbosity=2)
    assert "1 of 2 pictures, " in capsys.readouterr().out
    assert build_renditions.duration(7201, 2) == "1 h 0 min"
    assert build_renditions.duration(90, 1) == "1 min 30 s"


@contextmanager
def running(tmp_path, *arguments):
    """The command in a process of its own, on the test's database and files."""
    database = connection.settings_dict
    address = (
        "sqlite:///{NAME}" if connection.vendor == "sqlite" else "postgres://{USER}@{HOST}:{PORT}/{NAME}"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "LOCAL_TRIAL": "yes",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": address.format(**database),
        "PGPASSWORD": database["PASSWORD"],
    }
    command = [sys.executable, "manage.py", "build_renditions", *arguments]
    process = subprocess.Popen(  # noqa: S603
        command,
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        # A suite that runs in the background is deaf to Ctrl-C, and would hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.any_database
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_can_be_stopped_and_goes_on(sign, transactional_db, tmp_path):
    """Stopped by hand, by the system or killed in the middle: the next run makes the rest, and only the rest."""
    images = without_files(20)
    with running(tmp_path, "--verbosity=2") as run:
        assert run.stdout.readline().startswith("1 of 20 pictures, ")
        run.stdout.readline()
        run.send_signal(sign)
        assert run.wait(30) == (-9 if sign == signal.SIGKILL else 130)
    before = set(Rendition.objects.values_list("pk", flat=True))
    done = {image.pk for image in images if image.renditions.exists()}
    assert 2 <= len(done) < 20
    call_command("build_renditions")
    for image in images:
        image.refresh_from_db()
        assert image.progress == "made"
        assert all(default_storage.exists(row.file.name) for row in image.renditions.all())
    assert before <= set(Rendition.objects.values_list("pk", flat=True))


def test_the_worker_makes_what_comes_in(transactional_db, tmp_path):
    """With --wait it lives on, and a picture that begins to wait is served."""
    [image] = without_files()
    Image.objects.update(progress="waiting", sources={})
    with running(tmp_path, "--wait") as run:
        assert run.stdout.readline() == "Waiting for pictures; stop with Ctrl-C.\n"
        assert run.stdout.readline() == "Made the files of 1 picture.\n"
        run.terminate()
        assert run.wait(30) == 130
    image.refresh_from_db()
    assert image.progress == "made"
