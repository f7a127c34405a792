"""The files an operator uses."""

import os
import runpy
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import load_command_class

ROOT = Path(__file__).parent.parent


def back_up(var, target, **environment):
    env = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(var),
        "DATABASE_URL": f"sqlite:///{var}/newsroom.sqlite3",
    }
    command = ["deploy/backup.sh", str(target)]
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=env | environment, capture_output=True, text=True, timeout=30
    )


@pytest.fixture
def var(tmp_path):
    """A small VAR_DIR with a database and pictures."""
    folder = tmp_path / "var"
    for place in ("uploads/images", "originals"):
        (folder / place).mkdir(parents=True)
    (folder / "uploads" / "images" / "rendition.avif").write_bytes(b"rendition")
    (folder / "originals" / "harbour.png").write_bytes(b"original")
    with closing(sqlite3.connect(folder / "newsroom.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE story (headline)")
        database.execute("INSERT INTO story VALUES ('Ferry returns')")
        database.commit()
    return folder


def test_a_backup_holds_the_database_in_use_and_all_pictures(var, tmp_path):
    """What was committed is in the copy although it still waits in the log; what was not, is not."""
    with closing(sqlite3.connect(var / "newsroom.sqlite3")) as desk:
        desk.execute("INSERT INTO story VALUES ('Saved')")
        desk.commit()
        desk.execute("INSERT INTO story VALUES ('Half-finished')")
        result = back_up(var, tmp_path / "backups")
    assert result.returncode == 0, result.stderr
    folder = Path(result.stdout.strip())
    with closing(sqlite3.connect(folder / "newsroom.sqlite3")) as copy:
        assert [row[0] for row in copy.execute("SELECT headline FROM story")] == ["Ferry returns", "Saved"]
    assert (folder / "uploads" / "images" / "rendition.avif").read_bytes() == b"rendition"
    assert (folder / "originals" / "harbour.png").read_bytes() == b"original"
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert folder.stat().st_mode & 0o077 == 0


def test_old_backups_go_and_strangers_stay(var, tmp_path):
    """Only the newest KEEP are kept, and nothing is deleted that the script did not write."""
    target = tmp_path / "backups"
    for name in ("newsroom-20200101T000000Z", "newsroom-20210101T000000Z", "newsroom-of-our-grandparents"):
        (target / name).mkdir(parents=True)
    result = back_up(var, target, KEEP="2")
    assert result.returncode == 0, result.stderr
    new = Path(result.stdout.strip()).name
    assert {path.name for path in target.iterdir()} == {
        new,
        "newsroom-20210101T000000Z",
        "newsroom-of-our-grandparents",
    }


def test_a_failed_backup_says_so_and_deletes_nothing(tmp_path):
    """No database is a failure, not an empty backup; the older ones stay."""
    old = tmp_path / "backups" / "newsroom-20200101T000000Z"
    old.mkdir(parents=True)
    result = back_up(tmp_path / "nowhere", tmp_path / "backups", KEEP="1")
    assert result.returncode != 0
    assert "could not be backed up" in result.stderr
    assert old.exists()
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("host", "bind"), [("", "127.0.0.1:8000"), ("localhost", "localhost:8000"), ("::1", "[::1]:8000")]
)
def test_gunicorn_listens_where_it_is_told(monkeypatch, host, bind):
    """HOST takes names and addresses of both families; an empty value is the default."""
    monkeypatch.setenv("HOST", host)
    monkeypatch.delenv("PORT", raising=False)
    assert runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))["bind"] == bind


def test_no_log_names_a_reader():
    """Neither server writes a line per request, nor a line that names an address."""
    gunicorn = runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))
    assert (gunicorn["accesslog"], gunicorn["loglevel"]) == (None, "error")
    assert "access_log off;" in (ROOT / "deploy" / "nginx.conf").read_text()


def unit(name):
    """{section: [(name, value)]} of a file for systemd."""
    found, here = {}, None
    for line in (ROOT / "deploy" / name).read_text().splitlines():
        if line.startswith("["):
            here = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            here.append(tuple(line.split("=", 1)))
    return found


def test_a_timer_brings_in_a_feed_with_a_command_that_exists():
    """Its options are those of the command; it may do no more than the other services may."""
    service, timer = unit("newsroom-wire@.service"), unit("newsroom-wire@.timer")
    said = dict(service["Service"])
    python, manage, command, *arguments = said["ExecStart"].split()
    assert (python, manage) == ("/srv/newsroom/.venv/bin/python", "manage.py")
    arguments = [
        word.replace("${FEED}", "https://agency.example/rss.xml").replace("$OPTIONS", "--mapping=a.toml")
        for word in arguments
    ]
    parsed = load_command_class("moving", command).create_parser("manage.py", command).parse_args(arguments)
    assert (parsed.file, parsed.mapping, parsed.verbosity) == ("https://agency.example/rss.xml", "a.toml", 0)
    assert said["Type"] == "oneshot" and said["EnvironmentFile"] == "/etc/newsroom/wire-%i.env"
    bounds = unit("newsroom-pictures.service")["Service"]
    begins = next(place for place, (name, _value) in enumerate(bounds) if name == "StateDirectory")
    assert set(bounds[begins:]) <= set(service["Service"])
    assert dict(timer["Timer"])["OnCalendar"] == "*:0/5" and timer["Install"] == [
        ("WantedBy", "timers.target")
    ]
