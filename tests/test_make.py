"""The two commands' menu and messages. The commands themselves are tried from a fresh clone, not here."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TARGETS = {
    "menu",
    "run",
    "test",
    "install",
    "format",
    "lock",
    "messages",
    "shell",
    "bench",
    "weight",
    "clean",
}


def sh(*command, cwd=ROOT, path=None):
    """Run a command; `path` is the only folder in which it finds programs."""
    env = {"PATH": str(path or os.environ["PATH"])}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=30)  # noqa: S603


def program(folder, name, script):
    """A program for the test's own PATH."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def fake_python(folder, name, version, *, old=False, venv=True):
    """A Python that only answers the three questions that scripts/environment.sh asks."""
    program(
        folder,
        name,
        f"""case "$2" in
        *print*) echo {version} ;;
        *exit*) exit {int(old)} ;;
        *ensurepip*) exit {int(not venv)} ;;
        esac""",
    )


def find_python(path):
    return sh("/bin/sh", "-c", '. scripts/environment.sh; find_python; echo "$python"', path=path)


def test_make_alone_prints_every_target():
    """The menu is built from the targets' own comments and leaves none out."""
    menu = sh("make", "--no-print-directory").stdout
    assert set(re.findall(r"^  make ([a-z]+)", menu, re.M)) == TARGETS
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.M)[1]
    assert set(phony.split()) == TARGETS


def test_an_old_python_is_named(tmp_path):
    """Someone with Python 3.9 learns that it is too old, not that a module is missing."""
    fake_python(tmp_path, "python3", "3.9", old=True)
    result = find_python(tmp_path)
    assert result.returncode == 1
    assert "Python 3.11 or newer is needed; found 3.9 (python3)." in result.stderr


def test_no_python_at_all_is_said(tmp_path):
    """A machine without Python gets a sentence."""
    assert "found no Python at all" in find_python(tmp_path).stderr


def test_a_python_without_venv_is_passed_over_or_explained(tmp_path):
    """A Python that cannot make environments is used by nobody; alone, its package is named."""
    fake_python(tmp_path, "python3.13", "3.13", venv=False)
    assert "apt-get install python3.13-venv" in find_python(tmp_path).stderr
    fake_python(tmp_path, "python3.11", "3.11")
    assert find_python(tmp_path).stdout == "python3.11\n"


def port_message(host, port):
    result = sh(sys.executable, "scripts/port.py", host, str(port))
    return result.returncode, result.stderr.strip()


def test_a_taken_port_is_refused_with_another_one_to_try():
    """Somebody else on the port is found out before the installation, and the message has a command to copy."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert port_message("127.0.0.1", port) == (
            1,
            f"Port {port} is taken by another program. Try: make run PORT={port + 1 if port < 65535 else 8001}",
        )
    assert port_message("127.0.0.1", port) == (0, "")


@pytest.mark.parametrize("port", ["", "abc", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(port):
    """A typing mistake in PORT is named as one."""
    assert port_message("127.0.0.1", port) == (
        1,
        f"PORT={port} is not a port number. Try: make run PORT=8001",
    )


def test_an_address_of_another_machine_is_refused():
    """HOST has to be an address of this machine; 192.0.2.1 is nobody's."""
    code, message = port_message("192.0.2.1", 8000)
    assert (code, message[:14]) == (1, "HOST=192.0.2.1")


def test_without_a_browser_the_suite_ends_and_says_how_to_get_one(tmp_path):
    """Browser tests are never skipped silently."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    program(programs, "python", "exit 0")
    for place in (tmp_path, tmp_path / ".venv"):
        (place / "requirements-dev.txt").write_text("")
    for name in ("cmp", "dirname"):
        (programs / name).symlink_to(shutil.which(name))
    result = sh("/bin/sh", "scripts/test.sh", cwd=tmp_path, path=programs)
    assert result.returncode == 1
    assert "apt-get install chromium" in result.stderr
